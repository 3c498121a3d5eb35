import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Chiamate',
  conference: 'Conferenza',
  conferenceWith: counts('it', {
    one: 'Conferenza con # persona',
    many: 'Conferenza con # persone',
    other: 'Conferenza con # persone',
  }),
  mergeCalls: counts('it', {
    one: 'Unisci # chiamata',
    many: 'Unisci # chiamate',
    other: 'Unisci # chiamate',
  }),
  mergeHint: 'Scegli le chiamate da unire',
  takeApart: 'Separa',
  chooseCall: (who) => `Scegli ${who}`,
};
