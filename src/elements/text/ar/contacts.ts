import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'بحث',
  loading: 'جارٍ التحميل…',
  tryAgain: 'إعادة المحاولة',
  contacts: 'جهات الاتصال',
  searchContacts: 'البحث في جهات الاتصال',
  contactCount: counts('ar', {
    zero: 'لا جهات اتصال',
    one: 'جهة اتصال واحدة',
    two: 'جهتا اتصال',
    few: '# جهات اتصال',
    many: '# جهة اتصال',
    other: '# جهة اتصال',
  }),
  noContacts: 'لا توجد جهات اتصال',
  noContactsHint: 'تظهر الأرقام الداخلية والأشخاص هنا عند توفرهم.',
  noContactsFound: 'لم يُعثر على أحد.',
  contactsSignedOut: 'سجّل الدخول لعرض جهات اتصالك.',
  contactsFailed: 'تعذّر تحميل بعض جهات الاتصال.',
  callTo: (who) => `اتصال بـ ${who}`,
  videoTo: (who) => `مكالمة فيديو مع ${who}`,
  messageTo: (who) => `مراسلة ${who}`,
  moreWays: (who) => `طرق أخرى للتواصل مع ${who}`,
  phoneNumber: 'هاتف',
  mobileNumber: 'جوال',
};
