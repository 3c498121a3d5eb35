import { ALL_PROCESSING } from './audio-processing.js';
import { CallMedia } from './call-media.js';
import type { MediaError } from './media-error.js';
import type {
  CallMediaObserver,
  CallMediaOptions,
  CallMediaPort,
  Camera,
  DeviceChecks,
  InCallMedia,
  MediaPort,
} from './port.js';
import { microphoneAllowed, SharedTrack } from './shared-track.js';
import { Tones } from './tones.js';

export { CallMedia, SharedTrack };
export { MediaError } from './media-error.js';
export type * from './port.js';

/** Who hears that a device went away: with null when another one took its place. */
export interface DeviceObserver {
  microphoneLost(problem: MediaError | null): void;
  cameraLost(problem: MediaError | null): void;
}

/** The media of one phone in a browser. Touches no device before it is asked to. */
export class BrowserMedia implements MediaPort {
  readonly microphone: SharedTrack;
  readonly tones = new Tones();
  readonly microphoneAllowed = microphoneAllowed;
  readonly #observer: DeviceObserver;
  #camera: Promise<Camera> | undefined;

  constructor(observer: DeviceObserver) {
    this.#observer = observer;
    this.microphone = new SharedTrack('audio', ALL_PROCESSING, (problem) => observer.microphoneLost(problem));
  }

  openCall(options: CallMediaOptions, observer: CallMediaObserver): CallMediaPort {
    return new CallMedia(options, observer);
  }

  camera(): Promise<Camera> {
    this.#camera ??= import('./camera.js').then(({ Camera }) => this.#watched(Camera.open()));
    // A part that could not be loaded is asked for again the next time.
    this.#camera.catch(() => (this.#camera = undefined));
    return this.#camera;
  }

  useCamera(camera: Camera): void {
    void this.#camera?.then(
      (before) => before.losses.delete(this.#lost),
      () => {},
    );
    this.#camera = Promise.resolve(this.#watched(camera));
  }

  checks(): Promise<DeviceChecks> {
    return import('./device-checks.js');
  }

  inCall(): Promise<InCallMedia> {
    return import('./in-call.js');
  }

  close(): void {
    this.tones.close();
  }

  #watched(camera: Camera): Camera {
    camera.losses.add(this.#lost);
    return camera;
  }

  readonly #lost = (problem: MediaError | null): void => this.#observer.cameraLost(problem);
}
