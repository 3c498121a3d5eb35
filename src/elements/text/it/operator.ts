import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Posto operatore',
  waiting: 'In coda',
  nobodyWaits: 'Nessuno è in coda.',
  calls: 'Chiamate',
  noCalls: 'Nessuno è in chiamata.',
  ownCallsOnly: 'Sono mostrate solo le tue chiamate.',
  findCalls: 'Cerca chiamate e interni',
  nothingFound: 'Nessun risultato.',
  moreCalls: counts('it', {
    one: 'Un’altra: cercala per trovarla.',
    many: 'Altre #: cerca per trovarle.',
    other: 'Altre #: cerca per trovarle.',
  }),
  waitsFor: (caller, callee) => `${caller} attende ${callee}`,
  moveParty: (who) => `Trasferisci ${who}`,
  dropHere: 'Trasferisci qui',
  choosePlace: (who) => `Trasferisci ${who}: scegli un interno.`,
  choosePlaceKeys: (who) => `Trasferisci ${who}: vai a un interno con le frecce e premi Invio.`,
  moving: (who, to) => `Trasferimento di ${who} a ${to}…`,
  moved: (who, to) => `${who} sta per raggiungere ${to}.`,
  notMoved: 'Non trasferita.',
  listenTo: (who) => `Ascolta ${who}`,
};
