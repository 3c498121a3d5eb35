/** How much sound a file may hold. */
import { AudioError } from './audio-error.js';

/** In bytes: an hour of MP3 at a high bit rate. */
export const MAX_BYTES = 64 * 1024 * 1024;
/** A file may be compressed a thousandfold, and what it becomes is kept in memory. */
export const MAX_SECONDS = 3600;

export function assertShort(seconds: number, most = MAX_SECONDS): void {
  if (seconds > most) throw new AudioError(`it is longer than ${most} s`);
}
