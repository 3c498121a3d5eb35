/** One leg: a party's connection, what it sends, and whom it hears. */
import { randomInt } from 'node:crypto';
import {
  RtcpPayloadSpecificFeedback,
  RtcpTransportLayerFeedback,
  GenericNack,
  type RtcpPacket,
} from 'werift';
import { ProtocolError } from '../../../protocol/index.js';
import type { Log } from '../../log.js';
import type { LegObserver, MediaKind, MediaPacket, MediaSource, PhoneLeg } from '../engine.js';
import { OPUS_SILENCE } from '../opus.js';
import { writeAnswer } from './answer.js';
import { DigitSender } from '../stream/digit-sender.js';
import { acceptedSections, readOffer, type AcceptedSection, type Codec, type Offer } from './offer.js';
import { Peer, type PeerOptions } from './peer.js';
import { Receiver } from './receiver.js';
import { Retransmissions } from './retransmissions.js';
import type { RtpPosition } from '../stream/rtp-stream.js';
import { AudioSender } from '../stream/sender.js';
import { VideoSender } from './video-sender.js';
import { SenderReports } from './sender-reports.js';
import { EVENT_CLOCK_RATE, scaleEvent } from '../stream/telephone-event.js';

export interface LegOptions extends PeerOptions {
  /** How long a connection may take to come about, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** Called when the leg is closed, once. */
  readonly closed: (leg: WeriftLeg) => void;
}

const PICTURE_LOSS = 1;
const FULL_INTRA_REQUEST = 4;

export class WeriftLeg implements PhoneLeg {
  readonly output: Receiver;
  readonly #audio: AudioSender;
  readonly #video: VideoSender;
  readonly #digits: DigitSender;
  readonly #reports: SenderReports;
  readonly #retransmissions = new Retransmissions();
  readonly #session = { id: String(randomInt(1, 2 ** 47)), version: 0 };
  readonly #log: Log;
  #peer!: Peer;
  #sections = new Map<MediaKind, AcceptedSection>();
  #ssrcs: Readonly<Record<MediaKind, number>> = { audio: 0, video: 0 };
  #offers: Promise<unknown> = Promise.resolve();
  #timeout: NodeJS.Timeout | null = null;
  #failed = false;
  #ended = false;
  #answer = '';

