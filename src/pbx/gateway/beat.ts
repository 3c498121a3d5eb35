import type { Clock } from '../clock.js';

/** Answers a client after a while, so that a page whose timers stand still goes on by the answer. */
export class Beat {
  #answer: () => void = () => {};
  #stopTimer: () => void = () => {};

  constructor(private readonly clock: Clock) {}

  /** Resolves after a while; at once when the next one is asked for, since only one is needed. */
  after(ms: number): Promise<void> {
    this.#stopTimer();
    this.#answer();
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#stopTimer = this.clock.setTimeout(resolve, ms);
    });
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#stopTimer();
  }
}
