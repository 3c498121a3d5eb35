/** The events a client may have missed, as they were sent, until it says that it has them. */

/** What is kept at most for one client: events, and their characters. */
export const MAX_REPLAY_EVENTS = 1000;
export const MAX_REPLAY_LENGTH = 256 * 1024;

export class Replay {
  /** Without gaps; the first has the number {@link #first}. */
  #texts: string[] = [];
  #first: number;
  #length = 0;

  /** @param first The number of the first event there will be. */
  constructor(first = 1) {
    this.#first = first;
  }

  /** The number of the latest event; 0 before the first. */
  get last(): number {
    return this.#first + this.#texts.length - 1;
  }

  /** Keeps the next event. What is too much is forgotten, the oldest first. */
  add(text: string): void {
    this.#texts.push(text);
    this.#length += text.length;
    while (this.#texts.length > MAX_REPLAY_EVENTS || this.#length > MAX_REPLAY_LENGTH) this.#forget();
  }

  /** The client has everything up to this number. */
  arrived(seq: number): void {
    while (this.#texts.length > 0 && this.#first <= seq) this.#forget();
  }

  /** Everything that is kept. */
  all(): readonly string[] {
    return [...this.#texts];
  }

  /** What follows this number; null when some of it is forgotten, or the number was never given. */
  after(seq: number): readonly string[] | null {
    return seq > this.last || seq < this.#first - 1 ? null : this.#texts.slice(seq - this.#first + 1);
  }

  #forget(): void {
    this.#length -= this.#texts.shift()?.length ?? 0;
    this.#first += 1;
  }
}
