import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Bedieningspost',
  waiting: 'Wachtend',
  nobodyWaits: 'Niemand wacht.',
  calls: 'Gesprekken',
  noCalls: 'Niemand is in gesprek.',
  ownCallsOnly: 'Alleen je eigen gesprekken worden getoond.',
  findCalls: 'Gesprekken en toestellen zoeken',
  nothingFound: 'Niets gevonden.',
  moreCalls: counts('nl', { one: 'Nog #: zoek om het te vinden.', other: 'Nog #: zoek om ze te vinden.' }),
  waitsFor: (caller, callee) => `${caller} wacht op ${callee}`,
  moveParty: (who) => `${who} doorverbinden`,
  dropHere: 'Hierheen doorverbinden',
  choosePlace: (who) => `${who} doorverbinden: kies een toestel.`,
  choosePlaceKeys: (who) => `${who} doorverbinden: ga met de pijltjes naar een toestel en druk op Enter.`,
  moving: (who, to) => `${who} wordt doorverbonden met ${to}…`,
  moved: (who, to) => `${who} is onderweg naar ${to}.`,
  notMoved: 'Niet doorverbonden.',
  listenTo: (who) => `Meeluisteren met ${who}`,
};
