import type { QualitySample } from './quality.js';

/** What makes a call hard to follow. `mos` is what the others come to together. */
export type QualityWarning = 'loss' | 'jitter' | 'round-trip' | 'mos';

/** How many of the latest samples are looked at. */
const WINDOW = 5;
/** A warning comes with this many bad ones among them … */
const COMES = 3;
/** … and goes when there are no more than these, so that it does not come and go at the limit. */
const GOES = 1;

/**
 * Which sample is bad: more than 3 % of the packets lost, a jitter that buffers no longer hide, a delay at which
 * people interrupt each other (ITU-T G.114), less than what most are content with (ITU-T G.107 annex B).
 */
const BAD: Record<QualityWarning, (sample: QualitySample) => boolean> = {
  loss: ({ loss }) => loss > 0.03,
  jitter: ({ jitter }) => jitter > 30,
  'round-trip': ({ roundTrip }) => (roundTrip ?? 0) > 400,
  mos: ({ mos }) => mos < 3.6,
};

/**
 * The warnings after a sample.
 *
 * @param samples The samples so far, the latest last; only the last five count.
 * @param before The warnings before it; the same array comes back when they stay.
 */
export function nextWarnings(
  samples: readonly QualitySample[],
  before: readonly QualityWarning[],
): readonly QualityWarning[] {
  const latest = samples.slice(-WINDOW);
  const now = (Object.keys(BAD) as QualityWarning[]).filter((warning) => {
    const bad = latest.filter(BAD[warning]).length;
    return before.includes(warning) ? bad > GOES : bad >= COMES;
  });
  const same = now.length === before.length && now.every((warning) => before.includes(warning));
  return same ? before : now;
}
