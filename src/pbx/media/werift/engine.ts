/** The media engine over werift. */
import { isIP } from 'node:net';
import { RTCDtlsTransport } from 'werift';
import { ProtocolError } from '../../../protocol/index.js';
import type { Log } from '../../log.js';
import type {
  LegObserver,
  MediaEngine,
  MediaLeg,
  MediaMixer,
  MediaPlayer,
  OfferedLeg,
  PhoneLeg,
  TrunkLeg,
  TrunkMediaOptions,
} from '../engine.js';
import { ClipPlayer } from '../playout/clip-player.js';
import { RtpLeg, type RtpLegOptions } from '../rtp/index.js';
import { isLoopbackOnly, localAddresses } from './addresses.js';
import { HoldMusic } from './hold-music.js';
import { WeriftLeg } from './leg.js';
import { MediaPorts } from '../ports/media-ports.js';
import { OpusMixer } from './mixer/mixer.js';
import { readRecording } from './recording.js';

export interface WeriftEngineOptions {
  readonly log: Log;
  /** The address the world sees, when the machine is behind NAT; offered beside the local ones. */
  readonly publicIp?: string | undefined;
  /** First and last UDP port for media; any port without it. A leg takes one. */
  readonly mediaPorts?: readonly [number, number] | undefined;
  /** A sound file to play to parties on hold; the built-in tune without it. */
  readonly holdMusic?: string | undefined;
  /** How long a connection may take to come about, in milliseconds; 15 000 when left out. */
  readonly connectTimeoutMs?: number | undefined;
  /** The addresses to offer media on; those of this machine when left out. Asked for every leg. */
  readonly addresses?: (() => readonly string[]) | undefined;
}

/**
 * Makes the engine. Rejects when the file of hold music cannot be played, with an error that says why.
 *
 * A leg takes one UDP port, the same on every local address, IPv4 and IPv6.
 */
export async function createWeriftEngine(options: WeriftEngineOptions): Promise<WeriftEngine> {
  const { log, publicIp, holdMusic, addresses = localAddresses } = options;
  if (publicIp !== undefined && isIP(publicIp) === 0) {
    throw new RangeError(`Expected an IP address as the public one, got "${publicIp}".`);
  }
  if (isLoopbackOnly(addresses()) && publicIp === undefined) {
    log.warn({}, 'this machine has no network address but loopback: only browsers on it can make calls');
  }
  const recording = holdMusic === undefined ? null : await readRecording(holdMusic);
  // Made now, once for all legs: the first caller should not wait for it.
  await RTCDtlsTransport.SetupCertificate();
  return new WeriftEngine(options, new HoldMusic(recording, log));
}

export class WeriftEngine implements MediaEngine {
  readonly #legs = new Set<MediaLeg>();
  readonly #mixers = new Set<OpusMixer>();
  readonly #players = new Set<ClipPlayer>();
  readonly #ports: MediaPorts;
  #closed = false;

  constructor(
    private readonly options: WeriftEngineOptions,
    readonly holdMusic: HoldMusic,
  ) {
    this.#ports = new MediaPorts(options.mediaPorts);
  }

  get legCount(): number {
    return this.#legs.size;
  }

  answer(offer: string, observer: LegObserver): Promise<PhoneLeg> {
    const { log, publicIp, addresses = localAddresses, connectTimeoutMs = 15_000 } = this.options;
    const closed = (gone: MediaLeg) => this.#legs.delete(gone);
    const options = { log, publicIp, addresses, connectTimeoutMs, ports: this.#ports, closed };
    return this.#keep(() => WeriftLeg.open(offer, options, observer));
  }

  answerTrunk(offer: string, observer: LegObserver, options: TrunkMediaOptions): Promise<TrunkLeg> {
    return this.#keep(() => RtpLeg.answering(offer, this.#trunkLeg(), observer, options));
  }

  offerTrunk(observer: LegObserver, options: TrunkMediaOptions): Promise<OfferedLeg> {
    return this.#keep(() => RtpLeg.offering(this.#trunkLeg(), observer, options));
  }

  createMixer(): MediaMixer {
    const mixer = new OpusMixer(this.options.log, (closed) => this.#mixers.delete(closed));
    this.#mixers.add(mixer);
    if (this.#closed) mixer.close();
    return mixer;
  }

  createPlayer(): MediaPlayer {
    const player = new ClipPlayer((closed) => this.#players.delete(closed));
    this.#players.add(player);
    if (this.#closed) player.close();
    return player;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.holdMusic.close();
    for (const player of [...this.#players]) player.close();
    for (const mixer of [...this.#mixers]) mixer.close();
    await Promise.all([...this.#legs].map((leg) => leg.close()));
  }

  #trunkLeg(): RtpLegOptions {
    const { log } = this.options;
    return { log, ports: this.#ports, closed: (gone) => this.#legs.delete(gone) };
  }

  /** Makes a leg, and knows it as long as it is open. */
  async #keep<T extends MediaLeg>(open: () => Promise<T>): Promise<T> {
    this.#assertOpen();
    const leg = await open();
    if (this.#closed) {
      await leg.close();
      this.#assertOpen();
    }
    this.#legs.add(leg);
    return leg;
  }

  #assertOpen(): void {
    if (this.#closed) throw new ProtocolError('shutting-down', 'The phone system is stopping.');
  }
}
