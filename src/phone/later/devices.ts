import type { DeviceLists, InCallMedia, MediaPort } from '../../media/port.js';
import type { CallDesk } from '../call-desk.js';
import type { DeviceState } from '../state.js';
import type { Store } from '../store.js';

/** The devices there are and the chosen ones, kept true while devices come and go. */
export class Devices {
  readonly #store: Store;
  readonly #media: MediaPort;
  readonly #desk: CallDesk;
  readonly #inCall: InCallMedia;
  #stop: () => void;
  #named = false;

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

  async choose(kind: 'microphone' | 'speaker' | 'ringer' | 'camera', id: string): Promise<void> {
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
    this.set(lists);
    const { speaker } = this.#store.state.devices;
    if (!speaker || !lists.speakers.length || lists.speakers.some(({ id }) => id === speaker)) return;
    this.#store.report('speaker-changed');
    // The default is always there; a call that ended meanwhile needs none.
    this.choose('speaker', '').catch(() => {});
  }
}
