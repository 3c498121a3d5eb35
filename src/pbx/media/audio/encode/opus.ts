/** Ogg Opus: mono, 48 kHz. */
import { Application, createEncoder, type OpusEncoderHandle } from 'libopus-wasm';
import { OggOpusWriter } from '../../ogg/writer.js';
import { FRAME_SAMPLES, type RecordingEncoder } from './recording-encoder.js';

/** Speech of several people at once, in bits per second. */
const BIT_RATE = 40_000;
const COMPLEXITY = 5;

export class OpusEncoder implements RecordingEncoder {
  readonly maxBytes = Number.MAX_SAFE_INTEGER;
  readonly #ogg: OggOpusWriter;
  #frames = 0;

  private constructor(private readonly encoder: OpusEncoderHandle) {
    this.#ogg = new OggOpusWriter(encoder.getLookahead(), FRAME_SAMPLES);
  }

  static async create(): Promise<OpusEncoder> {
    const settings = { application: Application.Audio, bitrate: BIT_RATE, complexity: COMPLEXITY };
    return new OpusEncoder(await createEncoder({ channels: 1, ...settings }));
  }

  start(): Buffer {
    return this.#ogg.start();
  }

  write(frame: Int16Array): Buffer {
    this.#frames += 1;
    return this.#ogg.write(Buffer.from(this.encoder.encode(frame)));
  }

  end(): Buffer {
    // What the encoder is behind by comes out with one more frame.
    const last = this.#ogg.write(Buffer.from(this.encoder.encode(new Int16Array(FRAME_SAMPLES))));
    return Buffer.concat([last, this.#ogg.end(this.#frames * FRAME_SAMPLES)]);
  }

  free(): void {
    this.encoder.free();
  }
}
