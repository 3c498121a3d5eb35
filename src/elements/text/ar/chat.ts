import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'الرسائل',
  noMessages: 'لا توجد رسائل بعد',
  noMessagesHint: 'اكتب إلى رقم داخلي أو رقم.',
  chatSignedOut: 'سجّل الدخول لعرض رسائلك.',
  chatFailed: 'تعذّر تحميل الرسائل.',
  unreadCount: counts('ar', {
    zero: 'لا رسائل غير مقروءة',
    one: 'رسالة غير مقروءة',
    two: 'رسالتان غير مقروءتين',
    few: '# رسائل غير مقروءة',
    many: '# رسالة غير مقروءة',
    other: '# رسالة غير مقروءة',
  }),
  chatWith: (who) => `الرسائل مع ${who}`,
  writeTo: 'رقم أو رقم داخلي',
  writeMessage: 'كتابة رسالة',
  send: 'إرسال',
  earlierMessages: 'رسائل سابقة',
  newMessages: 'رسائل جديدة',
  sending: 'جارٍ الإرسال…',
  sent: 'أُرسلت',
  delivered: 'سُلّمت',
  sentWaitsFor: (who) => `أُرسلت، بانتظار ${who}`,
  notSent: 'لم تُرسل',
  charactersLeft: counts('ar', {
    zero: 'لا أحرف متبقية',
    one: 'حرف واحد متبقٍ',
    two: 'حرفان متبقيان',
    few: '# أحرف متبقية',
    many: '# حرفًا متبقيًا',
    other: '# حرف متبقٍ',
  }),
  saidBy: (who, what) => `${who}: ${what}`,
};
