import { MediaError } from '../../media/media-error.js';
import type { DeviceChecks, MediaPort } from '../../media/port.js';
import type { Devices } from '../later/devices.js';
import type { Failures } from '../failures.js';
import { PhoneError } from '../handle.js';
import type { AudioProcessing } from '../state.js';
import type { Store } from '../store.js';
import type { Camera, DeviceCheck, DevicePermission } from './device-check.js';

/** Tries out the devices of one phone. */
export class DeviceChecker implements DeviceCheck {
  readonly choosesOutput: boolean;
  readonly processing: readonly (keyof AudioProcessing)[];
  readonly #media: MediaPort;
  readonly #devices: Devices;
  readonly #store: Store;
  readonly #failures: Failures;
  readonly #checks: DeviceChecks;

  private constructor(
    media: MediaPort,
    devices: Devices,
    store: Store,
    failures: Failures,
    checks: DeviceChecks,
  ) {
    this.#media = media;
    this.#devices = devices;
    this.#store = store;
    this.#failures = failures;
    this.#checks = checks;
    this.choosesOutput = checks.choosesOutput();
    this.processing = checks.processingChoices();
  }

  static async open(
    media: MediaPort,
    devices: Devices,
    store: Store,
    failures: Failures,
  ): Promise<DeviceCheck> {
    return new DeviceChecker(media, devices, store, failures, await media.checks());
  }

  watchPermission(
    kind: 'microphone' | 'camera',
    changed: (permission: DevicePermission) => void,
  ): () => void {
    return this.#checks.watchPermission(kind, changed);
  }

  async ask(kind: 'microphone' | 'camera'): Promise<void> {
    const user = () => {};
    const device = kind === 'camera' ? await this.#media.camera() : this.#media.microphone;
    await this.#had(device.attach(user));
    device.detach(user);
  }

  async meter(report: (level: number) => void): Promise<() => void> {
    let stop = () => {};
    const user = (track: MediaStreamTrack | null) => {
      stop();
      stop = track ? this.#checks.watchLevel(track, report) : () => {};
    };
    await this.#had(this.#media.microphone.attach(user));
    return () => this.#media.microphone.detach(user);
  }

  playTestSound(kind: 'speaker' | 'ringer'): Promise<boolean> {
    return this.#checks.playTestSound(this.#store.state.devices[kind]);
  }

  async setProcessing(change: Partial<AudioProcessing>): Promise<void> {
    const { microphone } = this.#media;
    const before = this.#store.state.devices.processing;
    const processing = { ...before, ...change };
    microphone.constraints = { ...processing };
    try {
      await microphone.reopen();
      this.#devices.set({ processing });
    } catch (error) {
      microphone.constraints = { ...before };
      // As it was it may still be had; if not, the failure says so.
      await microphone.reopen().catch(() => {});
      throw this.#failures.of(error, null);
    }
  }

  async camera(): Promise<Camera> {
    return this.#media.camera();
  }

  /** Waits for a device; its name, and those of its kind, are told from then on. */
  async #had(attached: Promise<void>): Promise<void> {
    try {
      await attached;
    } catch (error) {
      // Who asked shows it where the device is chosen; no call is concerned.
      throw error instanceof MediaError
        ? new PhoneError(error.code, error.message)
        : this.#failures.of(error, null);
    }
    this.#devices.list();
  }
}
