/**
 * A phone for element tests: its state is whatever the test says, its commands are written down. Everything
 * below the elements is replaced here and nowhere else; end-to-end tests use the real one.
 */
import { FakeDeviceCheck } from './fake-device-check.js';
import { PHONE_MARK, type PhoneHandle } from '../../src/phone/handle.js';
import type { PhoneCall, PhoneState } from '../../src/phone/state.js';
import { FakeControl } from './fake-control.js';

export const ALL_CAPABILITIES = {
  trickle: true,
  videoWithoutOffer: true,
  earlyMedia: false,
  hold: true,
  blindTransfer: true,
  attendedTransfer: true,
  forward: true,
  pickup: true,
  reload: true,
  sessions: true,
  extensions: true,
  voicemail: false,
  control: true,
  messages: true,
};

export const SIGNED_OUT: PhoneState = {
  connection: { status: 'signed-out', problem: null, retryAt: null, server: '' },
  identity: null,
  capabilities: null,
  calls: [],
  selectedCallId: null,
  sessions: [],
  extensions: [],
  devices: {
    microphones: [],
    speakers: [],
    cameras: [],
    microphone: '',
    speaker: '',
    ringer: '',
    camera: '',
    processing: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  },
  problem: null,
  following: false,
  clockOffset: 0,
};

export const SIGNED_IN: PhoneState = {
  ...SIGNED_OUT,
  connection: { status: 'connected', problem: null, retryAt: null, server: 'ws://127.0.0.1:7779' },
  identity: { number: '1001', name: 'Front desk', kind: 'extension', privileges: ['users', 'calls.pickup'] },
  capabilities: ALL_CAPABILITIES,
};

let made = 0;

/** An active call with 1002 Sales, answered three minutes and seven seconds ago. */
export function aCall(differences: Partial<PhoneCall> = {}): PhoneCall {
  const now = Date.now();
  return {
    id: `call-${++made}`,
    sessionId: `session-${made}`,
    kind: 'call',
    direction: 'outgoing',
    state: 'active',
    heldLocally: false,
    heldRemotely: false,
    remote: { number: '1002', name: 'Sales' },
    line: '',
    video: false,
    startedAt: now - 190_000,
    answeredAt: now - 187_000,
    endedAt: null,
    endReason: null,
    talk: { ms: 0, since: now - 187_000 },
    transfer: null,
    conference: null,
    media: 'connected',
    muted: false,
    ignored: false,
    camera: 'off',
    remoteVideo: false,
    quality: { at: now, mos: 4.3, loss: 0, jitter: 3, roundTrip: 20 },
    qualityLog: [],
    qualityWarnings: [],
    pending: null,
    ...differences,
  };
}

type Command = Exclude<keyof PhoneHandle, 'getState' | 'subscribe' | 'pictures' | 'deviceCheck' | 'control'>;

export class FakePhone {
  readonly [PHONE_MARK] = true;
  #state: PhoneState;
  readonly #listeners = new Set<() => void>();
  /** The commands that were given, in order: name and arguments. */
  readonly commands: [Command, ...unknown[]][] = [];
  /** What `control()` brings. */
  readonly control = new FakeControl();
  /** What {@link pictures} gives. */
  streams: { remote: MediaStream | null; local: MediaStream | null } = { remote: null, local: null };
  /** What {@link PhoneHandle.deviceCheck} brings; null when it cannot be loaded. */
  check: FakeDeviceCheck | null = new FakeDeviceCheck();
  /** What the next commands do; by default they succeed. */
  answer: (command: Command) => Promise<unknown> = (command) =>
    Promise.resolve(
      command === 'dial' || command === 'consult' || command === 'pickUp' ? 'call-new' : undefined,
    );

  constructor(state: PhoneState = SIGNED_IN) {
    this.#state = state;
  }

  /** The same object, as what it stands in for. Commands are answered by {@link answer}. */
  readonly handle: PhoneHandle = this.#makeHandle();

  #makeHandle(): PhoneHandle {
    return new Proxy(this, {
      get: (fake, name: string) => {
        if (name === 'getState' || name === 'subscribe' || name === 'pictures') return fake[name].bind(fake);
        if (name === 'deviceCheck')
          return () => (fake.check ? Promise.resolve(fake.check) : Promise.reject(new Error('not loaded')));
        if (name === 'control') return () => Promise.resolve(fake.control);
        if (!COMMANDS.has(name as Command)) return undefined;
        return (...args: unknown[]) => {
          fake.commands.push([name as Command, ...args]);
          return fake.answer(name as Command);
        };
      },
    }) as unknown as PhoneHandle;
  }

  getState(): PhoneState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How many listen: a test for leaks. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  pictures(_callId: string): { remote: MediaStream | null; local: MediaStream | null } {
    return this.streams;
  }

  set(differences: Partial<PhoneState>): void {
    this.#state = { ...this.#state, ...differences };
    for (const listener of [...this.#listeners]) listener();
  }

  /** Shows these calls, the first selected. */
  setCalls(...calls: PhoneCall[]): void {
    this.set({ calls, selectedCallId: calls[0]?.id ?? null });
  }
}

const COMMANDS = new Set<Command>([
  'connect',
  'disconnect',
  'retry',
  'dial',
  'accept',
  'pickUp',
  'reject',
  'forward',
  'ignore',
  'hangUp',
  'hold',
  'unhold',
  'swapTo',
  'transfer',
  'consult',
  'join',
  'setMuted',
  'sendDigits',
  'setCamera',
  'switchCamera',
  'select',
  'dismiss',
  'watchExtension',
  'takeOver',
  'holdSession',
  'unholdSession',
  'closeSession',
  'transferSession',
  'chooseDevice',
  'resumePlayback',
  'playKey',
  'dispose',
]);
