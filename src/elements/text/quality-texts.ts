import type { QualityWarning } from '../../phone/state.js';

/** What `<ozeki-call-quality>` says. */
export interface QualityTexts {
  callQuality: string;
  measuring: string;
  noCallMeasured: string;
  noCallMeasuredHint: string;
  notMeasuredOnHold: string;
  loss: string;
  jitter: string;
  roundTrip: string;
  /** The state of a call in one sentence; the numbers come formatted, with their units. */
  qualityNow: (word: string, mos: string, loss: string, jitter: string, roundTrip: string) => string;
  qualityRange: (minutes: number, lowest: string, highest: string) => string;
  qualityWarning: (warning: QualityWarning) => string;
  qualityWell: string;
}
