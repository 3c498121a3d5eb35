/**
 * One connection to a party through werift 0.24: ICE, DTLS and SRTP, with RTP and RTCP packets in and out. What
 * werift has to be helped with is done here and nowhere else.
 */
import { randomBytes } from 'node:crypto';
import {
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtcpPayloadSpecificFeedback,
  PictureLossIndication,
  RtpHeader,
  type RTCDtlsTransport,
  type RtcpPacket,
  type RtpPacket,
} from 'werift';
import type { MediaKind } from '../engine.js';
import type { LocalTransport } from './answer.js';
import { candidateLines, MAX_REMOTE_CANDIDATES, vetCandidate } from './candidates.js';
import { createReassembler } from './handshake-fragments.js';
import { IceSockets, type IceSocketOptions } from './ice-sockets.js';
import { provesKey, type HandshakeMessage } from './key-proof.js';
import { acceptedSections, vettedSdp, type Offer } from './offer.js';
import { countRollover, type RolloverState } from './rollover.js';

/** What a connection reports. */
export interface PeerObserver {
  connected(): void;
  failed(why: string): void;
  rtp(packet: RtpPacket): void;
  rtcp(packet: RtcpPacket): void;
}

export interface PeerOptions extends IceSocketOptions {
  readonly publicIp?: string | undefined;
}

/** How many early DTLS packets are kept until werift listens to them. */
const MAX_EARLY = 8;

/** How werift's DTLS puts handshake messages together, and what was said in the handshake. */
interface HandshakeInternals {
  handleFragmentHandshake: ReturnType<typeof createReassembler>;
  readonly dtls: { readonly sortedHandshakeCache: readonly HandshakeMessage[] };
  readonly remoteCertificate?: Buffer;
}

interface SrtpInternals {
  localContext: { updateRolloverCount: typeof countRollover };
  remoteContext: { updateRolloverCount: typeof countRollover };
}

export class Peer {
  readonly #pc: RTCPeerConnection;
  readonly #cname = randomBytes(9).toString('base64url');
  #dtls: RTCDtlsTransport | null = null;
  #fingerprints = '';
  #usernameFragment = '';
  #candidates = 0;
  #closed = false;
  #reported: 'connecting' | 'connected' | 'failed' = 'connecting';

