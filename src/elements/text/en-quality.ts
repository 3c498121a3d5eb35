import type { QualityWarning } from '../../phone/state.js';
import { speakEnglish } from './en.js';
import { speakPanels } from './en-panels.js';
import type { QualityTexts } from './quality-texts.js';
import type { English } from './texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Parts of the sound are lost on the way: words may be missing.',
  jitter: 'The sound arrives unevenly: it may crackle.',
  'round-trip': 'The sound takes long: you may talk over each other.',
  mos: 'The call is hard to follow: a cable or a place nearer to the router may help.',
};

const quality: English<QualityTexts> = {
  measuring: 'Measuring…',
  noCallMeasured: 'No call to measure',
  noCallMeasuredHint: 'How well a call is heard appears here during the call.',
  notMeasuredOnHold: 'Not measured now: nothing is being sent.',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, loss ${loss}, jitter ${jitter}, round trip ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) =>
    `In the last ${minutes === 1 ? 'minute' : `${minutes} minutes`} the MOS was between ${lowest} and ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'The call is easy to follow again.',
};

/** Says so in English. */
export function speakQuality(): void {
  speakPanels();
  speakEnglish(quality);
}
