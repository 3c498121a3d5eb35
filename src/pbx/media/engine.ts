/**
 * Media as the exchange sees it: legs that send and receive, and sources they may listen to. Whom a leg hears
 * can change at any time without a new offer. An engine implements {@link MediaEngine}; `werift/` is the one
 * there is, with the legs of SIP trunks from `rtp/`.
 */

/** One RTP packet on its way from a source to whoever listens. */
export interface MediaPacket {
  readonly payload: Buffer;
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
  /** What the payload is. */
  readonly codec: 'opus' | 'telephone-event' | 'vp8';
}

export type MediaKind = 'audio' | 'video';

/** Something that can be listened to: what a party sends, hold music, later a player or a mixer. */
export interface MediaSource {
  /** Delivers packets until the returned function is called. */
  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void;
  /** Asks for a key frame, for a viewer that has just come (RFC 4585 PLI). */
  requestKeyFrame(): void;
}

/** Sound to be played: Opus packets in their order, mono, at 48 kHz. */
export interface Clip {
  readonly packets: readonly Buffer[];
  /** How long they last together. */
  readonly ms: number;
}

/** Plays clips to whoever listens, each from its first packet on; one at a time. */
export interface MediaPlayer extends MediaSource {
  /**
   * Plays at the clip's own pace, whether or not somebody listens. A clip that plays already is stopped. Resolves
   * when the last packet's time has passed, or when the clip was stopped: by `stop`, `close` or another `play`.
   */
  play(clip: Clip, options?: { repeat?: boolean }): Promise<'finished' | 'stopped'>;
  stop(): void;
  /** Stops for good; whatever is to be played from now on is `stopped` at once. */
  close(): void;
}

/** What a leg reports. */
export interface LegObserver {
  /** Media can flow: for the first time, or again after a new offer. */
  connected(): void;
  /** Media cannot flow (any more), and why. */
  failed(message: string): void;
  /** The party pressed a key: `0-9 * # A-D` (RFC 4733), once per press. */
  digit(digit: string): void;
}

/** The media of one leg. */
export interface MediaLeg {
  /** The answer to the offer the leg was made from. */
  readonly answer: string;
  /** What the party sends. */
  readonly output: MediaSource;
  /** Whom the party hears or sees from now on; null for nobody. */
  listenTo(kind: MediaKind, source: MediaSource | null): void;
  addCandidate(
    candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null } | null,
  ): Promise<void>;
  /** Answers a new offer on the same leg, for example an ICE restart. */
  reoffer(offer: string): Promise<string>;
  /** Sends digits to the party (RFC 4733). */
  sendDigits(digits: string): Promise<void>;
  close(): Promise<void>;
}

/** The media of a phone's leg. */
export interface PhoneLeg extends MediaLeg {
  /**
   * For demos and tests: nothing passes any more between here and the addresses the phone is known by, in either
   * direction, as behind a router that forgot them. A new offer that looks for new paths mends it.
   */
  breakPath(): void;
}

/** How the media of a SIP trunk is protected: plain RTP (RFC 3550), or keys in the SDP for SRTP (SDES, RFC 4568). */
export type TrunkSecurity = 'none' | 'optional' | 'required';

/** A codec of a SIP trunk. Inside the phone system all of it is Opus. */
export type TrunkCodec = 'opus' | 'PCMU' | 'PCMA';

export interface TrunkMediaOptions {
  readonly security: TrunkSecurity;
  /**
   * The IP address at which the far side reaches us, named in `c=`: one of this machine, or that of a router that
   * passes the media ports on.
   */
  readonly address: string;
  /** The codecs to use, the preferred one first; Opus, PCMU, PCMA when left out. */
  readonly codecs?: readonly TrunkCodec[] | undefined;
  /**
   * How long neither RTP nor RTCP may come before the leg `failed`, in milliseconds; 30 000 when left out, 0 for ever.
   * Not counted while one side holds the other.
   */
  readonly maxQuietMs?: number | undefined;
}

/** Which way the media goes that a session description speaks of, seen from who wrote it (RFC 8866, 6.7). */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/**
 * The media of a call over a SIP trunk. It is `connected` as soon as both sides are agreed, and again when the far
 * side is heard again after it `failed` for being quiet. Its candidates are in the descriptions:
 * `addCandidate` does nothing.
 */
export interface TrunkLeg extends MediaLeg {
  /** The far side has put us on hold: it does not want to hear us (RFC 3264, 8.4). */
  readonly isHeldByFarSide: boolean;
  /**
   * A new offer in the middle of the call, for a re-INVITE: with `sendonly` or `inactive` the far side is on hold,
   * with `sendrecv` it is taken back. Its answer goes to {@link accept}; if the far side refuses, {@link withdraw}.
   * Rejects with `wrong-state` while another offer waits for its answer.
   */
  offerAnew(direction: MediaDirection): Promise<string>;
  /**
   * Takes the answer to our offer: early media (183) or the answer itself (200); may come more than once. Rejects
   * with `media-failed` when it does not fit the offer.
   */
  accept(answer: string): Promise<void>;
  /** The far side refused the offer of {@link offerAnew}: what was agreed before goes on. */
  withdraw(): void;
}

/** A leg that describes itself first. Its `answer` is empty until the far side makes an offer of its own. */
export interface OfferedLeg extends TrunkLeg {
  readonly offer: string;
}

/** Several sources made into one, for conferences and listeners. */
export interface MediaMixer {
  /** Adds the sound of a source. Returns the way to take it out. */
  add(source: MediaSource): () => void;
  /** Everything that was added but `except`, who should not hear itself. Audio only. */
  output(except?: MediaSource): MediaSource;
  /**
   * Delivers everything that was added as PCM until the returned function is called: 960 samples, mono at 48 kHz,
   * for each 20 ms, also when all are silent. Works like a listener. The frame is the listener's to keep, not to
   * change.
   */
  tap(listener: (frame: Int16Array) => void): () => void;
  /** Stops, and frees its encoders and decoders. */
  close(): void;
}

export interface MediaEngine {
  /** Makes a leg from the party's offer. Rejects when the offer cannot be used. */
  answer(offer: string, observer: LegObserver): Promise<PhoneLeg>;
  /** Makes the leg of an incoming trunk call. Rejects with `media-failed` when the offer cannot be used (488). */
  answerTrunk(offer: string, observer: LegObserver, options: TrunkMediaOptions): Promise<TrunkLeg>;
  /** Makes the leg of an outgoing trunk call, or of an incoming one that came without an offer. */
  offerTrunk(observer: LegObserver, options: TrunkMediaOptions): Promise<OfferedLeg>;
  /** Music for whoever is on hold. Runs only while somebody listens. */
  readonly holdMusic: MediaSource;
  /** Makes a mixer; it works only while somebody listens to it. */
  createMixer(): MediaMixer;
  /** Makes a player; it works only while it plays. */
  createPlayer(): MediaPlayer;
  /** Legs that are open now. */
  readonly legCount: number;
  close(): Promise<void>;
}
