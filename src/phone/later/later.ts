/**
 * What a phone needs when it is in a call, or is told more than to call: other commands, devices, quality, the camera,
 * long lists. Loaded with the first call that is up, or with the first of these commands.
 */
import type { MediaPort } from '../../media/port.js';
import type { SignalingEvent } from '../../signaling/port.js';
import type { Commander } from '../commander.js';
import type { ControllingPhone } from '../control/phone-control.js';
import type { PhoneHandle } from '../handle.js';
import { MANY_SESSIONS } from '../hear.js';
import type { LaterCommands } from '../later-commands.js';
import type { Line } from '../line.js';
import { once } from '../once.js';
import { CallCare } from './call-care.js';
import { CameraCommands } from './camera-commands.js';
import { sessionCommands } from './session-commands.js';
import { SessionBook } from './session-book.js';
import { holdOthers, talkCommands } from './talk-commands.js';
import { fulfil } from './wishes.js';

export class Later {
  readonly commands: LaterCommands;
  readonly #commander: Commander;
  readonly #phone: Pick<PhoneHandle, 'accept' | 'dial'>;
  readonly #cameras: CameraCommands;
  readonly #care: () => Promise<CallCare>;
  #book: SessionBook | undefined;
  #caring: CallCare | undefined;
  #controlling: ControllingPhone | undefined;

  constructor(
    commander: Commander,
    media: MediaPort,
    phone: Pick<PhoneHandle, 'accept' | 'dial' | 'playKey' | 'setMuted'>,
  ) {
    const { store, desk, failures, port, number, connected } = commander;
    this.#commander = commander;
    this.#phone = phone;
    const cameras = (this.#cameras = new CameraCommands(commander, media));
    const care = (this.#care = once(async () => (this.#caring = await CallCare.begin(store, media, desk))));

    this.commands = {
      ...talkCommands(commander, phone),
      ...sessionCommands(commander),
      setCamera: (callId, on) => cameras.setCamera(callId, on),
      switchCamera: () =>
        cameras.switchCamera(async (camera) => {
          (await care()).devices.set({ camera });
        }),

      async chooseDevice(kind, id) {
        try {
          await (await care()).devices.choose(kind, id);
        } catch (error) {
          throw failures.of(error, null);
        }
      },

      deviceCheck: once(async () => {
        const { DeviceChecker } = await import('../device-check/device-checker.js');
        return DeviceChecker.open(media, (await care()).devices, store, failures);
      }),

      async simulate(fault) {
        const { simulate } = await import('../faults/simulate.js');
        return simulate(fault, commander);
      },

      control: once(async () => {
        const { ControllingPhone } = await import('../control/phone-control.js');
        return (this.#controlling = new ControllingPhone({
          media,
          desk,
          settle: () => this.#book?.tell(),
          connected,
          port: () => port(null),
          number,
          failed: (error, callId) => failures.of(error, callId),
          setCamera: (callId, on) => cameras.setCamera(callId, on),
          selected: () => store.state.selectedCallId,
          setMuted: (callId, muted) => phone.setMuted(callId, muted),
          holdOthers: (callId) => holdOthers(commander, callId),
        }));
      }),
    };
  }

  /** One's own picture. */
  get self(): MediaStream | null {
    return this.#cameras.self;
  }

  holdOthers(callId: string): Promise<void> {
    return holdOthers(this.#commander, callId);
  }

  /** The media of a call are up. */
  async up(id: string, line: Line): Promise<void> {
    (await this.#care()).up(id, line);
  }

  /** The camera in use is gone, and there is no other. */
  cameraLost(): void {
    this.#cameras.lost();
  }

  /** Whether an event is one of many, which are gathered and told together. */
  gathers(event: SignalingEvent): boolean {
    if (event.type !== 'session' || !this.#book) return false;
    this.#book.hear(event);
    return true;
  }

  /** An event, once it is in the state or gathered. */
  heard(event: SignalingEvent): void {
    const { store } = this.#commander;
    if (store.state.sessions.length > MANY_SESSIONS) this.#book ??= new SessionBook(store);
    this.#cameras.heard(event);
    if (event.type === 'wanted') void fulfil(event, this.#commander, this.#phone);
    if (event.type === 'voicemail') store.set({ voicemail: event.voicemail });
    this.#controlling?.hear(event);
  }

  /** The link is there. */
  connected(): void {
    this.#controlling?.connected();
  }

  /** The link is given up. */
  gone(): void {
    this.#commander.store.set({ voicemail: null });
    this.#controlling?.gone();
  }

  close(): void {
    this.#caring?.devices.close();
  }
}
