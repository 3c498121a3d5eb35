import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Teile des Tons gehen unterwegs verloren: Wörter können fehlen.',
  jitter: 'Der Ton kommt ungleichmäßig an: Er kann knacken.',
  'round-trip': 'Der Ton braucht lange: Sie fallen sich vielleicht ins Wort.',
  mos: 'Das Gespräch ist schwer zu verstehen: Ein Kabel oder ein Platz näher am Router kann helfen.',
};

const last = counts('de', { one: 'In der letzten Minute', other: 'In den letzten # Minuten' });

export const quality: QualityTexts = {
  callQuality: 'Gesprächsqualität',
  measuring: 'Wird gemessen…',
  noCallMeasured: 'Kein Gespräch zu messen',
  noCallMeasuredHint: 'Wie gut ein Gespräch zu hören ist, steht hier, solange es dauert.',
  notMeasuredOnHold: 'Zurzeit nicht gemessen: Es wird nichts gesendet.',
  loss: 'Verlust',
  jitter: 'Jitter',
  roundTrip: 'Umlaufzeit',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, Verlust ${loss}, Jitter ${jitter}, Umlaufzeit ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) =>
    `${last(minutes)} lag der MOS zwischen ${lowest} und ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'Das Gespräch ist wieder gut zu verstehen.',
};
