/** Puts the packets of one party in order and evens out when they come. */
import type { MediaPacket } from '../../engine.js';
import { OPUS_CLOCK_RATE, opusSamples } from '../../opus.js';
import { distance16, distance32 } from '../../stream/rtp-stream.js';

/** So much is gathered before it is played, again after each time nothing was left: 40 ms. */
const PREFILL_SAMPLES = (40 * OPUS_CLOCK_RATE) / 1000;
/** More than this waiting is delay nobody needs; the oldest goes: 120 ms. */
const MAX_SAMPLES = (120 * OPUS_CLOCK_RATE) / 1000;
/** Never fewer than these are kept, however long one packet is. */
const MIN_PACKETS = 2;
/** A gap up to this length is a loss to be concealed; a longer one is a pause: 60 ms. */
const MAX_LOSS_SAMPLES = (60 * OPUS_CLOCK_RATE) / 1000;
/** So many packets in a row that come late mean that the party started anew. */
const MAX_LATE = 3;

/** An Opus packet in its turn. */
export interface Queued {
  readonly payload: Buffer;
  readonly sequence: number;
  readonly timestamp: number;
  /** How long it lasts, in samples at 48 kHz. */
  readonly samples: number;
}

export class JitterQueue {
  #waiting: Queued[] = [];
  #samples = 0;
  #playing = false;
  #late = 0;
  #last: Queued | null = null;

  /** Takes a packet in. What is not Opus, comes twice or too late is left out. */
  put({ codec, payload, sequence, timestamp }: MediaPacket): void {
    const samples = codec === 'opus' ? opusSamples(payload) : 0;
    if (samples === 0 || this.#isLate(sequence)) return;
    let at = this.#waiting.length;
    while (at > 0 && distance16(this.#waiting[at - 1]!.sequence, sequence) < 0) at -= 1;
    if (this.#waiting[at - 1]?.sequence === sequence) return;
    this.#waiting.splice(at, 0, { payload, sequence, timestamp, samples });
    this.#samples += samples;
    while (this.#samples > MAX_SAMPLES && this.#waiting.length > MIN_PACKETS) this.#shift();
  }

  /** The next packet in its turn, and how many samples before it were lost; null while there is none to play. */
  take(): { packet: Queued; lost: number } | null {
    this.#playing ||= this.#samples >= PREFILL_SAMPLES;
    if (!this.#playing) return null;
    const before = this.#last;
    const packet = this.#shift();
    if (!packet) return null;
    return { packet, lost: before ? lostBetween(before, packet) : 0 };
  }

  /** Nothing was left for so long that it is gathered anew before it is played. */
  pause(): void {
    this.#playing = false;
    this.#last = null;
  }

  #shift(): Queued | undefined {
    const packet = this.#waiting.shift();
    if (!packet) return undefined;
    this.#samples -= packet.samples;
    this.#last = packet;
    return packet;
  }

  #isLate(sequence: number): boolean {
    if (!this.#last || distance16(this.#last.sequence, sequence) > 0) {
      this.#late = 0;
      return false;
    }
    this.#late += 1;
    if (this.#late < MAX_LATE) return true;
    this.#late = 0;
    this.#waiting = [];
    this.#samples = 0;
    this.pause();
    return false;
  }
}

/** Telephone events and pauses leave gaps too: only what is missing and short is a loss. */
function lostBetween(before: Queued, after: Queued): number {
  if (distance16(before.sequence, after.sequence) < 2) return 0;
  const lost = distance32(before.timestamp, after.timestamp) - before.samples;
  return lost > 0 && lost <= MAX_LOSS_SAMPLES && lost % 120 === 0 ? lost : 0;
}
