import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Une partie du son se perd en route : des mots peuvent manquer.',
  jitter: 'Le son arrive irrégulièrement : il peut grésiller.',
  'round-trip': 'Le son met du temps : vous risquez de vous couper la parole.',
  mos: 'L’appel est difficile à suivre : un câble ou une place plus proche du routeur peut aider.',
};

const last = counts('fr', {
  one: 'Durant la dernière minute',
  many: 'Durant les # dernières minutes',
  other: 'Durant les # dernières minutes',
});

export const quality: QualityTexts = {
  callQuality: 'Qualité de l’appel',
  measuring: 'Mesure en cours…',
  noCallMeasured: 'Aucun appel à mesurer',
  noCallMeasuredHint: 'La qualité d’écoute d’un appel s’affiche ici pendant l’appel.',
  notMeasuredOnHold: 'Aucune mesure pour le moment : rien n’est envoyé.',
  loss: 'Perte',
  jitter: 'Gigue',
  roundTrip: 'Aller-retour',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word} : MOS ${mos}, perte ${loss}, gigue ${jitter}, aller-retour ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) =>
    `${last(minutes)}, le MOS était compris entre ${lowest} et ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'L’appel est de nouveau facile à suivre.',
};
