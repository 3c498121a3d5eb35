import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: '音声の一部が途中で失われています。言葉が抜けることがあります。',
  jitter: '音声が不規則に届いています。雑音が入ることがあります。',
  'round-trip': '音声が遅れて届いています。話が重なることがあります。',
  mos: '通話が聞き取りにくくなっています。有線接続にするか、ルーターの近くに移動すると改善することがあります。',
};

const last = counts('ja', { other: '直近 # 分間' });

export const quality: QualityTexts = {
  callQuality: '通話品質',
  measuring: '測定中…',
  noCallMeasured: '測定する通話はありません',
  noCallMeasuredHint: '通話中の聞こえ方がここに表示されます。',
  notMeasuredOnHold: '何も送信していないため、測定していません。',
  loss: '損失',
  jitter: 'ジッター',
  roundTrip: '往復時間',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ${mos}、損失 ${loss}、ジッター ${jitter}、往復時間 ${roundTrip}。`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)}の MOS は ${lowest} から ${highest} でした。`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: '通話が聞き取りやすくなりました。',
};
