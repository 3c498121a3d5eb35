import type { Talk } from '../../protocol/index.js';

/** Counts how long parties really talked. */
export class TalkTime {
  #ms = 0;
  #since: number | null = null;

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
