/** A function of the page that wants to hear of something. */
export type Handler<A extends readonly unknown[]> = (...args: A) => unknown;

/**
 * One event of the API: the page's functions that want to hear of it. A function that is registered twice is
 * called once; one that registers late is told, soon after, what it missed and still holds.
 */
export class Topic<A extends readonly unknown[]> {
  readonly #handlers = new Set<Handler<A>>();
  readonly #holding: () => readonly A[];

  /** @param holding What a handler that comes now has missed; the first argument tells one from another. */
  constructor(holding: () => readonly A[] = () => []) {
    this.#holding = holding;
  }

  add(handler: Handler<A>): void {
    if (this.#handlers.has(handler)) return;
    this.#handlers.add(handler);
    const missed = this.#holding();
    if (!missed.length) return;
    queueMicrotask(() => {
      for (const args of missed) {
        if (this.#holding().some(([key]) => key === args[0])) call(handler, args);
      }
    });
  }

  raise(...args: A): void {
    for (const handler of [...this.#handlers]) call(handler, args);
  }

  get wanted(): boolean {
    return this.#handlers.size > 0;
  }
}

/** One handler's mistake is reported as its own and is not the others'. */
function call<A extends readonly unknown[]>(handler: Handler<A>, args: A): void {
  try {
    handler(...args);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
