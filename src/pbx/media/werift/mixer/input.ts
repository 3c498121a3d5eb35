/** One party in a mixer: its packets decoded into frames of 20 ms. */
import { createDecoder, type OpusDecoderHandle } from 'libopus-wasm';
import type { Log } from '../../../log.js';
import type { MediaSource } from '../../engine.js';
import { Eventual } from '../../eventual.js';
import { JitterQueue } from './jitter-queue.js';

/** The samples of a frame, mono at 48 kHz. */
export const FRAME_SAMPLES = 960;
/** Frames the codec makes up when nothing comes, before there is silence. */
const MAX_CONCEALED = 3;

export class MixerInput {
  readonly #decoder: Eventual<OpusDecoderHandle>;
  readonly #leave: () => void;
  #queue = new JitterQueue();
  /** Decoded and not yet played. */
  #samples = new Int16Array(0);
  #concealed = MAX_CONCEALED;
  #complained = false;

  constructor(
    source: MediaSource,
    private readonly log: Log,
  ) {
    this.#decoder = new Eventual(createDecoder({ channels: 1 }), (error) => this.#complain(error));
    this.#leave = source.subscribe('audio', (packet) => this.#queue.put(packet));
  }

  /** The next frame of {@link FRAME_SAMPLES}; null for silence. */
  frame(): Int16Array | null {
    const decoder = this.#decoder.value;
    if (!decoder) return null;
    while (this.#samples.length < FRAME_SAMPLES) {
      const next = this.#queue.take();
      if (!next) break;
      if (next.lost > 0) this.#append(this.#decode(() => decoder.decodePacketLoss(next.lost), next.lost));
      const { payload, samples } = next.packet;
      this.#append(this.#decode(() => decoder.decode(payload), samples));
      this.#concealed = 0;
    }
    if (this.#samples.length < FRAME_SAMPLES) return this.#conceal(decoder);
    const frame = this.#samples.subarray(0, FRAME_SAMPLES);
    this.#samples = this.#samples.subarray(FRAME_SAMPLES);
    return frame;
  }

  close(): void {
    this.#leave();
    this.#decoder.free();
  }

  /** Nothing came in time: the codec makes something up for a moment, then it is quiet. */
  #conceal(decoder: OpusDecoderHandle): Int16Array | null {
    if (this.#concealed < MAX_CONCEALED) {
      this.#concealed += 1;
      this.#append(this.#decode(() => decoder.decodePacketLoss(FRAME_SAMPLES), FRAME_SAMPLES));
    } else {
      this.#queue.pause();
      if (this.#samples.length === 0) return null;
      this.#append(new Int16Array(FRAME_SAMPLES - this.#samples.length));
    }
    const frame = this.#samples.subarray(0, FRAME_SAMPLES);
    this.#samples = this.#samples.subarray(FRAME_SAMPLES);
    return frame;
  }

  /** What cannot be decoded is silence of the same length: the payload is the party's, and may be anything. */
  #decode(decode: () => Int16Array, samples: number): Int16Array {
    try {
      return decode();
    } catch (error) {
      this.#complain(error);
      return new Int16Array(samples);
    }
  }

  #append(samples: Int16Array): void {
    const joined = new Int16Array(this.#samples.length + samples.length);
    joined.set(this.#samples);
    joined.set(samples, this.#samples.length);
    this.#samples = joined;
  }

  #complain(error: unknown): void {
    if (this.#complained) return;
    this.#complained = true;
    this.log.info({ problem: String(error) }, 'the sound of a party cannot be decoded');
  }
}
