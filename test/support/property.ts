/** Properties that hold for whatever is generated; a failure names the seed by which it happens again. */
import fc from 'fast-check';

/**
 * Settings of `fc.assert`: so many runs, or fewer when they take too long. `PROPERTY_SEED` takes the seed that a
 * failure printed, `PROPERTY_PATH` its path.
 */
export function runs(numRuns: number, limitMs: number): fc.Parameters<unknown> {
  const { PROPERTY_SEED: seed, PROPERTY_PATH: path } = process.env;
  return {
    numRuns,
    interruptAfterTimeLimit: limitMs,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  };
}
