import { speakEnglish } from './en.js';
import type { OperatorTexts } from './operator-texts.js';
import type { English } from './texts.js';

const operator: English<OperatorTexts> = {
  nobodyWaits: 'Nobody is waiting.',
  noCalls: 'Nobody is in a call.',
  findCalls: 'Find calls and extensions',
  ownCallsOnly: 'Only your own calls are shown.',
  nothingFound: 'Nothing matches.',
  moreCalls: (count) => `${count} more: search to find them.`,
  waitsFor: (caller, callee) => `${caller} is waiting for ${callee}`,
  moveParty: (who) => `Transfer ${who}`,
  dropHere: 'Transfer here',
  choosePlace: (who) => `Transfer ${who}: choose an extension.`,
  choosePlaceKeys: (who) => `Transfer ${who}: go to an extension with the arrow keys and press Enter.`,
  moving: (who, to) => `Transferring ${who} to ${to}…`,
  moved: (who, to) => `${who} is on the way to ${to}.`,
  notMoved: 'Not transferred.',
  listenTo: (who) => `Listen to ${who}`,
};

/** Says so in English. */
export function speakOperator(): void {
  speakEnglish(operator);
}
