/**
 * Sender reports (RFC 3550, 6.4.1) for a leg's streams: they tell the browser which moment a timestamp belongs to,
 * so that lips and voice stay together.
 */
import { ntpTime, RtcpSenderInfo, RtcpSrPacket, type RtcpPacket } from 'werift';
import type { MediaKind } from '../engine.js';
import type { RtpStream } from '../stream/rtp-stream.js';

const INTERVAL_MS = 1000;

/** A stream that is reported on. */
export interface ReportedStream {
  readonly stream: RtpStream;
  readonly ssrc: () => number;
}

export class SenderReports {
  readonly #sent = { audio: { packets: 0, bytes: 0 }, video: { packets: 0, bytes: 0 } };
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly streams: Readonly<Record<MediaKind, ReportedStream>>,
    private readonly send: (packets: RtcpPacket[]) => void,
  ) {}

  count(kind: MediaKind, bytes: number): void {
    const sent = this.#sent[kind];
    sent.packets = (sent.packets + 1) >>> 0;
    sent.bytes = (sent.bytes + bytes) >>> 0;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#report(), INTERVAL_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #report(): void {
    const kinds = (['audio', 'video'] as const).filter((kind) => this.#sent[kind].packets > 0);
    for (const kind of kinds) {
      const { stream, ssrc } = this.streams[kind];
      const senderInfo = new RtcpSenderInfo({
        ntpTimestamp: ntpTime(),
        rtpTimestamp: stream.now(),
        packetCount: this.#sent[kind].packets,
        octetCount: this.#sent[kind].bytes,
      });
      this.send([new RtcpSrPacket({ ssrc: ssrc(), senderInfo })]);
    }
  }
}
