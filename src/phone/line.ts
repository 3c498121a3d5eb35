import type { CallMediaPort, TrackUser, VideoTuner } from '../media/port.js';
import { PhoneError } from './handle.js';
import type { CallEndReason } from './state.js';

/** What one call occupies on this device: its media, and its share of the microphone and the camera. */
export class Line {
  /** Rejects when the call is over, for work that waits for something else meanwhile. */
  readonly over: Promise<never>;
  readonly microphone: TrackUser;
  media: CallMediaPort;
  /** Whether the phone system knows of the call. */
  sent = false;
  /** The share of the camera, while the call has one. */
  camera: TrackUser | null = null;
  /** What the phone system was told about the camera. */
  toldVideo = false;
  /** The far side sends sound of its own before it answers. */
  early = false;
  /** The media were up, and may be again. */
  wasUp = false;
  /** Settles when the latest offer made for a call that goes on is answered (see recovery/). */
  offering: Promise<void> | undefined;
  /** The call is up, and somebody looks after these media. */
  cared = false;
  /** Stops measuring. */
  stopQuality: (() => void) | null = null;
  closed = false;
  #end: (error: PhoneError) => void = () => {};
  #voice: MediaStreamTrack | null = null;
  #picture: readonly [MediaStreamTrack | null, VideoTuner?] = [null];

  constructor(media: CallMediaPort) {
    this.media = media;
    this.microphone = (track) => this.media.useMicrophone((this.#voice = track));
    this.over = new Promise((_, reject) => (this.#end = reject));
    this.over.catch(() => {});
  }

  /** Takes what the camera sends. */
  useCamera(...picture: readonly [MediaStreamTrack | null, VideoTuner?]): void {
    this.#picture = picture;
    void this.media.useCamera(...picture);
  }

  /** Goes on with other media, to which everything that is sent moves. */
  renew(media: CallMediaPort): this {
    this.stopQuality?.();
    this.stopQuality = null;
    this.cared = false;
    this.media.close();
    this.media = media;
    media.useMicrophone(this.#voice);
    void media.useCamera(...this.#picture);
    return this;
  }

  close(reason: CallEndReason): void {
    this.closed = true;
    this.stopQuality?.();
    this.media.close();
    this.#end(new PhoneError(reason, 'The call is over.'));
  }
}
