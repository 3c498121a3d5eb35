/** The leg of a call over a SIP trunk: RTP from and to one address, and the descriptions both sides agree on. */
import { randomBytes, randomInt } from 'node:crypto';
import { ProtocolError } from '../../../protocol/index.js';
import type { Log } from '../../log.js';
import type {
  LegObserver,
  MediaDirection,
  MediaKind,
  MediaSource,
  OfferedLeg,
  TrunkMediaOptions,
} from '../engine.js';
import type { MediaPorts } from '../ports/media-ports.js';
import { DigitSender, type DigitOutlet } from '../stream/digit-sender.js';
import type { RtpPosition } from '../stream/rtp-stream.js';
import { Agreement, type Agreed } from './agreement.js';
import { Control } from './control.js';
import { COMFORT_NOISE, Ear } from './ear.js';
import { Mouth } from './mouth.js';
import type { RtpPacket } from './packet.js';
import { QuietWatch } from './quiet-watch.js';
import { SilenceFiller } from './silence-filler.js';
import { RtpWire } from './wire.js';

export interface RtpLegOptions {
  readonly log: Log;
  readonly ports: MediaPorts;
  /** Called when the leg is closed, once. */
  readonly closed: (leg: RtpLeg) => void;
}

const DEFAULT_MAX_QUIET_MS = 30_000;

export class RtpLeg implements OfferedLeg {
  readonly output: Ear;
  readonly #log: Log;
  readonly #control: Control;
  readonly #digits: DigitSender;
  readonly #filler: SilenceFiller;
  readonly #quiet: QuietWatch;
  #wire!: RtpWire;
  #agreement!: Agreement;
  #agreed: Agreed | null = null;
  #mouth: Mouth | null = null;
  #source: MediaSource | null = null;
  #isConnected = false;
  #ended = false;
  #answer = '';
  #offer = '';

  private constructor(
    private readonly options: RtpLegOptions,
    private readonly observer: LegObserver,
    media: TrunkMediaOptions,
  ) {
    this.#log = options.log;
    this.output = new Ear(options.log, (digit) => this.#tell(() => observer.digit(digit)));
    this.#control = new Control(
      randomBytes(9).toString('base64url'),
      () => ({ ssrc: this.#mouth?.ssrc ?? 0, timestamp: this.#mouth?.stream.now() ?? 0 }),
      (packet) => this.#wire.sendControl(packet),
    );
    this.#digits = new DigitSender(this.#digitOutlet());
    this.#filler = new SilenceFiller(this.#filled());
    this.#quiet = new QuietWatch(media.maxQuietMs ?? DEFAULT_MAX_QUIET_MS, {
      heardAt: () => this.#wire.heardAt,
      quiet: (seconds) => this.#failed(`nothing was heard of the far side for ${seconds} seconds`),
      heardAgain: () => this.#connected(),
    });
  }

  /** Makes the leg of an incoming call. */
  static async answering(
    offer: string,
    options: RtpLegOptions,
    observer: LegObserver,
    media: TrunkMediaOptions,
  ): Promise<RtpLeg> {
    const leg = new RtpLeg(options, observer, media);
    return leg.#open(media, () => (leg.#answer = leg.#take(offer)));
  }

  /** Makes the leg of an outgoing call. */
  static async offering(
    options: RtpLegOptions,
    observer: LegObserver,
    media: TrunkMediaOptions,
  ): Promise<RtpLeg> {
    const leg = new RtpLeg(options, observer, media);
    return leg.#open(media, () => (leg.#offer = leg.#agreement.offer()));
  }

  get answer(): string {
    return this.#answer;
  }

  get offer(): string {
    return this.#offer;
  }

  get isHeldByFarSide(): boolean {
    return this.#agreed?.isHeldByFarSide ?? false;
  }

