import type { QualityWarning } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { QualityTexts } from '../quality-texts.js';

const WARNINGS: Record<QualityWarning, string> = {
  loss: 'يضيع جزء من الصوت في الطريق: قد تفوتك كلمات.',
  jitter: 'يصل الصوت بشكل غير منتظم: قد يتقطع.',
  'round-trip': 'يتأخر وصول الصوت: قد تتحدثان في آن واحد.',
  mos: 'يصعب تتبع المكالمة: قد يفيد كابل أو مكان أقرب إلى جهاز التوجيه.',
};

const last = counts('ar', {
  zero: 'في الدقيقة الأخيرة',
  one: 'في الدقيقة الأخيرة',
  two: 'في الدقيقتين الأخيرتين',
  few: 'في آخر # دقائق',
  many: 'في آخر # دقيقة',
  other: 'في آخر # دقيقة',
});

export const quality: QualityTexts = {
  callQuality: 'جودة المكالمة',
  measuring: 'جارٍ القياس…',
  noCallMeasured: 'لا توجد مكالمة للقياس',
  noCallMeasuredHint: 'تظهر هنا أثناء المكالمة جودة سماعها.',
  notMeasuredOnHold: 'لا قياس الآن: لا يُرسل شيء.',
  loss: 'الفقد',
  jitter: 'التذبذب',
  roundTrip: 'زمن الذهاب والإياب',
  qualityNow: (word, mos, loss, jitter, roundTrip) =>
    `${word}: MOS ‏${mos}، الفقد ${loss}، التذبذب ${jitter}، زمن الذهاب والإياب ${roundTrip}.`,
  qualityRange: (minutes, lowest, highest) => `${last(minutes)} كان MOS بين ${lowest} و${highest}.`,
  qualityWarning: (warning) => WARNINGS[warning],
  qualityWell: 'عادت المكالمة سهلة التتبع.',
};
