import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Parte del sonido se pierde por el camino: pueden faltar palabras.',
  jitter: 'El sonido llega de forma irregular: puede oírse entrecortado.',
  'round-trip': 'El sonido tarda en llegar: es posible que se interrumpan.',
  mos: 'Cuesta seguir la llamada: puede ayudar un cable o un lugar más cerca del rúter.',
};

const last = counts('es', {
  one: 'En el último minuto',
  many: 'En los últimos # minutos',
  other: 'En los últimos # minutos',
});

export const quality: QualityTexts = {
  callQuality: 'Calidad de la llamada',
  measuring: 'Midiendo…',
  noCallMeasured: 'Ninguna llamada que medir',
  noCallMeasuredHint: 'Lo bien que se oye una llamada aparece aquí durante la llamada.',
  notMeasuredOnHold: 'Ahora no se mide: no se envía nada.',
  loss: 'Pérdida',
  jitter: 'Fluctuación',
  roundTrip: 'Ida y vuelta',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, pérdida ${loss}, fluctuación ${jitter}, ida y vuelta ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)}, el MOS estuvo entre ${lowest} y ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'La llamada vuelve a oírse bien.',
};
