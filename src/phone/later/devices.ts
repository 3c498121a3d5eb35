import { MediaError } from '../../media/media-error.js';
import type { DeviceLists, InCallMedia, MediaPort } from '../../media/port.js';
import type { CallDesk } from '../call-desk.js';
import type { Device, DeviceState } from '../state.js';
import type { Store } from '../store.js';

type Output = 'speaker' | 'ringer';

/** The devices there are and the chosen ones, kept true while devices come and go. */
export class Devices {
  readonly #store: Store;
  readonly #media: MediaPort;
  readonly #desk: CallDesk;
  readonly #inCall: InCallMedia;
  #stop: () => void;
  #named = false;
  /** The microphone that is wanted was there, and is not. */
  #missing = false;
  /** Outputs that were chosen and went. */
  readonly #away: Partial<Record<Output, string>> = {};

  constructor(store: Store, media: MediaPort, desk: CallDesk, inCall: InCallMedia) {
    this.#store = store;
    this.#media = media;
    this.#desk = desk;
    this.#inCall = inCall;
    this.#stop = this.#watch();
  }

  /** Asks for the list again when the person allowed a device, because only then it has names. */
  allowed(): void {
    if (this.#named) return;
    this.#named = true;
    this.list();
  }

  /** Asks for the list again. */
  list(): void {
    this.#stop();
    this.#stop = this.#watch();
  }

  async choose(kind: 'microphone' | 'camera' | Output, id: string): Promise<void> {
    if (kind === 'speaker' || kind === 'ringer') delete this.#away[kind];
    if (kind === 'microphone') await this.#media.microphone.choose(id);
    if (kind === 'camera') await (await this.#media.camera()).choose(id);
    if (kind === 'speaker') {
      await Promise.all([...this.#desk.lines.values()].map(({ media }) => media.setSpeaker(id)));
    }
    this.set({ [kind]: id });
  }

  set(change: Partial<DeviceState>): void {
    this.#store.set({ devices: { ...this.#store.state.devices, ...change } });
  }

  close(): void {
    this.#stop();
  }

  #watch(): () => void {
    return this.#inCall.watchDevices((lists) => this.#changed(lists));
  }

  #changed(lists: DeviceLists): void {
    const before = this.#store.state.devices;
    this.set(lists);
    this.#microphoneBack(before, lists);
    for (const kind of ['speaker', 'ringer'] as const) this.#outputs(kind, before[kind], lists.speakers);
  }

  /** One that goes gives way to the default; a headset that comes back is used again, unless another was chosen. */
  #outputs(kind: Output, chosen: string, now: readonly Device[]): void {
    const away = this.#away[kind];
    const gone = chosen && now.length && !isThere(now, chosen);
    if (!gone && !(away && isThere(now, away))) return;
    if (gone) this.#store.report('speaker-changed');
    // The default is always there; a call that ended meanwhile needs none.
    this.choose(kind, gone ? '' : away!).catch(() => {});
    if (gone) this.#away[kind] = chosen;
  }

  /** One that went, as headsets without a wire do, is used again when it comes back; any, where there was none. */
  #microphoneBack({ microphones: before, microphone }: DeviceState, { microphones: now }: DeviceLists): void {
    if (isThere(now, microphone)) {
      if (this.#missing)
        this.#media.microphone
          .choose(microphone)
          .catch((error: unknown) =>
            this.#store.report(error instanceof MediaError ? error.code : 'internal'),
          );
      this.#missing = false;
    } else if (isThere(before, microphone)) this.#missing = true;
  }
}

/** Whether a device is among these; without an id, whether there is any. */
function isThere(devices: readonly Device[], id: string): boolean {
  return id ? devices.some((device) => device.id === id) : devices.length > 0;
}
