import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'المكالمات',
  conference: 'مؤتمر',
  conferenceWith: counts('ar', {
    zero: 'مؤتمر بلا مشاركين',
    one: 'مؤتمر مع شخص واحد',
    two: 'مؤتمر مع شخصين',
    few: 'مؤتمر مع # أشخاص',
    many: 'مؤتمر مع # شخصًا',
    other: 'مؤتمر مع # شخص',
  }),
  mergeCalls: counts('ar', {
    zero: 'دمج المكالمات',
    one: 'دمج مكالمة واحدة',
    two: 'دمج مكالمتين',
    few: 'دمج # مكالمات',
    many: 'دمج # مكالمة',
    other: 'دمج # مكالمة',
  }),
  mergeHint: 'اختر المكالمات المراد دمجها',
  takeApart: 'فصل',
  chooseCall: (who) => `اختيار ${who}`,
};
