/** Makes frames of 20 ms (960 samples, mono, 48 kHz) the bytes of a file, in order. */
export interface RecordingEncoder {
  /** What stands at the beginning of the file. */
  start(): Buffer;
  /** What is to be written after this frame, often nothing. */
  write(frame: Int16Array): Buffer;
  /** What stands at the end of the file. */
  end(): Buffer;
  /** What is to stand at the beginning in place of `start`, now that the file's length is known. */
  corrected?(fileBytes: number): Buffer;
  /** The most bytes a file of this kind can hold. */
  readonly maxBytes: number;
  free(): void;
}

export const FRAME_SAMPLES = 960;
export const SAMPLE_RATE = 48_000;
