/** Does something again and again at its own pace, without drift. */

/** After a pause of the process longer than this, what was missed is left out instead of caught up with. */
const MAX_LAG_MS = 200;
/** What is left out is left out in steps of this, the length of a frame. */
const STEP_MS = 20;

export class Pace {
  #timer: NodeJS.Timeout | null = null;
  #due = 0;

  /**
   * `step` does what is due and returns the milliseconds until more is due. It is told how much time was left out
   * before it, in milliseconds: nearly always 0, otherwise a multiple of 20.
   */
  constructor(private readonly step: (leftOutMs: number) => number) {}

  get isRunning(): boolean {
    return this.#timer !== null;
  }

  /** The first step is due in `delayMs`. Does nothing when it runs already. */
  start(delayMs = 0): void {
    if (this.#timer) return;
    this.#due = performance.now() + delayMs;
    this.#wait(delayMs);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => this.#run(), ms);
  }

  /** The next time follows from the time of the last one, so that delays of the timer do not add up. */
  #run(): void {
    const late = performance.now() - this.#due;
    let leftOut = late > MAX_LAG_MS ? Math.floor(late / STEP_MS) * STEP_MS : 0;
    this.#due += leftOut;
    const timer = this.#timer;
    while (this.#due <= performance.now()) {
      const passing = this.step(leftOut);
      // The step may have stopped this, or stopped it and started it again.
      if (this.#timer !== timer) return;
      this.#due += passing;
      leftOut = 0;
    }
    this.#wait(Math.max(1, this.#due - performance.now()));
  }
}
