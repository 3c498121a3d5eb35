/** Devices to try out in element tests: they are there, refused or missing as the test says. */
import type { DeviceCheck, DevicePermission } from '../../src/phone/device-check/device-check.js';
import type { AudioProcessing } from '../../src/phone/state.js';
import { Camera } from '../../src/media/camera.js';
import { SharedTrack } from '../../src/media/index.js';

type Kind = 'microphone' | 'camera';

export class FakeDeviceCheck implements DeviceCheck {
  choosesOutput = true;
  processing: (keyof AudioProcessing)[] = ['echoCancellation', 'noiseSuppression', 'autoGainControl'];
  permissions: Record<Kind, DevicePermission> = { microphone: 'granted', camera: 'granted' };
  /** What opening a device fails with. */
  failures: Partial<Record<Kind, Error>> = {};
  /** What was asked of it, in order. */
  readonly asked: unknown[] = [];
  /** Tells a level to who meters now. */
  level: ((level: number) => void) | null = null;
  /** Whether the chosen output is there. */
  there = true;
  /** Ends the test sound. */
  soundOver: () => void = () => {};
  readonly #watchers = new Set<() => void>();
  #camera: Camera | undefined;

  watchPermission(kind: Kind, changed: (permission: DevicePermission) => void): () => void {
    const tell = () => changed(this.permissions[kind]);
    this.#watchers.add(tell);
    tell();
    return () => this.#watchers.delete(tell);
  }

  /** How many follow a permission: a test for leaks. */
  get watcherCount(): number {
    return this.#watchers.size;
  }

  permit(kind: Kind, permission: DevicePermission): void {
    this.permissions[kind] = permission;
    for (const tell of this.#watchers) tell();
  }

  ask(kind: Kind): Promise<void> {
    this.asked.push(['ask', kind]);
    const failure = this.failures[kind];
    if (failure) return Promise.reject(failure);
    this.permit(kind, 'granted');
    return Promise.resolve();
  }

  meter(report: (level: number) => void): Promise<() => void> {
    if (this.failures.microphone) return Promise.reject(this.failures.microphone);
    this.level = report;
    return Promise.resolve(() => {
      if (this.level === report) this.level = null;
    });
  }

  playTestSound(kind: 'speaker' | 'ringer'): Promise<boolean> {
    this.asked.push(['test', kind]);
    return new Promise((resolve) => (this.soundOver = () => resolve(this.there)));
  }

  setProcessing(change: Partial<AudioProcessing>): Promise<void> {
    this.asked.push(['processing', change]);
    return this.failures.microphone ? Promise.reject(this.failures.microphone) : Promise.resolve();
  }

  camera(): Promise<Camera> {
    if (this.failures.camera) return Promise.reject(this.failures.camera);
    return Promise.resolve((this.#camera ??= new Camera(new SharedTrack('video', {}, () => {}))));
  }
}
