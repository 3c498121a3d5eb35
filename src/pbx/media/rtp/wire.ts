/** The sockets of a trunk leg: RTP and RTCP, plain or protected, from and to whom the agreement says. */
import type { Log } from '../../log.js';
import type { MediaPorts } from '../ports/media-ports.js';
import type { MediaSocket } from '../ports/media-socket.js';
import { isRtcp, readRtp, writeRtp, type RtpPacket } from './packet.js';
import type { Target } from './sdp/description.js';
import { SourceLock, type Source } from './source-lock.js';
import { SrtpContext } from './srtp/context.js';
import type { Suite } from './srtp/keys.js';

/** A key, and what is done with it. */
export interface Key {
  readonly suite: Suite;
  readonly master: Buffer;
}

/** What both sides agreed on, as far as sockets are concerned. */
export interface WireAgreement {
  /** Null: nothing is to be sent for now. */
  readonly target: Target | null;
  /** RTP and RTCP share the port. */
  readonly multiplexed: boolean;
  /** Null for plain RTP. */
  readonly keys: { readonly ours: Key; readonly theirs: Key } | null;
  /** The payload types the far side may send. */
  readonly payloadTypes: ReadonlySet<number>;
}

export interface WireObserver {
  rtp(packet: RtpPacket): void;
  /** A compound RTCP packet; returns whether it is one. */
  control(packet: Buffer): boolean;
  /** Sending has failed for so long that it is no passing trouble. */
  failed(why: string): void;
}

/** Sending that fails for so long, while nothing is heard, has failed for good. */
const MAX_ERROR_MS = 5000;

export class RtpWire {
  readonly #lock = new SourceLock();
  #agreement: WireAgreement | null = null;
  #ours: { key: Key; context: SrtpContext } | null = null;
  #theirs: { key: Key; context: SrtpContext } | null = null;
  /** Where RTCP came from; used in place of what was described. */
  #controlSource: Source | null = null;
  #errorsSince: number | null = null;
  #heardAt: number | null = null;

  private constructor(
    readonly address: string,
    private readonly rtp: MediaSocket,
    private readonly rtcp: MediaSocket,
    private readonly log: Log,
    private readonly observer: WireObserver,
  ) {
    rtp.onData = (data, [from, port]) => this.#arrived(data, { address: from, port });
    rtcp.onData = (data, [from, port]) => this.#controlArrived(data, { address: from, port });
    rtp.onError = (error) => this.#troubled(error);
  }

  /** Rejects with `media-failed` when there are no free ports, or the address is not this machine's. */
  static async open(ports: MediaPorts, address: string, log: Log, observer: WireObserver): Promise<RtpWire> {
    const [rtp, rtcp] = await ports.openPair(address);
    return new RtpWire(address, rtp, rtcp, log, observer);
  }

  get port(): number {
    return this.rtp.port;
  }

  get controlPort(): number {
    return this.rtcp.port;
  }

  /** When something genuine last arrived, on the clock of `performance.now()`; null before. */
  get heardAt(): number | null {
    return this.#heardAt;
  }

  /** From now on. What was agreed before is kept where it is the same: a key goes on counting. */
  agree(agreement: WireAgreement): void {
    const { target, keys } = agreement;
    this.#lock.describe(target && { address: target.address, port: target.port });
    if (target?.controlPort !== this.#agreement?.target?.controlPort) this.#controlSource = null;
    this.#agreement = agreement;
    this.#ours = keys && context(this.#ours, keys.ours);
    this.#theirs = keys && context(this.#theirs, keys.theirs);
    this.#errorsSince = null;
  }

  send(packet: RtpPacket): void {
    const target = this.#agreement?.target && this.#lock.target;
    if (!target) return;
    const plain = writeRtp(packet);
    void this.rtp.send(this.#ours?.context.protect(plain) ?? plain, [target.address, target.port]);
  }

  sendControl(packet: Buffer): void {
    const agreed = this.#agreement;
    if (!agreed?.target) return;
    const data = this.#ours?.context.protectControl(packet) ?? packet;
    const shared = agreed.multiplexed ? this.#lock.target : this.#controlSource;
    const { address, port } = shared ?? { address: agreed.target.address, port: agreed.target.controlPort };
    void (agreed.multiplexed ? this.rtp : this.rtcp).send(data, [address, port]);
  }

  async close(): Promise<void> {
    // A socket sends in the next turn only: what was sent last, a goodbye, is to go out.
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([this.rtp.close(), this.rtcp.close()]);
  }

  #arrived(data: Buffer, from: Source): void {
    const agreed = this.#agreement;
    if (!agreed) return;
    if (isRtcp(data)) return this.#controlArrived(data, from);
    const plain = this.#theirs ? this.#theirs.context.unprotect(data) : data;
    const packet = plain && readRtp(plain);
    if (!packet || !agreed.payloadTypes.has(packet.payloadType)) return;
    if (this.#theirs) this.#lock.prove(from, packet.ssrc);
    else if (!this.#lock.hears(from, packet)) return;
    this.#heard();
    this.observer.rtp(packet);
  }

  #controlArrived(data: Buffer, from: Source): void {
    if (!this.#agreement || !isRtcp(data)) return;
    const plain = this.#theirs ? this.#theirs.context.unprotectControl(data) : data;
    if (!plain) return;
    // Without a key, only the machine that is heard is believed.
    if (!this.#theirs && from.address !== this.#lock.target?.address) return;
    if (!this.observer.control(plain)) return;
    this.#controlSource = from;
    this.#heard();
  }

  #heard(): void {
    this.#heardAt = performance.now();
    this.#errorsSince = null;
  }

  #troubled(error: Error): void {
    const now = performance.now();
    if (this.#errorsSince === null) {
      this.#errorsSince = now;
      this.log.info({ error: error.message }, 'the media of a trunk cannot be sent');
    } else if (now - this.#errorsSince > MAX_ERROR_MS) {
      this.#errorsSince = null;
      this.observer.failed(`media cannot be sent to the far side: ${error.message}`);
    }
  }
}

/** The context of a key; the one there is when the key is the same, so that its count of packets goes on. */
function context(old: { key: Key; context: SrtpContext } | null, key: Key) {
  if (old?.key.suite === key.suite && old.key.master.equals(key.master)) return old;
  return { key, context: new SrtpContext(key.suite, key.master) };
}
