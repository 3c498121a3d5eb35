import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Hívások',
  conference: 'Konferencia',
  conferenceWith: counts('hu', { one: 'Konferencia # résztvevővel', other: 'Konferencia # résztvevővel' }),
  mergeCalls: counts('hu', { one: '# hívás összevonása', other: '# hívás összevonása' }),
  mergeHint: 'Válassza ki az összevonandó hívásokat',
  takeApart: 'Szétválasztás',
  chooseCall: (who) => `${who} kiválasztása`,
};
