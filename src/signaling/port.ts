/**
 * How the phone reaches a phone system, whichever it is. An adapter (the gateway's, or SIP over WebSocket)
 * implements {@link SignalingPort}; nothing above this file knows which one it talks to.
 *
 * Offers and answers (RFC 3264) go both ways: an adapter may hand up the far side's offer and take an answer,
 * or take an offer and hand up the answer, at the start of a call and at any time in it.
 */
import type {
  Call,
  Credentials,
  EndReason,
  Extension,
  IceServer,
  Identity,
  Privilege,
  Session,
  Transfer,
} from '../protocol/index.js';
import type { ControlPort } from './control-port.js';

/** What this phone system can do; controls for what it cannot do are not shown. */
export interface Capabilities {
  /** ICE candidates may follow the offer. Otherwise the offer is sent when they are gathered. */
  readonly trickle: boolean;
  /** Video starts and stops within the first offer; otherwise a new offer is needed. */
  readonly videoWithoutOffer: boolean;
  /** Audio of the far side can arrive before the call is answered. */
  readonly earlyMedia: boolean;
  readonly hold: boolean;
  readonly blindTransfer: boolean;
  readonly attendedTransfer: boolean;
  readonly forward: boolean;
  readonly pickup: boolean;
  /** Another page can go on as this client, by its {@link SignalingPort.ticket}. */
  readonly reload: boolean;
  /** Sessions of the phone system can be watched. */
  readonly sessions: boolean;
  /** The state of extensions can be watched (BLF). */
  readonly extensions: boolean;
  /** Whether voice messages wait is told (MWI, RFC 3842). */
  readonly voicemail: boolean;
  /** There is all of {@link SignalingPort.control}. */
  readonly control: boolean;
  /** There is what {@link SignalingPort.control} has for text messages, perhaps without the rest of it. */
  readonly messages: boolean;
}

/** What a sign-in brought: who we are, and everything that is going on. */
export interface Welcome {
  readonly identity: Identity;
  readonly iceServers: readonly IceServer[];
  readonly calls: readonly Call[];
  readonly sessions: readonly Session[];
  readonly extensions: readonly Extension[];
  /** What to add to this device's clock to get the phone system's, in milliseconds. */
  readonly clockOffset: number;
}

/** A session description for one call; `pranswer` is early media. */
export interface Description {
  readonly type: 'offer' | 'answer' | 'pranswer';
  readonly sdp: string;
}

/** Why the signalling is not there. */
export type LinkProblem =
  /** Wrong extension, password or token. */
  | 'unauthorized'
  /** What was given is not the address of a phone system. */
  | 'invalid-address'
  /** Nobody answers at that address. */
  | 'unreachable'
  /** It was there and is gone. */
  | 'lost'
  /** The phone system is stopping or restarting. */
  | 'shutdown'
  /** It speaks another version of the protocol, or not this protocol at all. */
  | 'incompatible'
  /** Signed out by the phone system: the account is gone, or the client was too slow. */
  | 'closed'
  /** Too many attempts; try again after `retryAfterMs`. */
  | 'rate-limited';

export type SignalingEvent =
  /**
   * The link is back, by {@link SignalingPort.resume}. Without a welcome nothing is lost: what was missed follows.
   * With one, what was known before is outdated.
   */
  | {
      readonly type: 'up';
      readonly welcome: Welcome | null;
      readonly iceServers: readonly IceServer[];
    }
  /** The link broke or was refused. The adapter does not come back by itself; the phone decides. */
  | {
      readonly type: 'down';
      readonly problem: LinkProblem;
      /** What the phone system said of it, if it said anything. */
      readonly message?: string | undefined;
      readonly retryAfterMs?: number;
    }
  /** A call is new or changed. */
  | { readonly type: 'call'; readonly call: Call }
  /**
   * The far side described its media: an answer, early media, or an offer that wants an answer. An offer that a call
   * comes with is told before the call.
   */
  | { readonly type: 'description'; readonly callId: string; readonly description: Description }
  /**
   * Something is needed for a call that only the phone can do. `offer`: one of its media as they are now, or with
   * `restart` with new paths, which comes by {@link SignalingPort.describe}; `accept`: the call takes the place of one that is active; `dial`: the other side of
   * an active call asks to call somebody instead, as the call `callId`.
   */
  | { readonly type: 'wanted'; readonly callId: string; readonly what: 'offer'; readonly restart: boolean }
  | { readonly type: 'wanted'; readonly callId: string; readonly what: 'accept' }
  | { readonly type: 'wanted'; readonly callId: string; readonly what: 'dial'; readonly to: string }
  | { readonly type: 'candidate'; readonly callId: string; readonly candidate: RTCIceCandidateInit | null }
  | { readonly type: 'session'; readonly session: Session; readonly closed: boolean }
  | { readonly type: 'extension'; readonly extension: Extension }
  | { readonly type: 'extension-removed'; readonly id: string }
  /** Voice messages came or were heard. */
  | { readonly type: 'voicemail'; readonly voicemail: Voicemail };

