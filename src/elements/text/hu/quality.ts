import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'A hang egy része elvész útközben: szavak maradhatnak ki.',
  jitter: 'A hang egyenetlenül érkezik: recseghet.',
  'round-trip': 'A hang késve érkezik: egymás szavába vághatnak.',
  mos: 'A hívás nehezen érthető: egy kábel vagy az útválasztóhoz közelebbi hely segíthet.',
};

const last = counts('hu', { one: 'Az utolsó percben', other: 'Az utolsó # percben' });

export const quality: QualityTexts = {
  callQuality: 'Hívásminőség',
  measuring: 'Mérés…',
  noCallMeasured: 'Nincs mérhető hívás',
  noCallMeasuredHint: 'A hívás közben itt látható, mennyire hallható jól.',
  notMeasuredOnHold: 'Most nincs mérés: semmi sem indul el.',
  loss: 'Veszteség',
  jitter: 'Jitter',
  roundTrip: 'Körbefutási idő',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, veszteség ${loss}, jitter ${jitter}, körbefutási idő ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)} a MOS ${lowest} és ${highest} között volt.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'A hívás ismét jól érthető.',
};
