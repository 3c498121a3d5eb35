/** Knows which packets have come, so that none is taken twice (RFC 3711, 3.3.2). */

const WINDOW = 64;

export class ReplayWindow {
  #newest = -1;
  /** A bit for each of the packets up to the newest: the lowest is the newest. */
  #seen = 0n;

  /** Whether the packet of this index can be new. */
  accepts(index: number): boolean {
    const age = this.#newest - index;
    if (age < 0) return true;
    return age < WINDOW && (this.#seen & (1n << BigInt(age))) === 0n;
  }

  /** Remembers a packet that has proved to be genuine. */
  add(index: number): void {
    const ahead = index - this.#newest;
    if (ahead > 0) {
      this.#seen = ahead >= WINDOW ? 1n : BigInt.asUintN(WINDOW, this.#seen << BigInt(ahead)) | 1n;
      this.#newest = index;
    } else {
      this.#seen |= 1n << BigInt(-ahead);
    }
  }
}
