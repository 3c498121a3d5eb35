/** MP3 by LAME: mono, 48 kHz, a constant bit rate, so that players know the length without reading it all. */
import { createMp3Encoder } from 'wasm-media-encoders';
import { SAMPLE_RATE, type RecordingEncoder } from './recording-encoder.js';

/** Speech of several people at once, in kilobits per second. */
const BIT_RATE = 64;

export class Mp3Encoder implements RecordingEncoder {
  readonly maxBytes = Number.MAX_SAFE_INTEGER;
  readonly #samples = [new Float32Array(0)];

  private constructor(private readonly encoder: Awaited<ReturnType<typeof createMp3Encoder>>) {}

  static async create(): Promise<Mp3Encoder> {
    const encoder = await createMp3Encoder();
    encoder.configure({ sampleRate: SAMPLE_RATE, channels: 1, bitrate: BIT_RATE });
    return new Mp3Encoder(encoder);
  }

  start(): Buffer {
    return Buffer.alloc(0);
  }

  write(frame: Int16Array): Buffer {
    let [samples] = this.#samples;
    if (samples?.length !== frame.length) this.#samples[0] = samples = new Float32Array(frame.length);
    for (let at = 0; at < frame.length; at++) samples[at] = frame[at]! / 32_768;
    // A copy: the encoder uses its memory again.
    return Buffer.from(this.encoder.encode(this.#samples));
  }

  end(): Buffer {
    return Buffer.from(this.encoder.finalize());
  }

  free(): void {}
}
