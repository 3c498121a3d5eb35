const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
/** The same for a phone in a call, whose person waits. */
const URGENT_FIRST_MS = 50;
const URGENT_LONGEST_MS = 800;
/** A link that stayed this long was a good one: the next attempt after it is early again. */
export const STEADY_MS = 10_000;

/**
 * How long to wait before an attempt: doubling from one second to thirty, and spread (half of it by chance) so
 * that phones which lost the same phone system do not all come back at once. Those in a call come first: with
 * `urgent` from almost nothing to less than a second.
 *
 * @param attempt 0 for the first attempt after the link broke.
 * @param atLeastMs What the phone system asked for.
 * @param chance 0 to 1.
 */
export function backOff(attempt: number, atLeastMs = 0, urgent = false, chance = Math.random()): number {
  const [first, most] = urgent ? [URGENT_FIRST_MS, URGENT_LONGEST_MS] : [FIRST_MS, LONGEST_MS];
  const longest = Math.min(most, first * 2 ** attempt);
  const wait = Math.max(longest * (0.5 + chance / 2), atLeastMs * (1 + chance / 10));
  return Math.round(wait);
}
