import type { InCallMedia, MediaPort } from '../../media/port.js';
import type { CallDesk } from '../call-desk.js';
import { Devices } from './devices.js';
import type { Line } from '../line.js';
import type { Store } from '../store.js';

/**
 * What a phone looks after while a call is up: how well it is heard, and devices that come and go. Loaded with the
 * first such call, or when somebody chooses a device.
 */
export class CallCare {
  readonly devices: Devices;
  readonly #desk: CallDesk;
  readonly #media: InCallMedia;

  private constructor(store: Store, media: MediaPort, desk: CallDesk, inCall: InCallMedia) {
    this.devices = new Devices(store, media, desk, inCall);
    this.#desk = desk;
    this.#media = inCall;
  }

  static async begin(store: Store, media: MediaPort, desk: CallDesk): Promise<CallCare> {
    return new CallCare(store, media, desk, await media.inCall());
  }

  /** The media of a call are up. */
  up(id: string, line: Line): void {
    // By now the person allowed the microphone.
    this.devices.allowed();
    if (!line.closed)
      line.stopQuality ??= this.#media.watchQuality(line.media, (report) => this.#desk.patch(id, report));
  }
}
