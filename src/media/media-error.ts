/** What devices and browsers refuse. */
export type MediaProblem =
  | 'insecure-context'
  | 'microphone-refused'
  | 'microphone-absent'
  | 'microphone-changed'
  | 'speaker-changed'
  | 'camera-refused'
  | 'camera-absent'
  | 'camera-in-use'
  | 'playback-blocked';

/** A device that could not be had, and why. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  constructor(
    readonly code: MediaProblem,
    cause?: unknown,
  ) {
    super(`${code}${cause instanceof Error ? `: ${cause.message}` : ''}`, { cause });
  }
}

/** Says what a failed `getUserMedia` means. See "Exceptions" of MediaDevices.getUserMedia. */
export function deviceError(kind: 'audio' | 'video', cause: unknown): MediaError {
  const name = cause instanceof Error ? cause.name : '';
  const refused = name === 'NotAllowedError' || name === 'SecurityError';
  if (kind === 'audio') return new MediaError(refused ? 'microphone-refused' : 'microphone-absent', cause);
  const busy = name === 'NotReadableError' || name === 'AbortError';
  return new MediaError(refused ? 'camera-refused' : busy ? 'camera-in-use' : 'camera-absent', cause);
}
