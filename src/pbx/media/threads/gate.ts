/** Lets only so much go on at once; the rest waits its turn, and only so much of it. */

/** Too much waits already. */
export class GateFull extends Error {
  override readonly name = 'GateFull';
}

export class Gate {
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(
    private readonly places: number,
    private readonly maxWaiting: number,
  ) {}

  /** Does the work when its turn comes. Rejects with {@link GateFull} at once when too much waits. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.places) this.#inside += 1;
    else if (this.#waiting.length >= this.maxWaiting) throw new GateFull('Too much waits already.');
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes straight to who waits longest, so that nobody can slip in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inside -= 1;
    }
  }
}
