import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Appels',
  conference: 'Conférence',
  conferenceWith: counts('fr', {
    one: 'Conférence avec # personne',
    many: 'Conférence avec # personnes',
    other: 'Conférence avec # personnes',
  }),
  mergeCalls: counts('fr', { one: 'Réunir # appel', many: 'Réunir # appels', other: 'Réunir # appels' }),
  mergeHint: 'Choisissez les appels à réunir',
  takeApart: 'Séparer',
  chooseCall: (who) => `Choisir ${who}`,
};
