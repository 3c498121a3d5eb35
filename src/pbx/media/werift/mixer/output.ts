/** One sum of a mixer, encoded once for everybody who listens to it. */
import { Application, createEncoder, Signal, type OpusEncoderHandle } from 'libopus-wasm';
import type { Log } from '../../../log.js';
import type { MediaKind, MediaPacket, MediaSource } from '../../engine.js';
import { FanOut } from '../../fan-out.js';
import { Eventual } from '../../eventual.js';
import { FRAME_SAMPLES } from './input.js';
import { limit } from './limit.js';

/** Speech of one channel over the whole range of frequencies, in bits per second. */
const BIT_RATE = 40_000;
/** Half the effort the codec could make: several rooms should fit on one processor. */
const COMPLEXITY = 5;

export class MixerOutput implements MediaSource {
  readonly #fanOut = new FanOut((kind, listeners) => {
    if (kind === 'audio') this.#listened(listeners > 0);
  });
  readonly #pcm = new Int16Array(FRAME_SAMPLES);
  #encoder: Eventual<OpusEncoderHandle> | null = null;
  #isListenedTo = false;
  #sequence = 0;
  #first = true;

  /** `listened` is told when the first listener comes and when the last one is gone, and says if there is work. */
  constructor(
    /** Who is not heard here. */
    readonly except: MediaSource | undefined,
    private readonly listened: (output: MixerOutput, somebody: boolean) => boolean,
    private readonly log: Log,
  ) {}

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.#fanOut.subscribe(kind, listener);
  }

  /** A mixer has no picture. */
  requestKeyFrame(): void {}

  /** Sends a frame: the sum of everybody, without the samples of `except`. */
  send(total: Int32Array, without: Int16Array | null, frame: number): void {
    const encoder = this.#encoder?.value;
    if (!encoder) return;
    const payload = this.#encode(encoder, limit(total, without, this.#pcm));
    if (!payload) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const sequence = this.#sequence;
    const timestamp = (frame * FRAME_SAMPLES) >>> 0;
    const marker = this.#first;
    this.#first = false;
    this.#fanOut.emit('audio', { payload, sequence, timestamp, marker, codec: 'opus' });
  }

  close(): void {
    this.#fanOut.clear();
  }

  #encode(encoder: OpusEncoderHandle, pcm: Int16Array): Buffer | null {
    try {
      return Buffer.from(encoder.encode(pcm));
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  #listened(somebody: boolean): void {
    if (somebody === this.#isListenedTo) return;
    this.#isListenedTo = somebody;
    if (this.listened(this, somebody)) {
      const making = createEncoder({
        channels: 1,
        application: Application.Voip,
        signal: Signal.Voice,
        bitrate: BIT_RATE,
        complexity: COMPLEXITY,
      });
      this.#encoder = new Eventual(making, (error) => this.#failed(error));
      this.#first = true;
    } else {
      this.#encoder?.free();
      this.#encoder = null;
    }
  }

  #failed(error: unknown): void {
    this.log.error({ err: error }, 'a mixer could not encode');
  }
}
