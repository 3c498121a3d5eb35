import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Partes do som se perdem no caminho: podem faltar palavras.',
  jitter: 'O som chega de forma irregular: pode chiar.',
  'round-trip': 'O som demora: vocês podem falar ao mesmo tempo.',
  mos: 'A chamada está difícil de acompanhar: um cabo ou um lugar mais perto do roteador pode ajudar.',
};

const last = counts('pt', {
  one: 'No último minuto',
  many: 'Nos últimos # minutos',
  other: 'Nos últimos # minutos',
});

export const quality: QualityTexts = {
  callQuality: 'Qualidade da chamada',
  measuring: 'Medindo…',
  noCallMeasured: 'Nenhuma chamada para medir',
  noCallMeasuredHint: 'A qualidade do som de uma chamada aparece aqui durante a chamada.',
  notMeasuredOnHold: 'Sem medição agora: nada está sendo enviado.',
  loss: 'Perda',
  jitter: 'Jitter',
  roundTrip: 'Ida e volta',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, perda ${loss}, jitter ${jitter}, ida e volta ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)}, o MOS ficou entre ${lowest} e ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'A chamada está fácil de acompanhar de novo.',
};
