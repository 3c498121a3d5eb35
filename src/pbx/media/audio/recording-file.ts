/**
 * A recording on its way into a file. Blocks while it encodes and writes, so it has a thread of its own:
 * `recording-thread.ts`.
 */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { Mp3Encoder } from './encode/mp3.js';
import { OpusEncoder } from './encode/opus.js';
import { FRAME_SAMPLES, SAMPLE_RATE, type RecordingEncoder } from './encode/recording-encoder.js';
import { WavEncoder } from './encode/wav.js';

export type RecordingFormat = 'wav' | 'mp3' | 'ogg';

/** What became of a recording; `problem` when not all of it is in the file. */
export interface Recorded {
  readonly seconds: number;
  readonly bytes: number;
  readonly problem: string | null;
}

/** Recordings are of private conversations. */
const MODE = 0o600;

const ENCODERS: Record<RecordingFormat, () => RecordingEncoder | Promise<RecordingEncoder>> = {
  wav: () => new WavEncoder(),
  mp3: () => Mp3Encoder.create(),
  ogg: () => OpusEncoder.create(),
};

export class RecordingFile {
  #bytes = 0;
  #frames = 0;
  #problem: string | null = null;
  #closed = false;

  private constructor(
    private readonly file: number,
    private readonly encoder: RecordingEncoder,
  ) {
    this.#try(() => this.#put(encoder.start()));
  }

  /** Makes the file; throws when it is there already or cannot be made. */
  static async create(path: string, format: RecordingFormat): Promise<RecordingFile> {
    const encoder = await ENCODERS[format]();
    try {
      return new RecordingFile(openSync(path, 'wx', MODE), encoder);
    } catch (error) {
      encoder.free();
      throw error;
    }
  }

  /** Adds samples; what does not fill a frame is filled with silence. Nothing more after the first problem. */
  write(samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
      let frame = samples.subarray(at, at + FRAME_SAMPLES);
      if (frame.length < FRAME_SAMPLES) {
        const filled = new Int16Array(FRAME_SAMPLES);
        filled.set(frame);
        frame = filled;
      }
      this.#try(() => {
        this.#put(this.encoder.write(frame));
        this.#frames += 1;
      });
    }
  }

  /** Completes the file with what could be written. */
  end(): Recorded {
    this.#try(() => this.#put(this.encoder.end()));
    const corrected = this.encoder.corrected?.(this.#bytes);
    // Not only when all went well: what is in the file should be heard.
    if (corrected) this.#note(() => this.#writeAll(corrected, 0));
    this.close();
    const seconds = (this.#frames * FRAME_SAMPLES) / SAMPLE_RATE;
    return { seconds, bytes: this.#bytes, problem: this.#problem };
  }

  /** Lets go of the file as it is. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.encoder.free();
    this.#note(() => closeSync(this.file));
  }

  #put(bytes: Buffer): void {
    if (this.#bytes + bytes.length > this.encoder.maxBytes) {
      throw new Error(`a file of this format holds no more than ${this.encoder.maxBytes} bytes`);
    }
    try {
      this.#writeAll(bytes, this.#bytes);
    } catch (error) {
      // Half a frame, or half a page, would spoil the file.
      this.#note(() => ftruncateSync(this.file, this.#bytes));
      throw error;
    }
    this.#bytes += bytes.length;
  }

  #writeAll(bytes: Buffer, position: number): void {
    for (let at = 0; at < bytes.length;) {
      at += writeSync(this.file, bytes, at, bytes.length - at, position + at);
    }
  }

  /** Nothing is done after the first problem. */
  #try(work: () => void): void {
    if (this.#problem === null && !this.#closed) this.#note(work);
  }

  #note(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#problem ??= error instanceof Error ? error.message : String(error);
    }
  }
}
