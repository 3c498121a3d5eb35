/** RTCP of a trunk leg (RFC 3550, 6): what it reports, and what it reads of the far side's reports. */
import { ntpTime, RtcpRrPacket, RtcpSenderInfo, RtcpSrPacket } from 'werift';
import { Reception } from './reception.js';

/** Five seconds on average, each time between a half and one and a half of it, so that reports do not meet. */
const INTERVAL_MS = 5000;
const SENDER_REPORT = 200;
const DESCRIPTION = 202;
const GOODBYE = 203;
const SENDER_REPORT_BYTES = 28;
const CNAME = 1;

/** What of our stream is reported. */
export interface ReportedStream {
  readonly ssrc: number;
  /** The timestamp of this moment. */
  readonly timestamp: number;
}

export class Control {
  readonly reception = new Reception();
  #sent = { ssrc: 0, packets: 0, bytes: 0 };
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly cname: string,
    private readonly stream: () => ReportedStream,
    private readonly send: (packet: Buffer) => void,
  ) {}

  /** A packet of our stream went out. */
  count(ssrc: number, bytes: number): void {
    if (this.#sent.ssrc !== ssrc) this.#sent = { ssrc, packets: 0, bytes: 0 };
    this.#sent.packets = (this.#sent.packets + 1) >>> 0;
    this.#sent.bytes = (this.#sent.bytes + bytes) >>> 0;
  }

  /** Reads a compound packet, which may be anything; false when it is not one. */
  read(compound: Buffer): boolean {
    let at = 0;
    while (at < compound.length) {
      if (compound.length - at < 4 || compound[at]! >> 6 !== 2) return false;
      const length = 4 * (compound.readUInt16BE(at + 2) + 1);
      if (at + length > compound.length) return false;
      if (compound[at + 1] === SENDER_REPORT && length >= SENDER_REPORT_BYTES) {
        this.reception.reported(compound.readUInt32BE(at + 4), compound.readUInt32BE(at + 10));
      }
      at += length;
    }
    return compound.length > 0;
  }

  start(): void {
    this.#timer ??= setTimeout(() => this.#again(), INTERVAL_MS * Math.random());
  }

  /** Reports for the last time, with a goodbye. */
  stop(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.send(Buffer.concat([this.#report(), named(GOODBYE, this.stream().ssrc, Buffer.alloc(0))]));
  }

  #again(): void {
    this.send(this.#report());
    this.#timer = setTimeout(() => this.#again(), INTERVAL_MS * (0.5 + Math.random()));
  }

  #report(): Buffer {
    const { ssrc, timestamp } = this.stream();
    const reports = this.reception.take();
    const sending = this.#sent.ssrc === ssrc && this.#sent.packets > 0;
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp: ntpTime(),
      rtpTimestamp: timestamp,
      packetCount: this.#sent.packets,
      octetCount: this.#sent.bytes,
    });
    const first = sending
      ? new RtcpSrPacket({ ssrc, senderInfo, reports })
      : new RtcpRrPacket({ ssrc, reports });
    return Buffer.concat([first.serialize(), this.#description(ssrc)]);
  }

  #description(ssrc: number): Buffer {
    const text = Buffer.from(this.cname);
    // At least one zero ends the list of items, and the chunk ends at a full word (RFC 3550, 6.5).
    const items = Buffer.alloc(4 * Math.ceil((text.length + 3) / 4));
    items[0] = CNAME;
    items[1] = text.copy(items, 2);
    return named(DESCRIPTION, ssrc, items);
  }
}

/** A packet about one synchronisation source. */
function named(type: number, ssrc: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head[0] = (2 << 6) | 1;
  head[1] = type;
  head.writeUInt16BE(1 + body.length / 4, 2);
  head.writeUInt32BE(ssrc, 4);
  return Buffer.concat([head, body]);
}
