import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Kezelői pult',
  waiting: 'Várakozók',
  nobodyWaits: 'Senki sem várakozik.',
  calls: 'Hívások',
  noCalls: 'Senki sem beszél.',
  ownCallsOnly: 'Csak a saját hívásai láthatók.',
  findCalls: 'Hívások és mellékek keresése',
  nothingFound: 'Nincs találat.',
  moreCalls: counts('hu', {
    one: 'További #: kereséssel megtalálható.',
    other: 'További #: kereséssel megtalálhatók.',
  }),
  waitsFor: (caller, callee) => `${caller} vár, hívott: ${callee}`,
  moveParty: (who) => `Átadás: ${who}`,
  dropHere: 'Átadás ide',
  choosePlace: (who) => `Átadás: ${who}. Válasszon melléket.`,
  choosePlaceKeys: (who) => `Átadás: ${who}. Lépjen a nyilakkal egy mellékre, és nyomja meg az Entert.`,
  moving: (who, to) => `Átadás: ${who} → ${to}…`,
  moved: (who, to) => `${who} átadva ide: ${to}.`,
  notMoved: 'Nem történt átadás.',
  listenTo: (who) => `Belehallgatás: ${who}`,
};
