/** Makes decoded sound the packets of a clip: mixed to mono, brought to 48 kHz, encoded in frames of 20 ms. */
import { Application, createEncoder, type OpusEncoderHandle } from 'libopus-wasm';
import { OPUS_CLOCK_RATE } from '../opus.js';
import { AudioError } from './audio-error.js';
import type { Sound } from './decode/sound.js';
import { assertShort, MAX_SECONDS } from './limits.js';
import { Resampler } from './resampler.js';

const FRAME = 960;
/** Music in one channel, in bits per second. */
const BIT_RATE = 48_000;
/** Half the effort the codec could make, as somebody waits for the clip. */
const COMPLEXITY = 5;
const [MIN_RATE, MAX_RATE] = [1000, 192_000];
/** As many samples at once as the resampler takes without growing. */
const PIECE = 4096;

export class ClipEncoder {
  readonly #packets: Buffer[] = [];
  readonly #frame = new Float32Array(FRAME);
  #filled = 0;
  #resampler: Resampler | null = null;

  private constructor(
    private readonly encoder: OpusEncoderHandle,
    private readonly maxSeconds: number,
  ) {}

  static async create(maxSeconds = MAX_SECONDS): Promise<ClipEncoder> {
    const settings = { application: Application.Audio, bitrate: BIT_RATE, complexity: COMPLEXITY };
    return new ClipEncoder(await createEncoder({ channels: 1, ...settings }), maxSeconds);
  }

  async write({ channels, rate }: Sound): Promise<void> {
    if (rate !== this.#resampler?.rate) {
      if (rate < MIN_RATE || rate > MAX_RATE) throw new AudioError(`it has a sample rate of ${rate} Hz`);
      this.#endOfRate();
      this.#resampler = await Resampler.from(rate);
    }
    const mono = mix(channels);
    for (let at = 0; at < mono.length; at += PIECE) {
      this.#append(this.#resampler.convert(mono.subarray(at, at + PIECE)));
    }
  }

  /** The packets; the last one is filled up with silence. */
  finish(): Buffer[] {
    this.#endOfRate();
    if (this.#packets.length === 0 && this.#filled === 0) throw new AudioError('it holds no sound');
    // What the codec still holds back comes out with silence.
    this.#append(new Float32Array(this.encoder.getLookahead()));
    if (this.#filled > 0) this.#append(new Float32Array(FRAME - this.#filled));
    this.free();
    return this.#packets;
  }

  free(): void {
    this.encoder.free();
  }

  #endOfRate(): void {
    if (this.#resampler) this.#append(this.#resampler.finish());
    this.#resampler = null;
  }

  #append(samples: Float32Array): void {
    for (let at = 0; at < samples.length;) {
      const piece = samples.subarray(at, at + FRAME - this.#filled);
      this.#frame.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
      if (this.#filled < FRAME) return;
      this.#filled = 0;
      assertShort((this.#packets.length * FRAME) / OPUS_CLOCK_RATE, this.maxSeconds);
      this.#packets.push(Buffer.from(this.encoder.encodeFloat(this.#frame)));
    }
  }
}

/** The mean of all channels. What is no number, or too large for one, must not reach the codec. */
function mix(channels: readonly Float32Array[]): Float32Array {
  const mono = new Float32Array(channels[0]?.length ?? 0);
  for (let at = 0; at < mono.length; at++) {
    let sum = 0;
    for (const channel of channels) sum += channel[at]!;
    const mean = sum / channels.length;
    mono[at] = Number.isNaN(mean) ? 0 : Math.max(-1, Math.min(1, mean));
  }
  return mono;
}
