import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Parte dell’audio si perde lungo la strada: possono mancare parole.',
  jitter: 'L’audio arriva in modo irregolare: può gracchiare.',
  'round-trip': 'L’audio arriva in ritardo: rischiate di parlarvi sopra.',
  mos: 'La chiamata è difficile da seguire: può aiutare un cavo o un posto più vicino al router.',
};

const last = counts('it', {
  one: 'Nell’ultimo minuto',
  many: 'Negli ultimi # minuti',
  other: 'Negli ultimi # minuti',
});

export const quality: QualityTexts = {
  callQuality: 'Qualità della chiamata',
  measuring: 'Misurazione…',
  noCallMeasured: 'Nessuna chiamata da misurare',
  noCallMeasuredHint: 'Qui appare, durante la chiamata, quanto bene si sente.',
  notMeasuredOnHold: 'Ora nessuna misura: non viene inviato nulla.',
  loss: 'Perdita',
  jitter: 'Jitter',
  roundTrip: 'Andata e ritorno',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, perdita ${loss}, jitter ${jitter}, andata e ritorno ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)} il MOS è stato tra ${lowest} e ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'La chiamata si segue di nuovo bene.',
};
