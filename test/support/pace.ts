/**
 * Limits in time, on any machine. Each is meant for one that has the time; one that does not, since much else runs on
 * it, takes longer for everything, and so is given what it took for the call it set up just before.
 */

export class Pace {
  /** What the last call took to be set up and heard, in milliseconds. */
  #callMs = 0;

  /** Sets a call up, until both are heard. */
  async call(setUp: () => Promise<unknown>): Promise<void> {
    const from = performance.now();
    await setUp();
    this.#callMs = performance.now() - from;
  }

  /** How many milliseconds may pass here for what may take so many. */
  limit(ms: number): number {
    return Math.max(ms, this.#callMs);
  }

  /** Says how long something has taken by now, and that it was not too long. */
  check(what: string, from: number, atMost: number): void {
    const ms = Math.round(performance.now() - from);
    console.log(`${what}: ${ms} ms (a call: ${Math.round(this.#callMs)} ms)`);
    if (ms > this.limit(atMost))
      throw new Error(`${what}: ${ms} ms, more than ${Math.round(this.limit(atMost))} ms`);
  }
}
