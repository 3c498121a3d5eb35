import type { CallListTexts } from './call-list-texts.js';
import { speakEnglish } from './en.js';
import type { English } from './texts.js';

const conference: English<CallListTexts> = {
  conferenceWith: (count) => `Conference with ${count === 1 ? '1 person' : `${count} people`}`,
  mergeCalls: (count) => `Merge ${count} calls`,
  mergeHint: 'Choose the calls to merge',
  chooseCall: (who) => `Choose ${who}`,
};

/** Says so in English. */
export function speakCallList(): void {
  speakEnglish(conference);
}
