/** A text that cannot be spoken. The message says why and what would help. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
}
