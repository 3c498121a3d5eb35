/** Properties that hold for whatever is generated; a failure names the seed by which it happens again. */
import { timeout } from 'fast-check';
import type { Parameters, Plugin } from 'fast-check';

/** What takes so long has come to a stop, on any machine. */
const STOPPED_MS = 30_000;

/** Begins no further run after a while. The last one is waited for: that it never ends is a failure too. */
const beginsFor =
  (limitMs: number): Plugin<unknown> =>
  () => {
    const end = performance.now() + limitMs;
    return { decorateRun: (run) => (value) => (performance.now() > end ? null : run(value)) };
  };

/**
 * Settings of `fc.assert`: so many runs, or fewer when they take longer. `PROPERTY_SEED` and `PROPERTY_PATH` take
 * what a failure printed; `PROPERTY_FACTOR=50` looks fifty times as long.
 */
export function runs(numRuns: number, limitMs: number): Parameters<unknown> {
  const { PROPERTY_SEED: seed, PROPERTY_PATH: path, PROPERTY_FACTOR: factor = '1' } = process.env;
  return {
    numRuns: numRuns * Number(factor),
    includeErrorInReport: true,
    plugins: [timeout(STOPPED_MS), beginsFor(limitMs * Number(factor))],
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  };
}
