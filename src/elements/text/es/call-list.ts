import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Llamadas',
  conference: 'Conferencia',
  conferenceWith: counts('es', {
    one: 'Conferencia con # persona',
    many: 'Conferencia con # personas',
    other: 'Conferencia con # personas',
  }),
  mergeCalls: counts('es', { one: 'Unir # llamada', many: 'Unir # llamadas', other: 'Unir # llamadas' }),
  mergeHint: 'Elija las llamadas que quiere unir',
  takeApart: 'Separar',
  chooseCall: (who) => `Elegir a ${who}`,
};
