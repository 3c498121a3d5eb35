/**
 * Which source of a plain RTP stream is heard, and where ours goes: to where the far side's comes from (symmetric RTP,
 * RFC 4961), since what its description names may lie behind NAT. Whoever can send to our port must not be able to
 * speak into a call or have it sent to him: once a source is heard, others are not, and one that nobody described
 * has to send several packets that follow one another.
 */
import { distance16 } from '../stream/rtp-stream.js';

export interface Source {
  readonly address: string;
  readonly port: number;
}

/** Packets in a row that a source needs, by what is known of its address (RFC 3550, A.1 asks for two). */
const NEEDED = { described: 1, sameAddress: 2, stranger: 4 };
/** After so much silence of its source, a stream may come from another port of the same address. */
const QUIET_MS = 2000;
/** Sources on probation at a time; of more, the oldest is forgotten. */
const MAX_CANDIDATES = 8;
/** A packet follows another when not more than this lies between. */
const MAX_STEP = 16;

interface Locked extends Source {
  ssrc: number;
  heardAt: number;
}

export class SourceLock {
  #described: Source | null = null;
  #locked: Locked | null = null;
  readonly #candidates = new Map<string, { sequence: number; count: number }>();

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Where to send: the source that is heard, or the described one; null while neither is known. */
  get target(): Source | null {
    return this.#locked ?? this.#described;
  }

  /** A description names the far side's address. The same as before changes nothing. */
  describe(source: Source | null): void {
    if (sameSource(this.#described, source)) return;
    this.#described = source;
    this.#locked = null;
    this.#candidates.clear();
  }

  /** Whether a valid packet is to be heard. */
  hears(from: Source, { ssrc, sequence }: { ssrc: number; sequence: number }): boolean {
    const locked = this.#locked;
    if (locked && sameSource(locked, from) && locked.ssrc === ssrc) {
      locked.heardAt = this.clock();
      return true;
    }
    const needed = this.#needed(from);
    if (needed === null || this.#inARow(from, ssrc, sequence) < needed) return false;
    this.#lock(from, ssrc);
    return true;
  }

  /** A packet has proved to be the far side's own, by its key. */
  prove(from: Source, ssrc: number): void {
    if (this.#locked && sameSource(this.#locked, from)) this.#locked.heardAt = this.clock();
    else this.#lock(from, ssrc);
  }

  #lock({ address, port }: Source, ssrc: number): void {
    this.#locked = { address, port, ssrc, heardAt: this.clock() };
    this.#candidates.clear();
  }

  /** How many packets in a row this source needs to be heard; null when it cannot be. */
  #needed(from: Source): number | null {
    const locked = this.#locked;
    if (locked === null) {
      if (sameSource(this.#described, from)) return NEEDED.described;
      return from.address === this.#described?.address ? NEEDED.sameAddress : NEEDED.stranger;
    }
    // The stream of another synchronisation source from where it came before, as after a transfer.
    if (sameSource(locked, from)) return NEEDED.sameAddress;
    if (sameSource(this.#described, from)) return NEEDED.sameAddress;
    const quiet = this.clock() - locked.heardAt > QUIET_MS;
    return quiet && from.address === locked.address ? NEEDED.sameAddress : null;
  }

  #inARow(from: Source, ssrc: number, sequence: number): number {
    const key = `${from.address} ${from.port} ${ssrc}`;
    const before = this.#candidates.get(key);
    const step = before ? distance16(before.sequence, sequence) : 0;
    const count = before && step > 0 && step <= MAX_STEP ? before.count + 1 : 1;
    if (!before && this.#candidates.size >= MAX_CANDIDATES) {
      this.#candidates.delete(this.#candidates.keys().next().value!);
    }
    this.#candidates.set(key, { sequence, count });
    return count;
  }
}

function sameSource(one: Source | null, other: Source | null): boolean {
  return one === other || (one?.address === other?.address && one?.port === other?.port);
}
