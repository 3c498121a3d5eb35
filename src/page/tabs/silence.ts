/** How often the other tab is asked whether it is there, and how long it may be silent, in milliseconds. */
export const ASK_MS = 1000;
export const SILENT_MS = 5000;

/**
 * Finds out that the other tab is silent: it was asked, and nothing came for a while. A question answered by the next look is
 * none, however late that is: timers of a tab in the background are, and stand still while it is frozen.
 */
export class Silence {
  /** Since when an answer is waited for, and how many looks ago. */
  #askedAt: number | null = null;
  #looks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ask: () => void,
    private readonly silent: () => void,
  ) {
    this.#look();
  }

  /** Something came. */
  heard(): void {
    this.#askedAt = null;
    this.#looks = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    const now = Date.now();
    this.#askedAt ??= now;
    if (now - this.#askedAt >= SILENT_MS && this.#looks > 1) {
      this.heard();
      this.silent();
    }
    this.#looks++;
    this.ask();
    this.#timer = setTimeout(() => this.#look(), ASK_MS);
  }
}
