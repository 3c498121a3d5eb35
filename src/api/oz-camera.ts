import { Camera } from '../media/camera.js';
import type { MediaError } from '../media/index.js';
import { listedCameras, refreshCameras } from './camera-list.js';
import { DEFAULT_DISPLAY, Display } from './display.js';
import { asOzError, badArgument, type OzError } from './errors.js';

/** By this a camera gives what it stands for, also to another copy of this package on the page. */
const CAMERA = Symbol.for('ozeki-webphone.camera');

/** Clients that tell their pages what cameras could not do. */
export const cameraFailures = new Set<(error: OzError) => void>();

/** One camera of each device, so that whoever asks for it shares it. */
const cameras = new Map<string, Camera>();

/**
 * A camera, for its own picture on the page and for `call.attachCamera`. It is on while it is shown or sent.
 * `<ozeki-call>` of the same phone shares it from when it was attached.
 */
export class OzCamera {
  readonly #camera: Camera;
  #display: Display | null = null;
  #displayId = '';

  /** @internal Pages use {@link getCameraByName} or {@link getCameraByIndex}. */
  constructor(deviceId: string, name: string) {
    let camera = cameras.get(deviceId);
    if (!camera) cameras.set(deviceId, (camera = Camera.open(deviceId, name)));
    this.#camera = camera;
  }

  /** The names of the cameras, `Camera 1` and so on while the browser does not tell them. */
  static getNames(): string[] {
    return listedCameras().map(({ name }) => name);
  }

  /** The camera at an index of {@link getNames}; null when there is none. */
  static getCameraByIndex(index: number): OzCamera | null {
    const listed = listedCameras()[index];
    return listed ? new OzCamera(listed.id, listed.name) : null;
  }

  /** The camera of that name; null when there is none. Without a name, the browser's default camera. */
  static getCameraByName(cameraName?: string): OzCamera | null {
    if (cameraName === undefined) return new OzCamera('', '');
    const listed = listedCameras().find(({ name }) => name === cameraName);
    return listed ? new OzCamera(listed.id, listed.name) : null;
  }

  /** Frames per second of the picture; 0 while the camera is off. */
  getFps(): number {
    return this.#camera.fps;
  }

  /** The height of the picture in pixels; 0 while the camera is off. */
  getHeight(): number {
    return this.#camera.height;
  }

  /** The width of the picture in pixels; 0 while the camera is off. */
  getWidth(): number {
    return this.#camera.width;
  }

  /** The DOM id of the display this camera is shown in; empty when it is not shown. */
  getId(): string {
    return this.#displayId;
  }

  /** The camera's name; while it is off, the name it was asked for by. */
  getName(): string {
    return this.#camera.name;
  }

  /**
   * Turns the camera on and shows it in an element; null ends that. What fails is told by `onErrorOccured`.
   *
   * @param displayId The id of an element, or the element.
   */
  setDisplay(displayId: string | Element | null = DEFAULT_DISPLAY): void {
    this.#hide();
    if (displayId === null) return;
    try {
      this.#display = new Display(displayId, 'setDisplay');
    } catch (error) {
      fail(error, 'setDisplay');
      return;
    }
    const display = this.#display;
    this.#displayId = display.id;
    display.show(this.#camera.stream);
    this.#camera.losses.add(this.#lost);
    this.#camera.attach(this.#shown).then(
      // Names are told only once a camera was allowed.
      () => void refreshCameras(),
      (error: unknown) => {
        if (this.#display === display) this.#hide();
        fail(error, 'setDisplay');
      },
    );
  }

  /** Asks for a size in pixels and a rate in frames per second; the camera comes as near as it can. */
  setMode(width: number, height: number, fps: number): void {
    for (const [name, value] of Object.entries({ width, height, fps })) {
      if (!(Number(value) > 0)) return fail(badArgument(name, 'setMode'), 'setMode');
    }
    this.#camera.setMode(Number(width), Number(height), Number(fps)).catch((error) => fail(error, 'setMode'));
  }

  /**
   * Limits what is sent.
   *
   * @param bandwidth Bytes per second; 0 for as much as needed.
   * @param quality 1 to 100; 0 to let it vary.
   */
  setQuality(bandwidth: number, quality: number): void {
    if (!(Number(bandwidth) >= 0)) return fail(badArgument('bandwidth', 'setQuality'), 'setQuality');
    if (!(Number(quality) >= 0 && Number(quality) <= 100)) {
      return fail(badArgument('quality', 'setQuality'), 'setQuality');
    }
    this.#camera.setQuality(Number(bandwidth), Number(quality));
  }

  /** @internal */
  get [CAMERA](): Camera {
    return this.#camera;
  }

  #hide(): void {
    this.#camera.losses.delete(this.#lost);
    this.#camera.detach(this.#shown);
    this.#display?.close();
    this.#display = null;
    this.#displayId = '';
  }

  /** The display shows the camera's stream, whose track comes and goes by itself. */
  readonly #shown = (): void => {};

  readonly #lost = (problem: MediaError | null): void => {
    // In a call, its phone tells of it.
    if (problem && this.#camera.losses.size === 1) fail(problem, '');
  };
}

/** The camera behind an `OzCamera`, of whichever copy of this package; null for anything else. */
export function cameraOf(value: unknown): Camera | null {
  if (typeof value !== 'object' || value === null || !(CAMERA in value)) return null;
  return (value as { [CAMERA]: Camera })[CAMERA];
}

function fail(error: unknown, method: string): void {
  for (const told of cameraFailures) told(asOzError(error, method));
}
