const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
/** A link that stayed this long was a good one: the next attempt after it is early again. */
export const STEADY_MS = 10_000;

/**
 * How long to wait before an attempt: doubling from one second to thirty, and spread (half of it by chance) so
 * that phones which lost the same phone system do not all come back at once.
 *
 * @param attempt 0 for the first attempt after the link broke.
 * @param atLeastMs What the phone system asked for.
 * @param chance 0 to 1.
 */
export function backOff(attempt: number, atLeastMs = 0, chance = Math.random()): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  const wait = Math.max(longest * (0.5 + chance / 2), atLeastMs * (1 + chance / 10));
  return Math.round(wait);
}
