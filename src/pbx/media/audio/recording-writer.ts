/** Writes what is recorded to a file while it goes on. */
import { AudioError } from './audio-error.js';

export type RecordingFormat = 'wav' | 'mp3' | 'ogg';

/** A recording under way. */
export interface RecordingWriter {
  /** Adds 20 ms: 960 samples, mono at 48 kHz. Never throws and never waits; what went wrong is said at the end. */
  write(frame: Int16Array): void;
  /** Completes the file. Rejects with an {@link AudioError} when it could not be written; it is removed then. */
  end(): Promise<{ seconds: number; bytes: number }>;
  /** Stops and removes the file. */
  discard(): Promise<void>;
}

/** Begins a recording. Rejects with an {@link AudioError} when the file cannot be made. */
export function createRecordingWriter(_path: string, _format: RecordingFormat): Promise<RecordingWriter> {
  return Promise.reject(new AudioError('No recording can be written yet.'));
}
