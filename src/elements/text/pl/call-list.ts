import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Połączenia',
  conference: 'Konferencja',
  conferenceWith: counts('pl', {
    one: 'Konferencja z # osobą',
    few: 'Konferencja z # osobami',
    many: 'Konferencja z # osobami',
    other: 'Konferencja z # osobami',
  }),
  mergeCalls: counts('pl', {
    one: 'Połącz # rozmowę',
    few: 'Połącz # rozmowy',
    many: 'Połącz # rozmów',
    other: 'Połącz # rozmowy',
  }),
  mergeHint: 'Wybierz rozmowy do połączenia',
  takeApart: 'Rozdziel',
  chooseCall: (who) => `Wybierz: ${who}`,
};
