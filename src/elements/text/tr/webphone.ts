import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Telefon',
  openPhone: 'Telefonu aç',
  closePhone: 'Telefonu kapat',
  backToCall: 'Çağrıya dön',
  history: 'Geçmiş',
  settings: 'Ayarlar',
  language: 'Dil',
  signOut: 'Oturumu kapat',
  newVoiceMessages: 'Yeni sesli mesajlar',
};
