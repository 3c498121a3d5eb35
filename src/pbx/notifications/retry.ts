/** Whether and when a notification is sent again. */
import type { WebError } from '../web-client/index.js';

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
/** A site that asks for more is asked again all the same; memory is not for rent. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Only what may be different the next time: no answer, an error of the site's own, or too many requests at once. */
export function isWorthRetrying({ kind, details: { status = 0 } }: WebError): boolean {
  if (kind === 'status') return status >= 500 || status === 429;
  return kind === 'timeout' || kind === 'unreachable';
}

/** How long to wait after so many attempts: twice as long each time, not all at the same moment. */
export function retryDelay(attempts: number, { details }: WebError, random: () => number): number {
  const backOff = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  const asked = Math.min(LONGEST_RETRY_AFTER_MS, details.retryAfterMs ?? 0);
  return Math.max(asked, backOff * (0.5 + random() / 2));
}
