import type { Description } from './port.js';
import type { CallMediaObserver, CallMediaOptions, CallMediaPort, MediaState, VideoTuner } from './port.js';
import { Speaker } from './speaker.js';

/** How long media may take to connect, or to come back, in milliseconds. */
const CONNECT_MS = 12_000;

let gathering: typeof import('./gathering.js') | undefined;

/** The states of a connection by their own names; one that is `new` or `closed` is idle. */
const stateOf = (state: RTCPeerConnectionState): MediaState =>
  state === 'disconnected' ? 'interrupted' : state === 'new' || state === 'closed' ? 'idle' : state;

/**
 * The media of one call: one peer connection with its sections from the first offer on, so that everything later
 * (mute, hold, another microphone, the camera) swaps tracks and needs no new offer. Only where video was left out of
 * it, for phones that know none, the first picture needs one.
 *
 * What is wanted (muted, held, which track) is kept here apart from the tracks, and applied again after each swap.
 */
export class CallMedia implements CallMediaPort {
  /** Peer connections that are open now; for tests that look for leaks. */
  static open = 0;

  readonly #connection: RTCPeerConnection;
  readonly #options: CallMediaOptions;
  readonly #observer: CallMediaObserver;
  readonly #ended: Promise<void>;
  #end: () => void = () => {};
  #closed = false;
  #state: MediaState = 'idle';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #trickling = false;
  #early: (RTCIceCandidateInit | null)[] | null = [];
  #swaps: Promise<void> = Promise.resolve();

  #audio: RTCRtpTransceiver | undefined;
  #video: RTCRtpTransceiver | undefined;
  #speaker: Speaker | undefined;
  #picture: MediaStream | undefined;

  #microphone: MediaStreamTrack | null = null;
  #camera: MediaStreamTrack | null = null;
  #tune: VideoTuner | undefined;
  #muted = false;
  #held = false;

