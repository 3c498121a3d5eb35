/**
 * Puts the packets of one stream in order without holding up those that are: only behind a gap they wait, until what
 * is missing has come or is given up. Jitter passes on to whoever plays the sound and evens it out there.
 */
import { distance16 } from './rtp-stream.js';

/** So many packets wait for a missing one. */
const MAX_HELD = 4;
/** So long they wait. */
const MAX_HELD_MS = 60;
/** A number further away than this is another stream. */
const MAX_STEP = 64;

export class Reorder<T extends { readonly sequence: number }> {
  #newest: number | null = null;
  #held: T[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly deliver: (packet: T) => void) {}

  put(packet: T): void {
    const step = this.#newest === null ? 1 : distance16(this.#newest, packet.sequence);
    if (Math.abs(step) > MAX_STEP) {
      this.flush();
      return this.#pass(packet);
    }
    if (step < 1) return;
    if (step === 1) {
      this.#pass(packet);
      return this.#settle();
    }
    let at = this.#held.length;
    while (at > 0 && distance16(this.#held[at - 1]!.sequence, packet.sequence) < 0) at -= 1;
    if (this.#held[at - 1]?.sequence === packet.sequence) return;
    this.#held.splice(at, 0, packet);
    if (this.#held.length > MAX_HELD) this.#pass(this.#held.shift()!);
    this.#settle();
  }

  /** Gives up what is missing. */
  flush(): void {
    for (const packet of this.#held.splice(0)) this.#pass(packet);
    this.#settle();
  }

  /** Forgets what it holds: another stream comes. */
  reset(): void {
    this.#held = [];
    this.#newest = null;
    this.#settle();
  }

  /** Passes on what is in order now. */
  #settle(): void {
    while (this.#held.length > 0 && distance16(this.#newest!, this.#held[0]!.sequence) === 1) {
      this.#pass(this.#held.shift()!);
    }
    if (this.#held.length > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.flush();
      }, MAX_HELD_MS);
    } else if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
  }

  #pass(packet: T): void {
    this.#newest = packet.sequence;
    this.deliver(packet);
  }
}