  private constructor(
    private readonly options: PeerOptions,
    private readonly observer: PeerObserver,
    private readonly sockets: IceSockets,
  ) {
    this.#pc = new RTCPeerConnection({
      codecs: { audio: audioCodecs(), video: videoCodecs() },
      iceServers: [],
      iceUseTcp: false,
      bundlePolicy: 'max-bundle',
      iceFilterStunResponse: (message) => sockets.isForUs(String(message.getAttributeValue('USERNAME'))),
    });
    // werift reports failures as rejections of its own tasks too; what counts arrives through these events.
    this.#pc.connectionStateChange.subscribe((state) => {
      if (state === 'failed') this.#broken();
    });
    this.#pc.onRemoteTransceiverAdded.subscribe((transceiver) => transceiver.setDirection('sendrecv'));
  }

  /** Opens the ports; rejects when there are none. */
  static async open(options: PeerOptions, observer: PeerObserver): Promise<Peer> {
    return new Peer(options, observer, await IceSockets.open(options));
  }

  /** Whether an offer can be answered on this connection: the party still holds the key it had. */
  fits(offer: Offer): boolean {
    return this.#fingerprints === offer.fingerprints.join();
  }

  /** Whether an offer asks for an ICE restart (RFC 8839, 4.4.1.1.1). */
  isRestart(offer: Offer): boolean {
    return this.#usernameFragment !== '' && this.#usernameFragment !== offer.usernameFragment;
  }

  get #ice() {
    return this.#dtls!.iceTransport;
  }

  /** Takes an offer, the first or a later one, and begins to connect where that is needed. */
  async answer(offer: Offer): Promise<LocalTransport> {
    const restart = this.isRestart(offer);
    await this.#pc.setRemoteDescription({ type: 'offer', sdp: vettedSdp(offer) });
    const dtls = this.#dtls ?? this.#prepare(this.#pc.dtlsTransports[0]!);
    // As the DTLS server we answer the browser's first message at once; werift's client waits 100 ms before its own.
    dtls.role = 'server';
    this.#fingerprints = offer.fingerprints.join();
    this.#usernameFragment = offer.usernameFragment;
    this.#candidates = offer.candidates.length;
    if (restart) this.#reported = 'connecting';
    await this.#pc.setLocalDescription(await this.#pc.createAnswer());
    // After a restart werift makes new candidates but never starts to check them, since DTLS is up already.
    if (restart && dtls.state === 'connected') {
      this.#ice.start().catch(() => this.#fail('no network path was found after the ICE restart'));
    }
    return this.#local(offer);
  }

  /** Takes one more candidate of the party; those of no use are left out. */
  async addCandidate(line: string): Promise<void> {
    const candidate = vetCandidate(line);
    if (this.#closed || candidate === null || this.#candidates >= MAX_REMOTE_CANDIDATES) return;
    this.#candidates += 1;
    await this.#pc.addIceCandidate({ candidate: `candidate:${candidate}`, sdpMLineIndex: 0 });
  }

  sendRtp(payload: Buffer, header: ConstructorParameters<typeof RtpHeader>[0]): void {
    if (this.#reported !== 'connected') return;
    void this.#dtls!.sendRtp(payload, new RtpHeader(header));
  }

  sendRtcp(packets: RtcpPacket[]): void {
    if (this.#reported !== 'connected') return;
    this.#dtls!.sendRtcp(packets).catch(() => {});
  }

  /** Sends a picture loss indication (RFC 4585, 6.3.1): the party answers with a key frame. */
  requestKeyFrame(mediaSsrc: number): void {
    const feedback = new PictureLossIndication({ senderSsrc: this.#ssrc('video'), mediaSsrc });
    this.sendRtcp([new RtcpPayloadSpecificFeedback({ feedback })]);
  }

  /** Lets nothing through any more to and from the addresses the party has now. */
  breakPath(): void {
    this.sockets.breakPaths();
  }

  get isConnected(): boolean {
    return this.#reported === 'connected';
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#reported = 'failed';
    await this.#pc.close().catch(() => {});
    await this.sockets.close();
  }

  #ssrc(kind: MediaKind): number {
    return this.#pc.getTransceivers().find((transceiver) => transceiver.kind === kind)?.sender.ssrc ?? 0;
  }

  #prepare(dtls: RTCDtlsTransport): RTCDtlsTransport {
    this.#dtls = dtls;
    const ice = dtls.iceTransport;
    this.sockets.install(ice);
    this.#keepEarlyPackets(dtls);
    dtls.onRtp.subscribe((packet) => this.isConnected && this.observer.rtp(packet));
    dtls.onRtcp.subscribe((packet) => this.isConnected && this.observer.rtcp(packet));
    dtls.onStateChange.subscribe((state) => {
      if (state === 'connected') this.#secured(dtls);
      if (state === 'failed') this.#broken();
    });
    ice.onStateChange.subscribe((state) => {
      if (state === 'connected' && dtls.state === 'connected') this.#connect();
      if (state === 'failed') this.#broken();
    });
    return dtls;
  }

  /**
   * The browser sends its first DTLS message as soon as ICE works for it, which is before werift listens. It would
   * come again only after a timeout that the caller hears as a late connection.
   */
  #keepEarlyPackets(dtls: RTCDtlsTransport): void {
    const { onData } = dtls.iceTransport.connection;
    const early: Buffer[] = [];
    const keeping = onData.subscribe((packet) => {
      if (packet[0]! > 19 && packet[0]! < 64 && early.length < MAX_EARLY) early.push(packet);
    });
    const starting = dtls.onStateChange.subscribe((state) => {
      keeping.unSubscribe();
      starting.unSubscribe();
      if (state !== 'connecting') return;
      // werift listens from the end of this turn on; before the next packet is read, or the order would be lost.
      queueMicrotask(() => {
        if (this.#closed) return;
        const session = dtls.dtls as unknown as HandshakeInternals;
        session.handleFragmentHandshake = createReassembler();
        for (const packet of early.splice(0)) onData.execute(packet);
      });
    });
  }

  #secured(dtls: RTCDtlsTransport): void {
    const session = dtls.dtls as unknown as HandshakeInternals;
    if (!provesKey(session.dtls.sortedHandshakeCache, session.remoteCertificate)) {
      return this.#fail('the party did not prove that it holds the key of its certificate');
    }
    const srtp = dtls.srtp as unknown as SrtpInternals;
    for (const context of [srtp.localContext, srtp.remoteContext]) {
      context.updateRolloverCount = (sequence: number, state: RolloverState) =>
        countRollover(sequence, state);
    }
    this.#connect();
  }

  #connect(): void {
    if (this.#closed || this.#reported !== 'connecting') return;
    this.#reported = 'connected';
    this.observer.connected();
  }

  #broken(): void {
    const lost = this.#dtls?.srtpStarted ?? false;
    this.#fail(
      lost ? 'the network path to the party was lost' : 'the encrypted connection could not be made',
    );
  }

  #fail(why: string): void {
    if (this.#closed || this.#reported === 'failed') return;
    this.#reported = 'failed';
    this.observer.failed(why);
  }

  #local(offer: Offer): LocalTransport {
    const { connection } = this.#ice;
    const fingerprint = this.#dtls!.localParameters.fingerprints[0]!;
    const ssrcs = { audio: 0, video: 0 };
    for (const { kind } of acceptedSections(offer)) ssrcs[kind] = this.#ssrc(kind);
    return {
      usernameFragment: connection.localUsername,
      password: connection.localPassword,
      fingerprint: `${fingerprint.algorithm} ${fingerprint.value}`,
      candidates: candidateLines(this.sockets.bound, this.options.publicIp),
      ssrcs,
      cname: this.#cname,
    };
  }
}

function audioCodecs(): RTCRtpCodecParameters[] {
  return [
    new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }),
    new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 48_000 }),
    new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8000 }),
  ];
}

function videoCodecs(): RTCRtpCodecParameters[] {
  return [new RTCRtpCodecParameters({ mimeType: 'video/VP8', clockRate: 90_000 })];
}
