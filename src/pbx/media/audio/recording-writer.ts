/** Writes what is recorded to a file while it goes on. */
import { rm } from 'node:fs/promises';
import { AudioError } from './audio-error.js';
import { RecordingOrder } from './recording-desk.js';
import type { RecordingFormat } from './recording-file.js';

export type { RecordingFormat } from './recording-file.js';

/** A recording under way. */
export interface RecordingWriter {
  /** Adds 20 ms: 960 samples, mono at 48 kHz. Never throws and never waits; what goes wrong is said at the end. */
  write(frame: Int16Array): void;
  /**
   * Completes the file. Rejects with an {@link AudioError} when not all of it could be written, for example on a
   * full disk; the file then keeps what could be, and `discard` removes it.
   */
  end(): Promise<{ seconds: number; bytes: number }>;
  /** Stops, and removes the file; also after `end`. Rejects with an {@link AudioError} when it cannot be removed. */
  discard(): Promise<void>;
}

/** Samples are handed over in pieces of 200 ms. */
const PIECE_SAMPLES = 9600;
/** More than this waiting means that the disk does not keep up: 30 s. */
const MAX_WAITING_SAMPLES = 30 * 48_000;

/**
 * Begins a recording: 16-bit WAV, MP3 or Ogg Opus, mono at 48 kHz. Encodes and writes in a thread of its own. Rejects
 * with an {@link AudioError} when the file is there already or cannot be made.
 */
export async function createRecordingWriter(path: string, format: RecordingFormat): Promise<RecordingWriter> {
  return new ThreadRecording(path, await RecordingOrder.create(path, format));
}

class ThreadRecording implements RecordingWriter {
  #piece = new Int16Array(PIECE_SAMPLES);
  #filled = 0;
  #waiting = 0;
  #problem: AudioError | null = null;
  #ending: Promise<{ seconds: number; bytes: number }> | null = null;
  #discarding: Promise<void> | null = null;

  constructor(
    private readonly path: string,
    private readonly order: RecordingOrder,
  ) {}

  write(frame: Int16Array): void {
    if (this.#isOver) return;
    for (let at = 0; at < frame.length;) {
      const part = frame.subarray(at, at + PIECE_SAMPLES - this.#filled);
      this.#piece.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === PIECE_SAMPLES) this.#handOver();
    }
  }

  end(): Promise<{ seconds: number; bytes: number }> {
    return (this.#ending ??= this.#discarding
      ? Promise.reject(new AudioError('The recording was discarded.'))
      : this.#end());
  }

  discard(): Promise<void> {
    return (this.#discarding ??= this.#discard());
  }

  get #isOver(): boolean {
    return this.#problem !== null || this.#ending !== null || this.#discarding !== null;
  }

  #handOver(): void {
    const samples = this.#piece.slice(0, this.#filled);
    this.#filled = 0;
    this.#waiting += samples.length;
    if (this.#waiting > MAX_WAITING_SAMPLES) {
      this.#problem ??= new AudioError('The recording broke off: the disk does not keep up.');
      return;
    }
    const length = samples.length;
    this.order.write(samples).then(
      () => (this.#waiting -= length),
      (error: AudioError) => (this.#problem ??= error),
    );
  }

  async #end(): Promise<{ seconds: number; bytes: number }> {
    if (this.#filled > 0) this.#handOver();
    const { seconds, bytes, problem } = await this.order.end();
    if (problem !== null) {
      throw new AudioError(`The recording holds only its first ${seconds.toFixed(1)} s: ${problem}.`);
    }
    if (this.#problem) throw this.#problem;
    return { seconds, bytes };
  }

  async #discard(): Promise<void> {
    // Whatever the thread says: what counts is that the file is gone.
    if (this.#ending) await this.#ending.catch(() => {});
    else await this.order.close().catch(() => {});
    await rm(this.path, { force: true }).catch((error: Error) => {
      throw new AudioError(`The recording cannot be removed: ${error.message}.`);
    });
  }
}
