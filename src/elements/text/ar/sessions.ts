import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'أُنشئت',
  Setup: 'قيد الإعداد',
  TransferSetup: 'إعداد التحويل',
  Ringing: 'يرن',
  InCall: 'في مكالمة',
  CalleeOnHold: 'المتصل به قيد الانتظار',
  CallerOnHold: 'المتصل قيد الانتظار',
  OnHold: 'قيد الانتظار',
  OnHoldInactive: 'الطرفان قيد الانتظار',
  TransferRequested: 'طُلب التحويل',
  Transferring: 'جارٍ التحويل',
  TransferCompleted: 'حُوّلت',
  TransferFailed: 'فشل التحويل',
  CallerHungUp: 'أنهى المتصل',
  CalleeHungUp: 'أنهى المتصل به',
  Redirected: 'أُعيد توجيهها',
  NotFound: 'غير موجود',
  Busy: 'مشغول',
  Cancelled: 'أُلغيت',
  NotAnswered: 'لم يُرد عليها',
  Error: 'خطأ',
  Aborted: 'قُطعت',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'الجلسات',
  sessionCount: counts('ar', {
    zero: 'لا جلسات',
    one: 'جلسة واحدة',
    two: 'جلستان',
    few: '# جلسات',
    many: '# جلسة',
    other: '# جلسة',
  }),
  noSessions: 'لا توجد جلسات',
  noSessionsHint: 'تظهر المكالمات هنا فور بدئها.',
  sessionsSignedOut: 'سجّل الدخول لعرض الجلسات.',
  sessionsHidden: 'نظام الهاتف هذا لا يعرض جلساته.',
  caller: 'المتصل',
  callee: 'المتصل به',
  state: 'الحالة',
  talkTime: 'المدة',
  started: 'البداية',
  findSessions: 'البحث في الجلسات',
  sortBy: 'الترتيب حسب',
  noSuchSession: 'لا توجد جلسة مطابقة.',
  sessionState: (state) => SESSION_STATE[state],
};
