import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Chamadas',
  conference: 'Conferência',
  conferenceWith: counts('pt', {
    one: 'Conferência com # pessoa',
    many: 'Conferência com # pessoas',
    other: 'Conferência com # pessoas',
  }),
  mergeCalls: counts('pt', { one: 'Unir # chamada', many: 'Unir # chamadas', other: 'Unir # chamadas' }),
  mergeHint: 'Escolha as chamadas para unir',
  takeApart: 'Separar',
  chooseCall: (who) => `Escolher ${who}`,
};
