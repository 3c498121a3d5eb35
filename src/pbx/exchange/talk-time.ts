import type { Talk } from '../../protocol/index.js';

/** Counts how long parties really talked. */
export class TalkTime {
  #ms: number;
  #since: number | null;

  /** @param talk What was counted before, of a call that is picked up again. */
  constructor({ ms, since }: Talk = { ms: 0, since: null }) {
    this.#ms = ms;
    this.#since = since;
  }

  /** Goes on counting, or pauses. */
  run(counting: boolean, now: number): void {
    if (counting) {
      this.#since ??= now;
    } else if (this.#since !== null) {
      this.#ms += now - this.#since;
      this.#since = null;
    }
  }

  snapshot(): Talk {
    return { ms: this.#ms, since: this.#since };
  }
}
