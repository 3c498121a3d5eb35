/** Something that runs espeak-ng: the program, or the npm package. Everything rejects with a `SpeechError`. */
export interface Synthesiser {
  /** For the log. */
  readonly name: string;
  /** The table that `espeak-ng --voices` prints. */
  voices(): Promise<string>;
  /** A WAV file of the text. The language is one of the table. */
  speak(text: string, language: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** A text takes no longer than this, in milliseconds. */
export const TIMEOUT_MS = 30_000;
