/** Notices that nothing is heard of the far side any more, and that it is heard again. */

const LOOK_MS = 1000;

export interface QuietObserver {
  /** When something was last heard, on the clock of `performance.now()`; null before. */
  heardAt(): number | null;
  /** Nothing was heard for so many seconds. */
  quiet(seconds: number): void;
  heardAgain(): void;
}

export class QuietWatch {
  #timer: NodeJS.Timeout | null = null;
  /** Since when something should be heard; null while nothing is expected. */
  #expectedSince: number | null = null;
  #isQuiet = false;

  /** 0 for `maxQuietMs`: it may be quiet for ever. */
  constructor(
    private readonly maxQuietMs: number,
    private readonly observer: QuietObserver,
  ) {}

  /** Whether something is to be heard from now on: not while one side holds the other. */
  expect(something: boolean): void {
    this.#isQuiet = false;
    this.#expectedSince = something ? performance.now() : null;
    if (this.maxQuietMs > 0)
      this.#timer ??= setInterval(() => this.#look(), Math.min(LOOK_MS, this.maxQuietMs));
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    if (this.#expectedSince === null) return;
    const since = Math.max(this.#expectedSince, this.observer.heardAt() ?? 0);
    const quiet = performance.now() - since > this.maxQuietMs;
    if (quiet === this.#isQuiet) return;
    this.#isQuiet = quiet;
    if (quiet) this.observer.quiet(Math.round(this.maxQuietMs / 1000));
    else this.observer.heardAgain();
  }
}
