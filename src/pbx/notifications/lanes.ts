/**
 * Work in lanes: within a lane one after the other, lanes beside each other. How much waits and runs per site is
 * bounded, so that a dead one costs little and no other anything.
 */

export interface LaneLimits {
  /** Work that waits or runs, per site and in all. */
  readonly perSite: number;
  readonly inAll: number;
  /** How much of it runs at once, per site. */
  readonly atOnce: number;
}

/** How many run now, and who waits to. */
interface Site {
  size: number;
  running: number;
  readonly waiting: (() => void)[];
}

/** Runs work while it is this site's turn; given to lanes, as there is no need for a turn between two attempts. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export class Lanes {
  readonly #limits: LaneLimits;
  readonly #sites = new Map<string, Site>();
  readonly #lanes = new Map<string | symbol, Promise<unknown>>();
  #size = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** Everything that waits or runs. */
  get work(): Iterable<Promise<unknown>> {
    return this.#lanes.values();
  }

  /** Takes work for a lane of a site; null when too much waits already. */
  add<T>(siteName: string, lane: string | symbol, work: (turn: Turn) => Promise<T>): Promise<T> | null {
    const site = this.#sites.get(siteName) ?? { size: 0, running: 0, waiting: [] };
    if (site.size >= this.#limits.perSite || this.#size >= this.#limits.inAll) return null;
    this.#sites.set(siteName, site);
    site.size += 1;
    this.#size += 1;
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const result = before.then(() => work((part) => this.#run(site, part)));
    const done = result
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        site.size -= 1;
        this.#size -= 1;
        if (site.size === 0) this.#sites.delete(siteName);
        if (this.#lanes.get(lane) === done) this.#lanes.delete(lane);
      });
    this.#lanes.set(lane, done);
    return result;
  }

  async #run<T>(site: Site, work: () => Promise<T>): Promise<T> {
    if (site.running >= this.#limits.atOnce) {
      // Whoever ends hands over its place.
      await new Promise<void>((resolve) => site.waiting.push(resolve));
    } else {
      site.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = site.waiting.shift();
      if (next) next();
      else site.running -= 1;
    }
  }
}
