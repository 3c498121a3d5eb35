/** How often a client may ask for what costs more than an answer. */
import { ProtocolError } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import { TokenBucket } from '../token-bucket.js';

/** Searches of the history each second in the long run, and at once: the database works while calls wait. */
const SEARCHES_PER_SECOND = 2;
const SEARCH_BURST = 10;
/** Text messages each second in the long run, and at once: an SMS gateway may take money for each. */
const TEXTS_PER_SECOND = 1;
const TEXT_BURST = 20;

export class RequestLimits {
  readonly #searches: TokenBucket;
  readonly #messages: TokenBucket;

  constructor(clock: Clock) {
    this.#searches = new TokenBucket(SEARCHES_PER_SECOND, SEARCH_BURST, clock);
    this.#messages = new TokenBucket(TEXTS_PER_SECOND, TEXT_BURST, clock);
  }

  /** @throws ProtocolError `rate-limited`, with how long to wait, when there were too many. */
  takeSearch(): void {
    take(this.#searches, 'searches');
  }

  /** @throws ProtocolError `rate-limited`, with how long to wait, when there were too many. */
  takeMessage(): void {
    take(this.#messages, 'messages');
  }
}

function take(bucket: TokenBucket, what: string): void {
  const waitMs = bucket.take();
  if (waitMs > 0) throw new ProtocolError('rate-limited', `Too many ${what}. Slow down.`, waitMs);
}
