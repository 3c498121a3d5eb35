/**
 * Makes Opus of telephone sound, so that a phone on a trunk is heard by all the phone system has. What was lost is
 * left out of the numbers: whoever plays the sound conceals it. Works only while somebody listens.
 */
import { Application, createEncoder, Signal, type OpusEncoderHandle } from 'libopus-wasm';
import type { Log } from '../../../log.js';
import type { MediaPacket } from '../../engine.js';
import { Eventual } from '../../eventual.js';
import { OPUS_CLOCK_RATE } from '../../opus.js';
import { distance16, distance32 } from '../../stream/rtp-stream.js';
import { expand, G711_RATE, type Law } from './law.js';

/** A frame of 20 ms. */
const FRAME_SAMPLES = 160;
/** A tick of the telephone's clock, in ticks of Opus. */
const SCALE = OPUS_CLOCK_RATE / G711_RATE;
/** Enough for what a telephone lets through. */
const BIT_RATE = 24_000;
/** Little effort: more is not to be heard at this bandwidth. */
const COMPLEXITY = 2;
/** A jump of the clock up to this is a loss or a pause: one second. Beyond, another stream has begun. */
const MAX_GAP_SAMPLES = G711_RATE;

/** What comes in, in its order. */
export interface Telephony {
  readonly sequence: number;
  readonly timestamp: number;
}

export class G711IntoOpus {
  readonly #frame = new Int16Array(FRAME_SAMPLES);
  /** How much of the frame is there, and the far side's time at which it begins. */
  #filled = 0;
  #frameAt = 0;
  /** Our time is theirs by this, in ticks of Opus. */
  #offset = 0;
  #last: { sequence: number; sentAt: number; timestamp: number } | null = null;
  #sequence = 0;
  #fresh = true;
  #first = true;
  #encoder: Eventual<OpusEncoderHandle> | null = null;
  #complained = false;

  constructor(
    private readonly log: Log,
    private readonly emit: (packet: MediaPacket) => void,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Somebody listens, or nobody any more. */
  work(listened: boolean): void {
    if (listened === (this.#encoder !== null)) return;
    this.#encoder?.free();
    const making = () =>
      createEncoder({
        channels: 1,
        sampleRate: G711_RATE,
        application: Application.Voip,
        signal: Signal.Voice,
        bitrate: BIT_RATE,
        complexity: COMPLEXITY,
      });
    this.#encoder = listened ? new Eventual(making(), (error) => this.#complain(error)) : null;
    this.#first = true;
  }

  /** Another stream of the far side begins. */
  startAnew(): void {
    this.#fresh = true;
  }

  sound(law: Law, { sequence, timestamp }: Telephony, payload: Buffer): void {
    this.#follow(sequence, timestamp);
    const samples = expand(law, payload);
    for (let at = 0; at < samples.length;) {
      const taken = Math.min(FRAME_SAMPLES - this.#filled, samples.length - at);
      this.#frame.set(samples.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === FRAME_SAMPLES) this.#send();
    }
  }

  /** A packet of a press: its place among the others, at its own time. Its payload is passed on as it is. */
  event({ sequence, timestamp }: Telephony, payload: Buffer, marker: boolean): void {
    if (this.#fresh) this.#begin(sequence, timestamp);
    this.#last!.sequence = sequence;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const at = (timestamp * SCALE + this.#offset) >>> 0;
    this.emit({ payload, sequence: this.#sequence, timestamp: at, marker, codec: 'telephone-event' });
  }

  /** Something of the stream that is no sound, such as comfort noise: only its number counts. */
  skip(sequence: number): void {
    if (this.#last) this.#last.sequence = sequence;
  }

  close(): void {
    this.work(false);
  }

  /** Brings the frame to the time of a packet: over what was lost, over a pause, or to another stream. */
  #follow(sequence: number, timestamp: number): void {
    const last = this.#last;
    const gap = last ? distance32(this.#frameAt + this.#filled, timestamp) : 0;
    if (!last || this.#fresh || Math.abs(gap) > MAX_GAP_SAMPLES) return this.#begin(sequence, timestamp);
    const lost = distance16(last.sequence, sequence) > 1;
    last.sequence = sequence;
    // A clock that stands still or goes back is no clock: the sound goes on where it was.
    if (gap <= 0) {
      this.#frameAt = (timestamp - this.#filled) >>> 0;
      this.#offset = (this.#offset - gap * SCALE) >>> 0;
      return;
    }
    let missing = gap;
    if (this.#filled > 0) {
      const taken = Math.min(FRAME_SAMPLES - this.#filled, missing);
      this.#frame.fill(0, this.#filled, this.#filled + taken);
      this.#filled += taken;
      missing -= taken;
      if (this.#filled === FRAME_SAMPLES) this.#send();
    }
    const frames = Math.floor(missing / FRAME_SAMPLES);
    this.#frameAt = (this.#frameAt + frames * FRAME_SAMPLES) >>> 0;
    if (lost) this.#sequence = (this.#sequence + frames) & 0xffff;
    missing -= frames * FRAME_SAMPLES;
    this.#frame.fill(0, this.#filled, this.#filled + missing);
    this.#filled += missing;
  }

  /** Our time goes on by the wall clock where theirs starts anew. */
  #begin(sequence: number, timestamp: number): void {
    const before = this.#last;
    const passed = before ? ((this.clock() - before.sentAt) * OPUS_CLOCK_RATE) / 1000 : 0;
    const now = before ? (before.timestamp + Math.max(FRAME_SAMPLES * SCALE, Math.round(passed))) >>> 0 : 0;
    this.#last = { sequence, sentAt: this.clock(), timestamp: now };
    this.#fresh = false;
    this.#filled = 0;
    this.#frameAt = timestamp;
    this.#offset = (now - timestamp * SCALE) >>> 0;
    this.#first = true;
  }

  #send(): void {
    const timestamp = (this.#frameAt * SCALE + this.#offset) >>> 0;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#filled = 0;
    this.#frameAt = (this.#frameAt + FRAME_SAMPLES) >>> 0;
    if (this.#last) Object.assign(this.#last, { sentAt: this.clock(), timestamp });
    const encoder = this.#encoder?.value;
    if (!encoder) return;
    try {
      const payload = Buffer.from(encoder.encode(this.#frame, { frameSize: FRAME_SAMPLES }));
      const marker = this.#first;
      this.#first = false;
      this.emit({ payload, sequence: this.#sequence, timestamp, marker, codec: 'opus' });
    } catch (error) {
      this.#complain(error);
    }
  }

  #complain(error: unknown): void {
    if (this.#complained) return;
    this.#complained = true;
    this.log.error({ error: String(error) }, 'the sound of a trunk cannot be encoded');
  }
}
