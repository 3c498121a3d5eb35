import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Vermittlung',
  waiting: 'Wartend',
  nobodyWaits: 'Niemand wartet.',
  calls: 'Anrufe',
  noCalls: 'Niemand ist im Gespräch.',
  ownCallsOnly: 'Nur Ihre eigenen Anrufe werden gezeigt.',
  findCalls: 'Anrufe und Nebenstellen suchen',
  nothingFound: 'Nichts gefunden.',
  moreCalls: counts('de', {
    one: '# weiterer: Suchen Sie, um ihn zu finden.',
    other: '# weitere: Suchen Sie, um sie zu finden.',
  }),
  waitsFor: (caller, callee) => `${caller} wartet auf ${callee}`,
  moveParty: (who) => `${who} weiterleiten`,
  dropHere: 'Hierher weiterleiten',
  choosePlace: (who) => `${who} weiterleiten: Wählen Sie eine Nebenstelle.`,
  choosePlaceKeys: (who) =>
    `${who} weiterleiten: Gehen Sie mit den Pfeiltasten zu einer Nebenstelle und drücken Sie die Eingabetaste.`,
  moving: (who, to) => `${who} wird an ${to} weitergeleitet…`,
  moved: (who, to) => `${who} ist unterwegs zu ${to}.`,
  notMoved: 'Nicht weitergeleitet.',
  listenTo: (who) => `${who} mithören`,
};