  constructor(options: CallMediaOptions, observer: CallMediaObserver) {
    this.#options = options;
    this.#observer = observer;
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    const connection = new RTCPeerConnection({
      iceServers: [...options.iceServers] as RTCIceServer[],
      // Those without trickle speak SIP, where many know no bundles (RFC 9143).
      bundlePolicy: options.trickle ? 'max-bundle' : 'balanced',
    });
    this.#connection = connection;
    CallMedia.open++;
    connection.onconnectionstatechange = () => this.#enter(stateOf(connection.connectionState));
    connection.onicecandidate = ({ candidate }) => {
      // Those found before the offer was taken are in it.
      if (this.#trickling && candidate?.candidate !== '') observer.candidate(candidate?.toJSON() ?? null);
    };
  }

  /** The far side's picture; empty until it sends one. */
  get dtmf(): RTCDTMFSender | null {
    return (!this.#closed && this.#audio?.sender.dtmf) || null;
  }

  get picture(): MediaStream | null {
    return this.#picture ?? null;
  }

  async offer(restart = false): Promise<void> {
    const add = (kind: string) => this.#connection.addTransceiver(kind);
    const video = this.#camera || this.#options.video;
    if (!this.#audio) this.#useAudio(add('audio'));
    if (!this.#video && video) this.#useVideo(add('video'));
    else if (!video && this.#connection.signalingState === 'have-local-offer') this.#forgetVideo();
    if (restart) this.#connection.restartIce();
    await this.#describe();
  }

  takeDescription(): Description {
    this.#trickling = this.#options.trickle;
    const { type, sdp } = this.#connection.localDescription!;
    return { type: type as Description['type'], sdp };
  }

  async receive({ type, sdp }: Description): Promise<boolean> {
    if (this.#closed) return false;
    try {
      await this.#connection.setRemoteDescription({ type, sdp });
    } catch (error) {
      // Firefox has no early media; the answer will come.
      if (type === 'pranswer' && (error as Error).name === 'NotSupportedError') return false;
      throw error;
    }
    if (type === 'offer') {
      const sections = this.#connection.getTransceivers();
      const find = (kind: string) =>
        sections.find(({ receiver, direction }) => receiver.track.kind === kind && direction !== 'stopped');
      if (!this.#audio) this.#useAudio(find('audio'));
      // Who refused it before may offer it now.
      if (!this.#video || this.#video.direction === 'stopped') this.#useVideo(find('video'));
      await this.#describe();
    }
    const early = this.#early ?? [];
    this.#early = null;
    for (const candidate of early) this.addCandidate(candidate);
    if (this.#state !== 'connected') this.#expectConnection();
    return true;
  }

  addCandidate(candidate: RTCIceCandidateInit | null): void {
    if (this.#early) this.#early.push(candidate);
    // A candidate that cannot be used is one path less; when there is none at all, the time-out says so.
    else if (!this.#closed) this.#connection.addIceCandidate(candidate ?? undefined).catch(() => {});
  }

  useMicrophone(track: MediaStreamTrack | null): void {
    this.#microphone = track;
    void this.#apply();
  }

  async useCamera(track: MediaStreamTrack | null, tune?: VideoTuner): Promise<void> {
    this.#camera = track;
    this.#tune = tune;
    await this.#apply();
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    void this.#apply();
  }

  setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    void this.#apply();
  }

  setSpeaker(id: string): Promise<void> {
    return this.#speaker?.setSink(id) ?? Promise.resolve();
  }

  async play(): Promise<void> {
    await this.#speaker?.play();
  }

  /** Sends digits one after the other, after those still on their way. */

  getStats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    CallMedia.open--;
    clearTimeout(this.#timer);
    this.#connection.onconnectionstatechange = null;
    this.#connection.onicecandidate = null;
    this.#connection.close();
    this.#speaker?.close();
    this.#end();
  }

  #useAudio(audio: RTCRtpTransceiver | undefined): void {
    if (!audio) return;
    this.#audio = audio;
    audio.direction = this.#options.receiveOnly ? 'recvonly' : 'sendrecv';
    this.#speaker = new Speaker(audio.receiver.track, this.#options.speaker, () => this.#observer.blocked());
    void this.#apply();
  }

  #useVideo(video: RTCRtpTransceiver | undefined): void {
    if (!video) return;
    this.#video = video;
    video.direction = 'sendrecv';
    this.#picture = new MediaStream([video.receiver.track]);
    const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
    const isVp8 = (codec: { mimeType: string }) => /\/vp8$/i.test(codec.mimeType);
    codecs.sort((a, b) => Number(isVp8(b)) - Number(isVp8(a)));
    if (codecs.length) video.setCodecPreferences(codecs);
    void this.#apply();
  }

  /** Takes back a section that an offer had in vain: one that is offered again would be refused again. */
  #forgetVideo(): void {
    if (this.#video?.currentDirection !== null) return;
    this.#video.stop();
    this.#video = this.#picture = undefined;
  }

  /** Makes this side's description, with the candidates where they cannot follow it. */
  async #describe(): Promise<void> {
    this.#trickling = false;
    const { trickle } = this.#options;
    // There before the first candidate is; kept, so that later offers are described without a wait between.
    if (!trickle) gathering ??= await import('./gathering.js');
    await this.#connection.setLocalDescription();
    if (!trickle) await gathering!.gathered(this.#connection, this.#ended);
  }

  /** Makes the tracks what is wanted now; after the swaps before, which would otherwise come out on top. */
  #apply(): Promise<void> {
    if (this.#microphone) this.#microphone.enabled = !this.#muted && !this.#held;
    this.#swaps = this.#swaps.then(() => this.#swap());
    return this.#swaps;
  }

  async #swap(): Promise<void> {
    const swap = async (section: RTCRtpTransceiver | undefined, track: MediaStreamTrack | null) => {
      if (section && section.sender.track !== track) await section.sender.replaceTrack(track);
    };
    try {
      if (this.#closed) return;
      await swap(this.#audio, this.#microphone);
      // A far side without pictures has ended that section for good.
      if (this.#video?.currentDirection === 'stopped') return;
      await swap(this.#video, this.#held ? null : this.#camera);
      if (this.#video && this.#camera) await this.#tune?.(this.#video.sender);
    } catch {
      // Without the track the call is of no use; one that closed meanwhile has none to miss.
      this.#enter('failed');
    }
  }

  #enter(state: MediaState): void {
    if (this.#closed || state === this.#state) return;
    this.#state = state;
    clearTimeout(this.#timer);
    if (state === 'connecting' || state === 'interrupted') this.#expectConnection();
    this.#observer.state(state);
  }

  #expectConnection(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#enter('failed'), CONNECT_MS);
  }
}