  private constructor(
    private readonly options: LegOptions,
    private readonly observer: LegObserver,
  ) {
    this.#log = options.log;
    this.output = new Receiver(
      (digit) => this.#tell(() => observer.digit(digit)),
      (ssrc) => this.#requestKeyFrame(ssrc),
    );
    this.#audio = new AudioSender(
      (codec, payload, position, marker) => {
        if (codec === 'opus') this.#digits.audioSent();
        this.#transmit('audio', codec, payload, position, marker);
      },
      () => this.#codec('audio', 'telephone-event') !== null,
    );
    this.#video = new VideoSender((codec, payload, position, marker) => {
      this.#retransmissions.keep({ payload, position, marker });
      this.#transmit('video', codec, payload, position, marker);
    });
    this.#reports = new SenderReports(
      {
        audio: { stream: this.#audio.stream, ssrc: () => this.#ssrcs.audio },
        video: { stream: this.#video.stream, ssrc: () => this.#ssrcs.video },
      },
      (packets) => this.#peer.sendRtcp(packets),
    );
    this.#digits = new DigitSender(this.#digitOutlet());
  }

  /** Makes a leg and its first answer; rejects with a `media-failed` error. */
  static async open(offer: string, options: LegOptions, observer: LegObserver): Promise<WeriftLeg> {
    const leg = new WeriftLeg(options, observer);
    try {
      await leg.#take(readOffer(offer));
    } catch (error) {
      await leg.close();
      throw asMediaFailure(error);
    }
    return leg;
  }

  get answer(): string {
    return this.#answer;
  }

  listenTo(kind: MediaKind, source: MediaSource | null): void {
    if (this.#ended) return;
    (kind === 'audio' ? this.#audio : this.#video).listenTo(source);
  }

  async addCandidate(
    candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null } | null,
  ): Promise<void> {
    // The end of candidates is not passed on: the party's checks may still tell an address nobody named.
    if (this.#ended || !candidate || candidate.candidate === '') return;
    await this.#offers;
    await this.#peer.addCandidate(candidate.candidate).catch((error: unknown) => {
      this.#log.debug({ error: String(error) }, 'a candidate could not be used');
    });
  }

  reoffer(offer: string): Promise<string> {
    const answered = this.#offers.then(async () => {
      this.#assertOpen();
      try {
        await this.#take(readOffer(offer));
      } catch (error) {
        throw asMediaFailure(error);
      }
      this.#assertOpen();
      return this.#answer;
    });
    this.#offers = answered.catch(() => {});
    return answered;
  }

  breakPath(): void {
    if (!this.#ended) this.#peer.breakPath();
  }

  sendDigits(digits: string): Promise<void> {
    return this.#digits.send(digits);
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#clearTimeout();
    this.#audio.listenTo(null);
    this.#video.listenTo(null);
    this.#digits.close();
    this.#reports.stop();
    this.output.close();
    await this.#peer?.close();
    this.options.closed(this);
  }

  /** Answers an offer on the connection there is, or on a new one when the party has a new key. */
  async #take(offer: Offer): Promise<void> {
    const old = this.#peer as Peer | undefined;
    const fits = old !== undefined && !this.#failed && old.fits(offer);
    const restart = fits && old.isRestart(offer);
    const peer = fits ? old : await this.#openPeer();
    const local = await peer.answer(offer).catch(async (error: unknown) => {
      if (!fits) await peer.close();
      throw error;
    });
    if (this.#ended) return void (await peer.close());
    this.#peer = peer;
    this.#failed = false;
    this.#ssrcs = local.ssrcs;
    this.#sections = new Map(acceptedSections(offer).map((section) => [section.kind, section]));
    this.output.expect(acceptedSections(offer).flatMap(({ codecs }) => codecs));
    this.#session.version += 1;
    this.#answer = writeAnswer(offer, local, this.#session);
    if (restart || !fits) this.#expectConnection();
    if (!fits) await old?.close();
  }

  #openPeer(): Promise<Peer> {
    const current = (peer: Peer | null) => !this.#ended && peer !== null && peer === this.#peer;
    let peer: Peer | null = null;
    const opening = Peer.open(this.options, {
      connected: () => current(peer) && this.#connectedNow(),
      failed: (why) => current(peer) && this.#failedNow(why),
      rtp: (packet) => {
        if (current(peer)) this.output.receive(packet);
      },
      rtcp: (packet) => {
        if (current(peer)) this.#feedback(packet);
      },
    });
    return opening.then((opened) => (peer = opened));
  }

  #expectConnection(): void {
    this.#clearTimeout();
    this.#timeout = setTimeout(() => {
      const seconds = Math.round(this.options.connectTimeoutMs / 1000);
      this.#failedNow(`no media connection came about within ${seconds} seconds`);
    }, this.options.connectTimeoutMs);
  }

  #clearTimeout(): void {
    if (this.#timeout) clearTimeout(this.#timeout);
    this.#timeout = null;
  }

  #connectedNow(): void {
    this.#clearTimeout();
    this.#reports.start();
    this.#video.startAnew();
    this.#tell(() => this.observer.connected());
  }

  #failedNow(why: string): void {
    if (this.#failed || this.#ended) return;
    this.#failed = true;
    this.#clearTimeout();
    this.#reports.stop();
    this.#tell(() => this.observer.failed(why));
  }

  /** An observer's mistake must not end media. */
  #tell(report: () => void): void {
    if (this.#ended) return;
    try {
      report();
    } catch (error) {
      this.#log.error({ error: String(error) }, 'the observer of a leg failed');
    }
  }

  #codec(kind: MediaKind, name: Codec['name']): Codec | null {
    return this.#sections.get(kind)?.codecs.find((codec) => codec.name === name) ?? null;
  }

  #maySend(kind: MediaKind): boolean {
    const direction = this.#sections.get(kind)?.direction;
    return this.#peer.isConnected && (direction === 'sendrecv' || direction === 'recvonly');
  }

  #transmit(
    kind: MediaKind,
    codec: MediaPacket['codec'],
    payload: Buffer,
    { sequence, timestamp }: RtpPosition,
    marker: boolean,
  ): void {
    if (!this.#maySend(kind)) return;
    const negotiated = this.#codec(kind, codec === 'vp8' ? 'VP8' : codec);
    if (!negotiated) return;
    const bytes =
      codec === 'telephone-event' ? scaleEvent(payload, EVENT_CLOCK_RATE, negotiated.clockRate) : payload;
    this.#reports.count(kind, bytes.length);
    this.#peer.sendRtp(bytes, {
      marker,
      payloadType: negotiated.payloadType,
      sequenceNumber: sequence,
      timestamp,
      ssrc: this.#ssrcs[kind],
    });
  }

  #digitOutlet() {
    const leg = this as WeriftLeg;
    return {
      stream: leg.#audio.stream,
      get takesEvents() {
        return leg.#codec('audio', 'telephone-event') !== null;
      },
      get canSend() {
        return !leg.#ended && leg.#maySend('audio');
      },
      sendEvent: (payload: Buffer, position: RtpPosition, marker: boolean) =>
        leg.#transmit('audio', 'telephone-event', payload, position, marker),
      sendSilence: (position: RtpPosition) => leg.#transmit('audio', 'opus', OPUS_SILENCE, position, false),
    };
  }

  #requestKeyFrame(ssrc: number): boolean {
    if (!this.#peer.isConnected) return false;
    this.#peer.requestKeyFrame(ssrc);
    return true;
  }

  /** What the party reports of the video it gets (RFC 4585, RFC 5104). */
  #feedback(packet: RtcpPacket): void {
    if (packet instanceof RtcpPayloadSpecificFeedback) {
      const count = (packet.feedback as { count?: number } | undefined)?.count;
      if (count === PICTURE_LOSS || count === FULL_INTRA_REQUEST) this.#video.requestKeyFrame();
    } else if (packet instanceof RtcpTransportLayerFeedback && packet.feedback instanceof GenericNack) {
      if (packet.feedback.mediaSourceSsrc !== this.#ssrcs.video) return;
      for (const { payload, position, marker } of this.#retransmissions.find(packet.feedback.lost)) {
        this.#transmit('video', 'vp8', payload, position, marker);
      }
    }
  }

  #assertOpen(): void {
    if (this.#ended) throw new ProtocolError('wrong-state', 'The leg is closed.');
  }
}

function asMediaFailure(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new ProtocolError('media-failed', `The session description cannot be used: ${why}`);
}
