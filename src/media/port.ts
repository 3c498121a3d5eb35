/**
 * What the phone needs of the browser's media. {@link CallMediaPort} is one call's; {@link MediaPort} is what
 * all calls of one phone share.
 */
import type { AudioProcessing } from './audio-processing.js';
import type { DevicePermission } from './device-checks.js';
import type { QualityReport, QualitySample } from './quality.js';
import type { QualityWarning } from './quality-warnings.js';
import type { MediaProblem } from './media-error.js';
import type { ToneName } from './tone-table.js';
import type { TrackUser } from './shared-track.js';
import type { Camera } from './camera.js';

export type {
  AudioProcessing,
  Camera,
  DevicePermission,
  MediaProblem,
  QualityReport,
  QualitySample,
  QualityWarning,
  ToneName,
  TrackUser,
};

/** What tells a person whether a device works (see device-checks.ts). */
export type DeviceChecks = typeof import('./device-checks.js');

/** A session description; `pranswer` is early media. */
export interface Description {
  readonly type: 'offer' | 'answer' | 'pranswer';
  readonly sdp: string;
}

/** The media of one call on this device. */
export type MediaState = 'idle' | 'connecting' | 'connected' | 'interrupted' | 'failed';

/** Sets what a camera's picture may take on its way out, after each swap of the track. */
export type VideoTuner = (sender: RTCRtpSender) => Promise<void>;

export interface CallMediaOptions {
  readonly iceServers: readonly {
    readonly urls: readonly string[];
    username?: string | undefined;
    credential?: string | undefined;
  }[];
  /** Candidates may follow the offer. */
  readonly trickle: boolean;
  /** The first offer has a video section; else one comes with the first picture, in an offer that follows. */
  readonly video: boolean;
  /** The device to play on; empty for the browser's default. */
  readonly speaker: string;
  /** Nothing is sent, neither sound nor picture. */
  readonly receiveOnly?: boolean;
}

export interface CallMediaObserver {
  state(state: MediaState): void;
  /** A candidate to send to the far side; null after the last. Only with `trickle`. */
  candidate(candidate: RTCIceCandidateInit | null): void;
  /** The browser wants a click before it plays sound. */
  blocked(): void;
}

export interface CallMediaPort {
  readonly picture: MediaStream | null;
  /** What sends digits with the sound; null while nothing does. */
  readonly dtmf: RTCDTMFSender | null;
  /** Makes an offer; with `restart` one that looks for new paths (ICE restart). */
  offer(restart?: boolean): Promise<void>;
  /** The offer or answer to send now. Candidates found from here on are told one by one. */
  takeDescription(): Description;
  /**
   * Takes the far side's description. After an offer, {@link takeDescription} gives the answer. Resolves with false
   * when it is of no use here: the call is over, or the browser has no early media.
   */
  receive(description: Description): Promise<boolean>;
  addCandidate(candidate: RTCIceCandidateInit | null): void;
  useMicrophone: TrackUser;
  useCamera(track: MediaStreamTrack | null, tune?: VideoTuner): Promise<void>;
  setMuted(muted: boolean): void;
  setHeld(held: boolean): void;
  setSpeaker(id: string): Promise<void>;
  play(): Promise<void>;
  getStats(): Promise<RTCStatsReport>;
  close(): void;
}

/** What is followed while a call is up: how well it is heard, and which devices there are. */
export interface InCallMedia {
  /** Measures a call every few seconds. Returns the way to stop. */
  watchQuality(media: CallMediaPort, report: (report: QualityReport) => void): () => void;
  /** Tells the devices now and whenever one comes or goes. Returns the way to stop. */
  watchDevices(changed: (devices: DeviceLists) => void): () => void;
}

/** The devices there are, by kind. Labels are empty until the person allowed a device. */
export interface DeviceLists {
  readonly microphones: readonly { readonly id: string; readonly label: string }[];
  readonly speakers: readonly { readonly id: string; readonly label: string }[];
  readonly cameras: readonly { readonly id: string; readonly label: string }[];
}

export interface MediaPort {
  openCall(options: CallMediaOptions, observer: CallMediaObserver): CallMediaPort;
  /** Whether the person allowed the microphone before, so that there will be no question. */
  microphoneAllowed(): Promise<boolean>;
  readonly microphone: {
    /** Asked for at each opening, beside the device. */
    constraints: MediaTrackConstraints;
    attach(user: TrackUser): Promise<void>;
    detach(user: TrackUser): void;
    choose(id: string): Promise<void>;
    /** Opens it anew, if it is open, as the constraints are by now. */
    reopen(): Promise<void>;
  };
  readonly tones: {
    play(name: ToneName | null, sink: string): void;
    key(key: string, sink: string): void;
    close(): void;
  };
  /** The one camera; loaded when it is asked for first. */
  camera(): Promise<Camera>;
  /** Makes this the one camera. */
  useCamera(camera: Camera): void;
  /** What checks devices; loaded when it is asked for. */
  checks(): Promise<DeviceChecks>;
  /** What is followed while a call is up; loaded when it is asked for. */
  inCall(): Promise<InCallMedia>;
  close(): void;
}
