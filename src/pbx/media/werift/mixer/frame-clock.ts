/** Ticks once per 20 ms frame while it runs, without drift. */

/** The length of a frame, in milliseconds. */
export const FRAME_MS = 20;
/** After a pause of the process longer than this, frames are left out instead of caught up with. */
const MAX_LAG_MS = 200;

export class FrameClock {
  #timer: NodeJS.Timeout | null = null;
  #due = 0;
  #frame = 0;

  /** `tick` gets the number of the frame; numbers go on over pauses and are left out where time was lost. */
  constructor(private readonly tick: (frame: number) => void) {}

  get isRunning(): boolean {
    return this.#timer !== null;
  }

  start(): void {
    if (this.#timer) return;
    this.#due = performance.now();
    this.#wait(0);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => this.#run(), ms);
  }

  /** The next time follows from the frames' own time, so that delays of the timer do not add up. */
  #run(): void {
    const lost = Math.floor((performance.now() - this.#due) / FRAME_MS);
    if (lost * FRAME_MS > MAX_LAG_MS) this.#skip(lost);
    while (this.#timer && this.#due <= performance.now()) {
      this.#skip(1);
      this.tick(this.#frame);
    }
    if (this.#timer) this.#wait(Math.max(1, this.#due - performance.now()));
  }

  #skip(frames: number): void {
    this.#frame += frames;
    this.#due += frames * FRAME_MS;
  }
}
