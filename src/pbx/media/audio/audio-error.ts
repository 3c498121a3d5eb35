/** A sound that cannot be read or written. The message says what is wrong with it and what would do. */
export class AudioError extends Error {
  override readonly name = 'AudioError';
}
