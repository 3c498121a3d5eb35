/** Brings mono sound of any rate to 48 kHz, piece by piece, with libsamplerate. */
import samplerate from '@alexanderolsen/libsamplerate-js';
import { OPUS_CLOCK_RATE } from '../opus.js';

type Converter = Awaited<ReturnType<typeof samplerate.create>>;

/** More than the converter holds back. */
const TAIL_SAMPLES = 512;

export class Resampler {
  #taken = 0;
  #given = 0;

  private constructor(
    readonly rate: number,
    private readonly converter: Converter | null,
  ) {}

  static async from(rate: number): Promise<Resampler> {
    if (rate === OPUS_CLOCK_RATE) return new Resampler(rate, null);
    const { SRC_SINC_FASTEST: converterType } = samplerate.ConverterType;
    return new Resampler(rate, await samplerate.create(1, rate, OPUS_CLOCK_RATE, { converterType }));
  }

  convert(samples: Float32Array): Float32Array {
    if (!this.converter) return samples;
    this.#taken += samples.length;
    const converted = this.converter.full(samples);
    this.#given += converted.length;
    return converted;
  }

  /** What the converter holds back at the end, so that nothing is lost or added. */
  finish(): Float32Array {
    if (!this.converter) return new Float32Array(0);
    const missing = Math.round((this.#taken * OPUS_CLOCK_RATE) / this.rate) - this.#given;
    const tail = this.converter.full(new Float32Array(TAIL_SAMPLES)).slice(0, Math.max(0, missing));
    this.converter.destroy();
    return tail;
  }
}