/** What waits in the mailbox of this phone's number. */
export interface Voicemail {
  /** There are messages that were not heard. */
  readonly waiting: boolean;
  /** How many, and how many were heard already; null where the phone system does not count them. */
  readonly fresh: number | null;
  readonly old: number | null;
  /** The number to call to hear them; empty where it is not known. */
  readonly number: string;
}

/** A command the phone system refused or did not answer. */
export class SignalingError extends Error {
  override readonly name = 'SignalingError';

  constructor(
    readonly reason:
      | 'unauthorized'
      | 'forbidden'
      | 'not-found'
      | 'unavailable'
      | 'wrong-state'
      | 'rate-limited'
      | 'media-failed'
      | 'unsupported'
      | 'invalid-address'
      | 'timeout'
      | 'down'
      | 'internal',
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** The client of another page, to go on as (see {@link SignalingPort.ticket}). */
export interface Ticket {
  readonly kind: 'ticket';
  readonly ticket: string;
}

/** What a call is started with. */
export interface NewCall {
  /** Made by the phone; the call is known by it from then on. */
  readonly callId: string;
  readonly to: string;
  readonly offer: Description;
  readonly video: boolean;
}

/** What can be done with a call that needs no new description. */
export type CallAct =
  | { readonly type: 'reject' | 'hangup' | 'hold' | 'unhold' }
  | { readonly type: 'forward' | 'transfer'; readonly to: string }
  /** Attended transfer: connects the far sides of two calls. */
  | { readonly type: 'join'; readonly consultCallId: string }
  /** Tells the far side whether the camera is being sent. */
  | { readonly type: 'video'; readonly sending: boolean };

/**
 * One connection to one phone system. Every command resolves when the phone system confirmed it and rejects
 * with a {@link SignalingError}; what it changed arrives as an event.
 */
export interface SignalingPort {
  readonly capabilities: Capabilities;

  /** Tells everything that happens, in order. Returns the way to stop. */
  listen(listener: (event: SignalingEvent) => void): () => void;

  /**
   * Connects and signs in, or goes on as the client a {@link ticket} stands for; rejects with a
   * {@link SignalingError} when that fails.
   */
  open(
    credentials: Credentials | Ticket,
    properties: Record<string, string | number | boolean | null>,
  ): Promise<Welcome>;
  /** Signs out and closes; with `kept` only closes: another page goes on as this client. Nothing is told afterwards. */
  close(kept?: boolean): Promise<void>;

  /**
   * Stands for this client after a loss, for as long as no other one is given; null when it cannot be resumed, for
   * example because the phone system did not keep it. With {@link Capabilities.reload}, another page can use it.
   */
  readonly ticket: string | null;
  /** Tries once to come back after `down`; told by `up` or `down`. Commands given meanwhile are carried out then. */
  resume(timeoutMs?: number): void;
  /**
   * The phone system was started anew while the link was down: it knows the calls, and has none of their media until
   * they are described anew.
   */
  readonly restarted?: boolean;
  /** When something came from the phone system last, and when it answered last (`Date.now()`). */
  readonly heardAt: number;
  readonly answeredAt: number;
  /** Asks the phone system whether it is there; when it does not answer in time, the link is down. */
  probe(timeoutMs: number, afterMs?: number): unknown;
  /**
   * Whether it can be asked to answer after a while (`afterMs`), for pages whose timers stand still: the promise of the
   * probe resolves then, with whether it did.
   */
  readonly patient?: boolean;
  /** Gives the connection up, if there is one: the link is down, at once, and {@link resume} comes back. */
  giveUp(): void;
  /** What messages go over now, for faults that are simulated (faults/); none while there is no connection. */
  readonly socket?: WebSocket | null | undefined;

  startCall(call: NewCall): Promise<void>;
  /** Answers a ringing call, with an offer or, where the call came with one, with the answer to it. */
  accept(callId: string, description: Description, video: boolean): Promise<void>;
  /** Takes the call that rings at another extension, as the call `callId`. */
  pickUp(callId: string, extension: string, description: Description): Promise<void>;
  /** Does something with a call. */
  act(callId: string, act: CallAct): Promise<void>;
  /** A new offer, or the answer to one that came as an event. */
  describe(callId: string, description: Description): Promise<void>;
  addCandidate(callId: string, candidate: RTCIceCandidateInit | null): void;
  /** Sends digits beside the media, one after the other; for calls whose media do not carry them. */
  sendDigits?(callId: string, digits: string): Promise<void>;

  /** Tells of this extension from now on; where extensions are not known before somebody asks. */
  watchExtension?(id: string): void;

  /** Tells of voice messages from now on; only with {@link Capabilities.voicemail}. */
  watchVoicemail?(): void;

  /**
   * Third-party control and messages; only with {@link Capabilities.control} or {@link Capabilities.messages}. Loaded
   * when it is first asked for.
   */
  control(): Promise<ControlPort>;
}

export type { Call, Credentials, EndReason, Extension, IceServer, Identity, Privilege, Session, Transfer };
