/**
 * What the phone knows, as frozen snapshots. A new snapshot is a new object; parts that did not change keep
 * their identity, so a view may compare slices with `===`.
 *
 * Signalling and media are kept apart: `Call.state` is what the phone system said, `Call.media` what the
 * peer connection does.
 */
import type {
  EndReason,
  Extension,
  Identity,
  LinkProblem,
  Session,
  Capabilities,
  Voicemail,
} from '../signaling/port.js';

export type { EndReason, Extension, Identity, LinkProblem, Session, Capabilities, Voicemail };

/** The link to the phone system. */
export interface ConnectionState {
  /**
   * `signed-out`: nothing to connect with, or signed out on purpose; `connecting`: first attempt under way;
   * `connected`; `reconnecting`: it was there, is gone, and is being looked for; `refused`: the phone system
   * does not take these credentials; `failed`: it cannot be reached and is tried again.
   */
  readonly status: 'signed-out' | 'connecting' | 'connected' | 'reconnecting' | 'refused' | 'failed';
  /** Why, when it is not well. */
  readonly problem: LinkProblem | null;
  /** When the next attempt is made (`Date.now()` time); null when none is planned. */
  readonly retryAt: number | null;
  readonly server: string;
}

/** Why a call ended: the phone system's reasons, and those of this device. */
export type CallEndReason =
  | EndReason
  /** The person or the browser refused the microphone. */
  | 'microphone-refused'
  /** There is no microphone, or another program keeps it. */
  | 'microphone-absent'
  /** The page is not a secure context, so the browser gives no microphone. */
  | 'insecure-context'
  /** The page was left, and too late there was one to take the call up. */
  | 'expired'
  /** No media could flow between this device and the phone system. */
  | 'no-media-path';

/** The media of one call on this device. */
export type MediaState = 'idle' | 'connecting' | 'connected' | 'interrupted' | 'failed';

/** The camera of one call. `refused` and `absent` stay until the next attempt. */
export type CameraState = 'off' | 'starting' | 'on' | 'refused' | 'absent' | 'in-use';

/** How well the call is heard, measured every two seconds. */
export interface CallQuality {
  /** When it was measured (`Date.now()`). */
  readonly at: number;
  /** Mean opinion score by the E-model (ITU-T G.107), 1 to 4.5. */
  readonly mos: number;
  /** Packets lost in the last interval, 0 to 1. */
  readonly loss: number;
  /** Milliseconds. */
  readonly jitter: number;
  /** Milliseconds; null until the far side reported. */
  readonly roundTrip: number | null;
}

/**
 * What makes a call hard to follow: it stood out in 3 of the last 5 measurements, and has not gone since. Packets
 * lost (over 3 %), `jitter` (over 30 ms), `round-trip` (over 400 ms), `mos` (under 3.6).
 */
export type QualityWarning = 'loss' | 'jitter' | 'round-trip' | 'mos';

/** One call on this phone. */
export interface PhoneCall {
  readonly id: string;
  readonly sessionId: string;
  /** `listening`: this phone hears a session and is not heard. */
  readonly kind: 'call' | 'listening';
  readonly direction: 'incoming' | 'outgoing';
  /** `preparing`: waiting for the microphone, nothing sent yet. The rest as the phone system says. */
  readonly state: 'preparing' | 'dialing' | 'ringing' | 'active' | 'ended';
  readonly heldLocally: boolean;
  readonly heldRemotely: boolean;
  readonly remote: { readonly number: string; readonly name: string };
  readonly line: string;
  /** The other side offered video. */
  readonly video: boolean;
  /** Milliseconds by this device's clock (`Date.now()`). */
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly endReason: CallEndReason | null;
  /** Talk time: gathered so far, and since when it is counting. */
  readonly talk: { readonly ms: number; readonly since: number | null };
  /** The conference the call is merged into; the other calls in it have the same. */
  readonly conference: string | null;
  readonly transfer: {
    readonly to: string;
    readonly state: 'trying' | 'ringing' | 'failed';
    readonly reason?: EndReason;
  } | null;

  readonly media: MediaState;
  readonly muted: boolean;
  /** The person wants not to be bothered with it while it rings: it is silent here, and rings on elsewhere. */
  readonly ignored: boolean;
  readonly camera: CameraState;
  /** The other party's picture is being sent now. */
  readonly remoteVideo: boolean;
  readonly quality: CallQuality | null;
  /** The measurements of the last five minutes, the latest last. */
  readonly qualityLog: readonly CallQuality[];
  readonly qualityWarnings: readonly QualityWarning[];
  /** A command under way (`hold`, `transfer` …), so that its control can wait; null when none. */
  readonly pending: string | null;
}

/** The devices there are, and the chosen ones (empty: the browser's default). */
export interface DeviceState {
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  readonly cameras: readonly Device[];
  readonly microphone: string;
  readonly speaker: string;
  readonly ringer: string;
  readonly camera: string;
  /** What is done to the microphone's sound before it goes out. */
  readonly processing: AudioProcessing;
}

export interface AudioProcessing {
  /** Takes out what the speaker plays. */
  readonly echoCancellation: boolean;
  /** Takes out fans, keys and streets. */
  readonly noiseSuppression: boolean;
  /** Makes quiet voices louder and loud ones quieter. */
  readonly autoGainControl: boolean;
}

export interface Device {
  readonly id: string;
  /** Empty until the person allowed the device. */
  readonly label: string;
}

/** Something that went wrong and that a person should be told; the latest only. */
export interface Problem {
  /** Counts up, so that the same problem twice is two problems. */
  readonly id: number;
  readonly code: ProblemCode;
  readonly callId: string | null;
}

export type ProblemCode =
  | CallEndReason
  | LinkProblem
  /** Neither the phone system nor, in a call, the other side has it: see {@link Capabilities}. */
  | 'unsupported'
  | 'wrong-state'
  | 'timeout'
  | 'internal'
  | 'empty-number'
  /** Not something that can be dialled, or sent as tones. */
  | 'invalid-number'
  | 'camera-refused'
  | 'camera-absent'
  | 'camera-in-use'
  /** The call goes on in this tab, and its microphone is not to be had without the person. */
  | 'unheard'
  /** The browser wants a click before it plays sound. */
  | 'playback-blocked'
  /** The device in use was unplugged; another was taken. */
  | 'microphone-changed'
  | 'speaker-changed';

export interface PhoneState {
  readonly connection: ConnectionState;
  readonly identity: Identity | null;
  readonly capabilities: Capabilities | null;
  /** In the order they came; ended ones stay for a few seconds so that their reason can be read. */
  readonly calls: readonly PhoneCall[];
  /** The call the controls act on; null when there is none. */
  readonly selectedCallId: string | null;
  /** In the order they began. Changes of a long list are told together, once for each picture on the screen. */
  readonly sessions: readonly Session[];
  readonly extensions: readonly Extension[];
  /** What waits in the mailbox, where somebody asked by `watchVoicemail` and the phone system told. */
  readonly voicemail?: Voicemail | null;
  readonly devices: DeviceState;
  readonly problem: Problem | null;
  /** Another tab of this origin has the phone: what it knows is shown here, and its calls are heard there. */
  readonly following: boolean;
  /** What to add to `Date.now()` to get the phone system's clock, for the times in `sessions`. */
  readonly clockOffset: number;
}
