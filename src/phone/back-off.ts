const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
/** While the phone system may still keep a client's place; it may only be restarting. */
const LONGEST_KEPT_MS = 2000;
/** The same for a phone in a call, whose person waits. */
const URGENT_FIRST_MS = 50;
const URGENT_LONGEST_MS = 800;
/** A link that stayed this long was a good one: the next attempt after it is early again. */
export const STEADY_MS = 10_000;

/** How much the link is wanted: somebody waits for it, the phone system may still keep this client's place, or neither. */
export type Urgency = 'urgent' | 'kept' | 'idle';

const WAITS: Record<Urgency, readonly [firstMs: number, longestMs: number]> = {
  urgent: [URGENT_FIRST_MS, URGENT_LONGEST_MS],
  kept: [FIRST_MS, LONGEST_KEPT_MS],
  idle: [FIRST_MS, LONGEST_MS],
};

/**
 * How long to wait before an attempt: doubling from one second to thirty, or to two while there is a place to come
 * back to, and spread (half of it by chance) so that phones which lost the same phone system do not all come back at
 * once. Those in a call come first, from almost nothing to less than a second.
 *
 * @param attempt 0 for the first attempt after the link broke.
 * @param atLeastMs What the phone system asked for.
 * @param chance 0 to 1.
 */
export function backOff(
  attempt: number,
  atLeastMs = 0,
  urgency: Urgency = 'idle',
  chance = Math.random(),
): number {
  const [first, most] = WAITS[urgency];
  const longest = Math.min(most, first * 2 ** attempt);
  const wait = Math.max(longest * (0.5 + chance / 2), atLeastMs * (1 + chance / 10));
  return Math.round(wait);
}
