import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'لا توجد مكالمة',
  noCallHint: 'اطلب رقمًا أو انتظر مكالمة.',
  noPhone: 'سجّل الدخول لإجراء المكالمات وتلقيها.',
  onHold: 'قيد الانتظار',
  heldByOther: 'علّقها الطرف الآخر',
  preparing: 'اسمح باستخدام الميكروفون…',
  calling: 'جارٍ الطلب…',
  callRinging: 'يرن…',
  incomingCall: 'مكالمة واردة',
  outgoingCall: 'مكالمة صادرة',
  callEnded: 'انتهت المكالمة',
  reconnecting: 'جارٍ إعادة الاتصال…',
  outsideLine: 'خط خارجي',
  unknownCaller: 'متصل مجهول',
  mediaConnecting: 'جارٍ توصيل الصوت…',
  addCall: 'مكالمة أخرى',
  notLoaded: 'تعذّر تحميل هذا الجزء. حاول مرة أخرى.',
};
