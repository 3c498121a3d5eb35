import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Część dźwięku ginie po drodze: może brakować słów.',
  jitter: 'Dźwięk dociera nierówno: może trzeszczeć.',
  'round-trip': 'Dźwięk dociera z opóźnieniem: możecie wchodzić sobie w słowo.',
  mos: 'Rozmowę trudno zrozumieć: może pomóc kabel lub miejsce bliżej routera.',
};

const last = counts('pl', {
  one: 'W ciągu ostatniej minuty',
  few: 'W ciągu ostatnich # minut',
  many: 'W ciągu ostatnich # minut',
  other: 'W ciągu ostatnich # minuty',
});

export const quality: QualityTexts = {
  callQuality: 'Jakość połączenia',
  measuring: 'Pomiar…',
  noCallMeasured: 'Brak rozmowy do zmierzenia',
  noCallMeasuredHint: 'Tutaj podczas rozmowy widać, jak dobrze ją słychać.',
  notMeasuredOnHold: 'Teraz bez pomiaru: nic nie jest wysyłane.',
  loss: 'Straty',
  jitter: 'Jitter',
  roundTrip: 'Czas obiegu',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, straty ${loss}, jitter ${jitter}, czas obiegu ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)} MOS wynosił od ${lowest} do ${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'Rozmowę znów dobrze słychać.',
};
