import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Çağrılar',
  conference: 'Konferans',
  conferenceWith: counts('tr', { one: '# kişiyle konferans', other: '# kişiyle konferans' }),
  mergeCalls: counts('tr', { one: '# çağrıyı birleştir', other: '# çağrıyı birleştir' }),
  mergeHint: 'Birleştirilecek çağrıları seçin',
  takeApart: 'Ayır',
  chooseCall: (who) => `Seç: ${who}`,
};
