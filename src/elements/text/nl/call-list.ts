import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Gesprekken',
  conference: 'Conferentie',
  conferenceWith: counts('nl', { one: 'Conferentie met # persoon', other: 'Conferentie met # personen' }),
  mergeCalls: counts('nl', { one: '# gesprek samenvoegen', other: '# gesprekken samenvoegen' }),
  mergeHint: 'Kies de gesprekken om samen te voegen',
  takeApart: 'Splitsen',
  chooseCall: (who) => `${who} kiezen`,
};
