import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'الهاتف',
  openPhone: 'فتح الهاتف',
  closePhone: 'إغلاق الهاتف',
  backToCall: 'العودة إلى المكالمة',
  history: 'السجل',
  settings: 'الإعدادات',
  language: 'اللغة',
  signOut: 'تسجيل الخروج',
  newVoiceMessages: 'رسائل صوتية جديدة',
};
