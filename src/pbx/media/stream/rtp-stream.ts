/**
 * One outgoing RTP stream that sources take turns to feed. Towards the party it never breaks: sequence numbers
 * go on, and timestamps follow the wall clock over the gap, whatever the source and whenever it changes (a
 * browser's jitter buffer drops as late what does not).
 */
import type { MediaPacket } from '../engine.js';

/** Where a packet stands in the outgoing stream. */
export interface RtpPosition {
  readonly sequence: number;
  readonly timestamp: number;
  /** The first packet of another source than before. */
  readonly first: boolean;
}

/**
 * Packets missing at once that are passed on as missing. More is a source that started anew; the gap is then
 * shortened, because SRTP loses count of its rollovers when far too many are missing (RFC 3711, 3.3.1).
 */
const MAX_GAP = 64;
/** How far a source's clock may run off the wall clock between two packets before it counts as started anew. */
const MAX_DRIFT_SECONDS = 3;

export class RtpStream {
  #source: object | null = null;
  #sequenceOffset = 0;
  #timestampOffset = 0;
  /** The first source sequence number the offsets hold for; what comes late from before it is dropped. */
  #base = 0;
  #sequence: number;
  #timestamp: number;
  #sentAt: number | null = null;
  #newest: { sequence: number; timestamp: number } | null = null;

  constructor(
    readonly clockRate: number,
    private readonly clock: () => number = () => performance.now(),
    start = { sequence: Math.floor(Math.random() * 0x7fff), timestamp: Math.floor(Math.random() * 2 ** 32) },
  ) {
    this.#sequence = start.sequence;
    this.#timestamp = start.timestamp;
  }

  /** When the last packet went out, on the clock given; null before the first. */
  get lastSentAt(): number | null {
    return this.#sentAt;
  }

  /** The timestamp that belongs to this moment. */
  now(): number {
    return (this.#timestamp + this.#elapsed()) >>> 0;
  }

  /** Places a packet of a source; null when it comes too late to be placed. */
  next(source: object, packet: Pick<MediaPacket, 'sequence' | 'timestamp'>): RtpPosition | null {
    const first = source !== this.#source;
    if (first || this.#startedAnew(packet)) this.#rebase(source, packet);
    if (distance16(this.#base, packet.sequence) < 0) return null;
    const sequence = (packet.sequence + this.#sequenceOffset) & 0xffff;
    const timestamp = (packet.timestamp + this.#timestampOffset) >>> 0;
    if (distance16(this.#sequence, sequence) > 0) {
      this.#sequence = sequence;
      this.#timestamp = timestamp;
      this.#sentAt = this.clock();
      this.#newest = { sequence: packet.sequence, timestamp: packet.timestamp };
    }
    return { sequence, timestamp, first };
  }

  /** Places a packet of our own between those of the source, by default with the timestamp of this moment. */
  insert(timestamp = this.now()): RtpPosition {
    const now = this.now();
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sequenceOffset = (this.#sequenceOffset + 1) & 0xffff;
    if (this.#newest) this.#base = (this.#newest.sequence + 1) & 0xffff;
    this.#timestamp = now;
    this.#sentAt = this.clock();
    return { sequence: this.#sequence, timestamp, first: false };
  }

  /** Leaves out a packet of the source, so that the party does not take it for lost. */
  omit(source: object, packet: Pick<MediaPacket, 'sequence' | 'timestamp'>): void {
    if (source !== this.#source || !this.#newest) return;
    if (distance16(this.#newest.sequence, packet.sequence) !== 1) return;
    this.#sequenceOffset = (this.#sequenceOffset - 1) & 0xffff;
    this.#newest = { sequence: packet.sequence, timestamp: packet.timestamp };
    this.#base = (packet.sequence + 1) & 0xffff;
  }

  #rebase(source: object, packet: Pick<MediaPacket, 'sequence' | 'timestamp'>): void {
    // A source that broke off and started anew shows as a loss; a new source follows without one.
    const step = source === this.#source ? 2 : 1;
    this.#source = source;
    this.#base = packet.sequence;
    this.#newest = null;
    this.#sequenceOffset = (this.#sequence + step - packet.sequence) & 0xffff;
    this.#timestampOffset = (this.#timestamp + Math.max(1, this.#elapsed()) - packet.timestamp) >>> 0;
  }

  #startedAnew({ sequence, timestamp }: Pick<MediaPacket, 'sequence' | 'timestamp'>): boolean {
    if (!this.#newest) return false;
    const gap = distance16(this.#newest.sequence, sequence);
    if (gap > MAX_GAP || gap < -MAX_GAP) return true;
    const drift = distance32(this.#newest.timestamp, timestamp) - this.#elapsed();
    return Math.abs(drift) > MAX_DRIFT_SECONDS * this.clockRate;
  }

  /** How far the clock of the stream went on since the last packet. */
  #elapsed(): number {
    if (this.#sentAt === null) return 0;
    return Math.round(((this.clock() - this.#sentAt) * this.clockRate) / 1000);
  }
}

/** How far `to` lies after `from` on a circle of 16 bits: -32768 to 32767. */
export function distance16(from: number, to: number): number {
  return ((to - from + 0x8000) & 0xffff) - 0x8000;
}

/** How far `to` lies after `from` on a circle of 32 bits. */
export function distance32(from: number, to: number): number {
  return (to - from) | 0;
}
