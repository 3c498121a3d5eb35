import type { Clock } from './clock.js';

/** Allows `burst` at once and `perSecond` in the long run. */
export class TokenBucket {
  #tokens: number;
  #filledAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly clock: Clock,
  ) {
    this.#tokens = burst;
    this.#filledAt = clock.now();
  }

  /** Takes one; returns 0 when there was one, otherwise the milliseconds until there is. */
  take(): number {
    const waitMs = this.waitMs();
    if (waitMs === 0) this.#tokens -= 1;
    return waitMs;
  }

  /** The milliseconds until there is one; 0 when there is. */
  waitMs(): number {
    const now = this.clock.now();
    const gained = ((now - this.#filledAt) / 1000) * this.perSecond;
    this.#tokens = Math.min(this.burst, this.#tokens + Math.max(0, gained));
    this.#filledAt = now;
    return this.#tokens < 1 ? Math.ceil(((1 - this.#tokens) / this.perSecond) * 1000) : 0;
  }
}
