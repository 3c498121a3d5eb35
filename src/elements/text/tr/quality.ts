import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'Sesin bir kısmı yolda kayboluyor: sözcükler eksik kalabilir.',
  jitter: 'Ses düzensiz geliyor: çatırdayabilir.',
  'round-trip': 'Ses geç ulaşıyor: birbirinizin sözünü kesebilirsiniz.',
  mos: 'Çağrıyı anlamak zor: kablo kullanmak ya da yönlendiriciye yaklaşmak işe yarayabilir.',
};

const last = counts('tr', { one: 'Son bir dakikada', other: 'Son # dakikada' });

export const quality: QualityTexts = {
  callQuality: 'Çağrı kalitesi',
  measuring: 'Ölçülüyor…',
  noCallMeasured: 'Ölçülecek çağrı yok',
  noCallMeasuredHint: 'Bir çağrının ne kadar iyi duyulduğu, çağrı sırasında burada görünür.',
  notMeasuredOnHold: 'Şu anda ölçülmüyor: hiçbir şey gönderilmiyor.',
  loss: 'Kayıp',
  jitter: 'Seğirme',
  roundTrip: 'Gidiş dönüş',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}, kayıp ${loss}, seğirme ${jitter}, gidiş dönüş ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)} MOS ${lowest} ile ${highest} arasındaydı.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'Çağrı yeniden rahatça anlaşılıyor.',
};
