/** Key frame requests to one source: many viewers may ask, the source is asked at most every so often. */

/** A browser's encoder makes a key frame of every request; more often than this it would send nothing else. */
const INTERVAL_MS = 250;

export class KeyFrameRequests {
  #askedAt = -Infinity;
  #timer: NodeJS.Timeout | null = null;

  /** `ask` sends the request and says whether it could: the source may not have begun to send. */
  constructor(private readonly ask: () => boolean) {}

  /** Asks now, or as soon as it may: a request is put off, never lost. */
  request(): void {
    if (this.#timer) return;
    const wait = this.#askedAt + INTERVAL_MS - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.request();
      }, wait);
      return;
    }
    if (this.ask()) this.#askedAt = performance.now();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
