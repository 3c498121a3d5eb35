/** Properties that hold for whatever is generated; a failure names the seed by which it happens again. */
import type { Parameters } from 'fast-check';

/**
 * Settings of `fc.assert`: so many runs, or fewer when they take longer. `PROPERTY_SEED` and `PROPERTY_PATH` take
 * what a failure printed; `PROPERTY_FACTOR=50` looks fifty times as long.
 */
export function runs(numRuns: number, limitMs: number): Parameters<unknown> {
  const { PROPERTY_SEED: seed, PROPERTY_PATH: path, PROPERTY_FACTOR: factor = '1' } = process.env;
  return {
    numRuns: numRuns * Number(factor),
    includeErrorInReport: true,
    interruptAfterTimeLimit: limitMs * Number(factor),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  };
}
