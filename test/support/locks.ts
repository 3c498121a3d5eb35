/** The Web Locks API of a browser, for phones in tests without one: exclusive locks, queues, stealing. */
type Callback = (lock: { readonly name: string } | null) => unknown;

interface Request {
  readonly callback: Callback;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class Locks {
  readonly #held = new Map<string, Request>();
  readonly #waiting = new Map<string, Request[]>();

  /** Puts itself in the place of the browser's. */
  provide(): void {
    Object.defineProperty(globalThis.navigator ?? (globalThis.navigator = {} as Navigator), 'locks', {
      configurable: true,
      value: this,
    });
  }

  request(name: string, { ifAvailable, steal, signal }: LockOptions, callback: Callback): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request: Request = { callback, resolve, reject };
      const holder = this.#held.get(name);
      if (holder && ifAvailable) return void Promise.resolve(callback(null)).then(resolve, reject);
      if (holder && steal) {
        this.#held.delete(name);
        holder.reject(new DOMException('The lock was stolen.', 'AbortError'));
      }
      if (!holder || steal) return this.#grant(name, request);
      const queue = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, [...queue, request]);
      signal?.addEventListener('abort', () => {
        const waiting = this.#waiting.get(name) ?? [];
        // Who has it keeps it.
        if (!waiting.includes(request)) return;
        this.#waiting.set(
          name,
          waiting.filter((other) => other !== request),
        );
        reject(new DOMException('It is not waited for any more.', 'AbortError'));
      });
    });
  }

  /** The page that has the lock is gone without a word. */
  drop(): void {
    for (const name of [...this.#held.keys()]) this.#next(name);
  }

  #grant(name: string, request: Request): void {
    this.#held.set(name, request);
    // As in browsers, not at once.
    queueMicrotask(() => {
      Promise.resolve(request.callback({ name })).then(
        (value) => {
          request.resolve(value);
          if (this.#held.get(name) === request) this.#next(name);
        },
        (error: Error) => request.reject(error),
      );
    });
  }

  #next(name: string): void {
    this.#held.delete(name);
    const [next, ...others] = this.#waiting.get(name) ?? [];
    this.#waiting.set(name, others);
    if (next) this.#grant(name, next);
  }
}
