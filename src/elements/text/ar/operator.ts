import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'لوحة عامل المقسم',
  waiting: 'في الانتظار',
  nobodyWaits: 'لا أحد ينتظر.',
  calls: 'المكالمات',
  noCalls: 'لا أحد في مكالمة.',
  ownCallsOnly: 'تُعرض مكالماتك فقط.',
  findCalls: 'البحث في المكالمات والأرقام الداخلية',
  nothingFound: 'لا نتائج.',
  moreCalls: counts('ar', {
    zero: 'لا مزيد.',
    one: 'مكالمة أخرى: ابحث للعثور عليها.',
    two: 'مكالمتان أخريان: ابحث للعثور عليهما.',
    few: '# مكالمات أخرى: ابحث للعثور عليها.',
    many: '# مكالمة أخرى: ابحث للعثور عليها.',
    other: '# مكالمة أخرى: ابحث للعثور عليها.',
  }),
  waitsFor: (caller, callee) => `${caller} ينتظر ${callee}`,
  moveParty: (who) => `تحويل ${who}`,
  dropHere: 'تحويل إلى هنا',
  choosePlace: (who) => `تحويل ${who}: اختر رقمًا داخليًا.`,
  choosePlaceKeys: (who) => `تحويل ${who}: انتقل إلى رقم داخلي بالأسهم واضغط Enter.`,
  moving: (who, to) => `جارٍ تحويل ${who} إلى ${to}…`,
  moved: (who, to) => `${who} في الطريق إلى ${to}.`,
  notMoved: 'لم يتم التحويل.',
  listenTo: (who) => `الاستماع إلى ${who}`,
};
