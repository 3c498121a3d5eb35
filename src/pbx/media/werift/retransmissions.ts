/** The latest packets of a video stream, to send again what the viewer reports as lost (RFC 4585, 6.2.1). */
import type { RtpPosition } from '../stream/rtp-stream.js';

/** About two seconds of video. */
const CAPACITY = 512;
/** How many lost packets one report is answered for. */
const MAX_PER_REPORT = 64;

export interface SentPacket {
  readonly payload: Buffer;
  readonly position: RtpPosition;
  readonly marker: boolean;
}

export class Retransmissions {
  readonly #packets: ({ sequence: number; packet: SentPacket } | undefined)[] = [];

  keep(packet: SentPacket): void {
    const { sequence } = packet.position;
    this.#packets[sequence % CAPACITY] = { sequence, packet };
  }

  /** Those of the packets that are still there. */
  find(sequences: readonly number[]): SentPacket[] {
    return sequences.slice(0, MAX_PER_REPORT).flatMap((sequence) => {
      const entry = this.#packets[sequence % CAPACITY];
      return entry?.sequence === sequence ? [entry.packet] : [];
    });
  }
}
