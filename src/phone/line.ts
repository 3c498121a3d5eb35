import type { CallMediaPort, TrackUser } from '../media/port.js';
import { PhoneError } from './handle.js';
import type { CallEndReason } from './state.js';

/** What one call occupies on this device: its media, and its share of the microphone and the camera. */
export class Line {
  /** Rejects when the call is over, for work that waits for something else meanwhile. */
  readonly over: Promise<never>;
  readonly microphone: TrackUser;
  /** Whether the phone system knows of the call. */
  sent = false;
  /** The share of the camera, while the call has one. */
  camera: TrackUser | null = null;
  /** What the phone system was told about the camera. */
  toldVideo = false;
  /** The far side sends sound of its own before it answers. */
  early = false;
  /** Stops measuring. */
  stopQuality: (() => void) | null = null;
  closed = false;
  #end: (error: PhoneError) => void = () => {};

  constructor(readonly media: CallMediaPort) {
    this.microphone = (track) => media.useMicrophone(track);
    this.over = new Promise((_, reject) => (this.#end = reject));
    this.over.catch(() => {});
  }

  close(reason: CallEndReason): void {
    this.closed = true;
    this.stopQuality?.();
    this.media.close();
    this.#end(new PhoneError(reason, 'The call is over.'));
  }
}