  listenTo(kind: MediaKind, source: MediaSource | null): void {
    if (this.#ended || kind !== 'audio') return;
    this.#source = source;
    this.#mouth?.listenTo(source);
  }

  addCandidate(): Promise<void> {
    return Promise.resolve();
  }

  reoffer(offer: string): Promise<string> {
    return this.#settling(() => (this.#answer = this.#take(offer)));
  }

  offerAnew(direction: MediaDirection): Promise<string> {
    return this.#settling(() => this.#agreement.offerAnew(direction));
  }

  accept(answer: string): Promise<void> {
    return this.#settling(() => this.#use(this.#agreement.accept(answer)));
  }

  withdraw(): void {
    this.#agreement.withdraw();
  }

  sendDigits(digits: string): Promise<void> {
    return this.#digits.send(digits);
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    if (this.#mouth) this.#control.stop();
    this.#ended = true;
    this.#quiet.stop();
    this.#filler.stop();
    this.#digits.close();
    this.#mouth?.close();
    this.output.close();
    await (this.#wire as RtpWire | undefined)?.close();
    this.options.closed(this);
  }

  async #open(media: TrunkMediaOptions, describe: () => void): Promise<this> {
    try {
      this.#wire = await RtpWire.open(this.options.ports, media.address, this.#log, {
        rtp: (packet) => this.#received(packet),
        control: (packet) => this.#control.read(packet),
        failed: (why) => this.#failed(why),
      });
      this.#agreement = new Agreement(media, this.#wire.port, this.#wire.controlPort, {
        id: String(randomInt(1, 2 ** 47)),
      });
      describe();
    } catch (error) {
      await this.close();
      throw asMediaFailure(error);
    }
    return this;
  }

  #take(offer: string): string {
    const { answer, agreed } = this.#agreement.answer(offer);
    this.#use(agreed);
    return answer;
  }

  /** From now on media goes as agreed. */
  #use(agreed: Agreed): void {
    this.#agreed = agreed;
    const payloadTypes = new Set([...agreed.receive.keys(), COMFORT_NOISE]);
    this.#wire.agree({ ...agreed, payloadTypes });
    this.output.expect(agreed.receive);
    if (!this.#mouth?.speaks(agreed)) {
      this.#mouth?.close();
      this.#mouth = new Mouth(
        agreed,
        this.#log,
        (packet) => this.#send(packet),
        () => this.#digits.audioSent(),
      );
      this.#mouth.listenTo(this.#source);
    }
    this.#control.start();
    this.#filler.start();
    this.#quiet.expect(agreed.mayReceive);
    // The caller is to have the leg before it hears of it.
    setImmediate(() => this.#connected());
  }

  #received(packet: RtpPacket): void {
    const codec = this.#agreed?.receive.get(packet.payloadType);
    if (codec) this.#control.reception.count(packet, codec.clockRate);
    if (this.#agreed?.mayReceive) this.output.receive(packet);
  }

  get #maySend(): boolean {
    return !this.#ended && this.#agreed !== null && this.#agreed.maySend;
  }

  #send(packet: RtpPacket): void {
    if (!this.#maySend) return;
    this.#control.count(packet.ssrc, packet.payload.length);
    this.#wire.send(packet);
  }

  #connected(): void {
    if (this.#isConnected || this.#ended) return;
    this.#isConnected = true;
    this.#tell(() => this.observer.connected());
  }

  #failed(why: string): void {
    if (!this.#isConnected || this.#ended) return;
    this.#isConnected = false;
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

  /** A step of offer and answer: refused when the leg is closed. */
  #settling<T>(step: () => T): Promise<T> {
    if (this.#ended) return Promise.reject(new ProtocolError('wrong-state', 'The leg is closed.'));
    try {
      return Promise.resolve(step());
    } catch (error) {
      return Promise.reject(asMediaFailure(error));
    }
  }

  #digitOutlet(): DigitOutlet {
    const leg = this as RtpLeg;
    return {
      get stream() {
        return leg.#mouth!.stream;
      },
      get takesEvents() {
        return leg.#mouth?.takesEvents ?? false;
      },
      get canSend() {
        return leg.#maySend;
      },
      sendEvent: (payload: Buffer, position: RtpPosition, marker: boolean) =>
        leg.#mouth!.event(payload, position, marker),
      sendSilence: (position: RtpPosition) => leg.#mouth!.silence(position),
    };
  }

  #filled() {
    const leg = this as RtpLeg;
    return {
      get maySend() {
        return leg.#maySend;
      },
      get lastSentAt() {
        return leg.#mouth?.stream.lastSentAt ?? null;
      },
      get pauseMs() {
        return leg.#mouth?.pauseMs ?? 0;
      },
      sendSilence: () => leg.#mouth?.silence(),
    };
  }
}

function asMediaFailure(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new ProtocolError('media-failed', `The media of the trunk cannot be set up: ${why}`);
}
