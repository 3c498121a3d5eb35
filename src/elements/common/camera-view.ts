import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Camera } from '../../phone/device-check/device-check.js';
import type { PhoneError } from '../../phone/handle.js';
import type { DeviceAccess } from './device-access.js';
import type { Seen } from './seen.js';

/**
 * A view of a phone's camera, which calls share: on while it is wanted and can be seen, so that the camera's light
 * never burns for nobody.
 */
export class CameraView implements ReactiveController {
  /** Somebody wants to see the picture. */
  wanted = false;
  /** The camera while this view has its share of it. */
  camera: Camera | null = null;
  /** It is being opened. */
  starting = false;
  readonly #host: ReactiveControllerHost;
  readonly #access: DeviceAccess;
  readonly #seen: Seen;
  /** Another camera than the phone's. */
  readonly #own: () => Camera | null;
  /** Counts attempts: what an earlier one brings is given back. */
  #turn = 0;
  #from: object | null = null;

  constructor(
    host: ReactiveControllerHost,
    access: DeviceAccess,
    seen: Seen,
    own: () => Camera | null = () => null,
  ) {
    this.#host = host;
    this.#access = access;
    this.#seen = seen;
    this.#own = own;
    host.addController(this);
  }

  /** The picture; null while it is off. */
  get stream(): MediaStream | null {
    return this.camera?.stream ?? null;
  }

  /** Turns the picture on or off. */
  want(on: boolean): void {
    this.wanted = on;
    if (on) this.#access.settle('camera', null);
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const source = this.#own() ?? this.#access.check;
    const on = this.wanted && this.#seen.now && source !== null;
    if (on && source === this.#from) return;
    this.#stop();
    if (on) void this.#start(source);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  async #start(source: object): Promise<void> {
    const turn = ++this.#turn;
    this.#from = source;
    this.starting = true;
    queueMicrotask(() => this.#host.requestUpdate());
    try {
      const camera = this.#own() ?? (await this.#access.check!.camera());
      await camera.attach(this.#user);
      if (turn !== this.#turn) {
        camera.detach(this.#user);
        return;
      }
      this.camera = camera;
      this.#access.settle('camera', null);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.wanted = false;
      this.#access.settle('camera', (error as Partial<PhoneError>).code ?? 'internal');
    }
    this.starting = false;
    this.#host.requestUpdate();
  }

  #stop(): void {
    if (this.#from === null) return;
    this.#turn++;
    this.#from = null;
    this.starting = false;
    const { camera } = this;
    this.camera = null;
    camera?.detach(this.#user);
    queueMicrotask(() => this.#host.requestUpdate());
  }

  readonly #user = (track: MediaStreamTrack | null): void => {
    // It was unplugged, and there is no other.
    if (!track && this.camera) {
      this.wanted = false;
      this.#access.settle('camera', 'camera-absent');
    }
    this.#host.requestUpdate();
  };
}
