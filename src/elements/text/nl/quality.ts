import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Een deel van het geluid gaat onderweg verloren: er kunnen woorden wegvallen.',
  jitter: 'Het geluid komt onregelmatig aan: het kan kraken.',
  'round-trip': 'Het geluid doet er lang over: jullie praten misschien door elkaar heen.',
  mos: 'Het gesprek is moeilijk te volgen: een kabel of een plek dichter bij de router kan helpen.',
};

const last = counts('nl', { one: 'In de laatste minuut', other: 'In de laatste # minuten' });

export const quality: QualityTexts = {
  callQuality: 'Gesprekskwaliteit',
  measuring: 'Wordt gemeten…',
  noCallMeasured: 'Geen gesprek om te meten',
  noCallMeasuredHint: 'Hoe goed een gesprek te horen is, staat hier tijdens het gesprek.',
  notMeasuredOnHold: 'Nu niet gemeten: er wordt niets verzonden.',
  loss: 'Verlies',
  jitter: 'Jitter',
  roundTrip: 'Rondreistijd',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, verlies ${loss}, jitter ${jitter}, rondreistijd ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)} lag de MOS tussen ${lowest} en ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'Het gesprek is weer goed te volgen.',
};
