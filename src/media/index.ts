import { ALL_PROCESSING } from './audio-processing.js';
import { CallMedia } from './call-media.js';
import type { MediaError } from './media-error.js';
import type {
  CallMediaObserver,
  CallMediaOptions,
  CallMediaPort,
  Camera,
  DeviceChecks,
  DeviceLists,
  MediaPort,
  QualityReport,
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

  watchQuality(media: CallMediaPort, report: (report: QualityReport) => void): () => void {
    // Loaded once there is a call to judge; one whose quality cannot be told is still a call.
    return whenLoaded(
      import('./quality.js').then(({ watchQuality }) => watchQuality(() => media.getStats(), report)),
    );
  }

  watchDevices(changed: (devices: DeviceLists) => void): () => void {
    return whenLoaded(import('./device-lists.js').then(({ watchDevices }) => watchDevices(changed)));
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

/** Stops what a part does that is being loaded. Nobody waits for it; one that cannot be loaded does nothing. */
function whenLoaded(part: Promise<() => void>): () => void {
  const stop = part.catch((error: unknown) => {
    console.warn('A part of the kit could not be loaded.', error);
    return () => {};
  });
  return () => void stop.then((stop) => stop());
}
