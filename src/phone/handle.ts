/**
 * The phone as everybody above sees it: one stable object per connection, with a state to read, a way to
 * hear of changes, and commands.
 *
 * Commands that reach the phone system resolve when it confirmed them. They never throw for what happens in a
 * call: they reject with a {@link PhoneError}, and the same failure stands in `state.problem`.
 */
import type { SipOptions } from '../signaling/sip/options.js';
import type { PhoneControl } from './control/control.js';
import type { DeviceCheck } from './device-check/device-check.js';
import type { Fault } from './faults/fault.js';
import type { PhoneState, ProblemCode } from './state.js';

/** By this a phone is known as one, also when another copy of this package on the page made it. */
export const PHONE_MARK = Symbol.for('ozeki-webphone.phone-handle');

/** Whether something is a phone. */
export function isPhone(value: unknown): value is PhoneHandle {
  return typeof value === 'object' && value !== null && PHONE_MARK in value;
}

/**
 * How to sign in. `tokenUrl` is asked anew for each connection: the page's own back end answers `{"token": "…"}`.
 * `resume` only takes up the calls that the page before left in this tab; where there are none, nobody signs in.
 */
export type SignIn =
  | { readonly extension: string; readonly password: string }
  | { readonly token: string }
  | { readonly tokenUrl: string }
  | { readonly resume: true };

/** What to connect to, and as whom. */
export interface ConnectOptions {
  /** `host`, `host:port`, or a `ws:`/`wss:` address; `sip+wss://…`, also several with blanks between, for SIP. */
  readonly server: string;
  /** What a SIP server is used with, also as JSON; without effect on the gateway, which says all that itself. */
  readonly sip?: SipOptions | string;
  readonly signIn: SignIn;
  /** What the other clients are told about this one. */
  readonly properties?: Record<string, string | number | boolean | null>;
  /**
   * Whether calls go on when the page is reloaded or left for another one of its origin: its phone takes them up when
   * it connects to the same server within 20 seconds. True without it; false ends them with the page.
   */
  readonly resume?: boolean;
  /**
   * Whether the tabs of this origin that sign in as the same extension share one phone: one of them has it, with its
   * connection, its ring and its media, and the others show the same state and act through it. When that tab is
   * closed, another takes the calls over. False without it, and where the browser has no Web Locks.
   */
  readonly tabs?: boolean;
}

/** How to make a call. */
export interface DialOptions {
  /** Offer video from the start. */
  readonly video?: boolean;
  /** Turn the camera on at once; as `video` without it. */
  readonly camera?: boolean;
  /** The id the call gets: letters, digits, dash, underscore, new each time. Made up without it. */
  readonly id?: string;
}

export class PhoneError extends Error {
  override readonly name = 'PhoneError';
  constructor(
    readonly code: ProblemCode,
    message: string,
  ) {
    super(message);
  }
}

export interface PhoneHandle {
  getState(): PhoneState;
  /** Calls back after every change, once per change, synchronously. Returns the way to stop. */
  subscribe(listener: () => void): () => void;

  /** Connects, or connects anew when anything differs. Resolves when connected or refused; never rejects. */
  connect(options: ConnectOptions): Promise<void>;
  /** Hangs up everything and signs out. */
  disconnect(): Promise<void>;
  /** Tries again now instead of at `connection.retryAt`. */
  retry(): void;

  /** Calls a number and returns the call's id. An empty number is allowed where the account has a default. */
  dial(to: string, options?: DialOptions): Promise<string>;
  /** Accepts a ringing call; every other active call is put on hold first. */
  accept(callId: string, options?: { video?: boolean }): Promise<void>;
  /** Takes the call that rings at another extension and returns its id. */
  pickUp(extension: string): Promise<string>;
  reject(callId: string): Promise<void>;
  /** Silences a ringing call on this phone; it can still be accepted, and rings on elsewhere. */
  ignore(callId: string): void;
  forward(callId: string, to: string): Promise<void>;
  hangUp(callId: string): Promise<void>;
  hold(callId: string): Promise<void>;
  unhold(callId: string): Promise<void>;
  /** Puts the other calls on hold and goes on with this one, or with the conference it is in. */
  swapTo(callId: string): Promise<void>;
  transfer(callId: string, to: string): Promise<void>;
  /** Puts the call on hold and calls somebody about it; returns the consultation's id. */
  consult(callId: string, to: string): Promise<string>;
  /** Attended transfer: connects the far sides of the two calls and leaves. */
  join(callId: string, consultCallId: string): Promise<void>;
  /** In a conference, it holds for all its calls. */
  setMuted(callId: string, muted: boolean): void;
  /** Sends digits `0-9 * # A-D` as tones (RFC 4733), one after the other. */
  sendDigits(callId: string, digits: string): Promise<void>;
  setCamera(callId: string, on: boolean): Promise<void>;
  /** Takes the next camera there is. */
  switchCamera(): Promise<void>;
  /** Makes a call the one the controls act on. */
  select(callId: string): void;
  /** Takes an ended call off the list. */
  dismiss(callId: string): void;

  /** Has an extension in `extensions`, where the phone system tells only of those that are asked for. */
  watchExtension(extension: string): Promise<void>;

  /** Has what waits in the mailbox in `voicemail`; only with `capabilities.voicemail`. */
  watchVoicemail(): Promise<void>;

  holdSession(sessionId: string): Promise<void>;
  unholdSession(sessionId: string): Promise<void>;
  closeSession(sessionId: string): Promise<void>;
  transferSession(sessionId: string, transferor: 'caller' | 'callee', to: string): Promise<void>;

  /** Chooses a device by id; empty for the browser's default. */
  chooseDevice(kind: 'microphone' | 'speaker' | 'ringer' | 'camera', id: string): Promise<void>;
  /** Trying devices out: levels, test sounds, the camera's picture. Loaded when it is first asked for. */
  deviceCheck(): Promise<DeviceCheck>;
  /** The pictures of a call, for `<video>.srcObject`; null where there is none. */
  pictures(callId: string): { readonly remote: MediaStream | null; readonly local: MediaStream | null };
  /** Plays what the browser held back; call it from a click. */
  resumePlayback(): Promise<void>;
  /** Sounds a key for the person who presses it, outside of calls. */
  playKey(key: string): void;

  /** Takes the phone, with the calls there are, from the tab that has it (`state.following`) to this one. */
  takeOver(): Promise<void>;

  /**
   * Control of the phone system, and messages; only with `capabilities.control` or `capabilities.messages`. Loaded when it
   * is first asked for.
   */
  control(): Promise<PhoneControl>;

  /**
   * Shows what becomes of the phone when something breaks: puts a {@link Fault} between this page and the phone system, for
   * demos and tests. Resolves when the fault is over, which is before the phone has got over it, but for `ice-failure`: that is
   * over when the phone has mended it. Rejects without a connection, while another fault lasts, and as `forbidden` or
   * `unsupported` where the phone system does not take part in it.
   */
  simulate(fault: Fault): Promise<void>;

  /** Ends everything and gives all devices back. The handle is of no use afterwards. */
  dispose(): Promise<void>;
}
