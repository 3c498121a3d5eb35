/** RTP packets (RFC 3550, 5.1), read from whatever a socket receives and written for a socket to send. */

export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

export const RTP_HEADER_BYTES = 12;
const VERSION = 2;
const PADDING = 0x20;
const EXTENSION = 0x10;
const MARKER = 0x80;

/** Packet types of RTCP, which share a port with RTP when both are multiplexed (RFC 5761, 4). */
const FIRST_RTCP = 192;
const LAST_RTCP = 223;

/** Whether a datagram of a multiplexed port is RTCP. */
export function isRtcp(datagram: Buffer): boolean {
  return datagram.length >= 8 && datagram[1]! >= FIRST_RTCP && datagram[1]! <= LAST_RTCP;
}

/** How many bytes come before the payload; null when it is no RTP packet. */
export function rtpHeaderLength(datagram: Buffer): number | null {
  if (datagram.length < RTP_HEADER_BYTES || datagram[0]! >> 6 !== VERSION) return null;
  let length = RTP_HEADER_BYTES + 4 * (datagram[0]! & 0x0f);
  if (datagram[0]! & EXTENSION) {
    if (datagram.length < length + 4) return null;
    length += 4 + 4 * datagram.readUInt16BE(length + 2);
  }
  return length <= datagram.length ? length : null;
}

/** Reads a packet; null when it is none. The payload is a view of the datagram. */
export function readRtp(datagram: Buffer): RtpPacket | null {
  const start = rtpHeaderLength(datagram);
  if (start === null) return null;
  const padding = datagram[0]! & PADDING ? datagram.at(-1)! : 0;
  const end = datagram.length - padding;
  if ((datagram[0]! & PADDING && padding === 0) || end < start) return null;
  return {
    payloadType: datagram[1]! & 0x7f,
    marker: (datagram[1]! & MARKER) !== 0,
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    payload: datagram.subarray(start, end),
  };
}

export function writeRtp({ payloadType, marker, sequence, timestamp, ssrc, payload }: RtpPacket): Buffer {
  const datagram = Buffer.allocUnsafe(RTP_HEADER_BYTES + payload.length);
  datagram[0] = VERSION << 6;
  datagram[1] = (marker ? MARKER : 0) | payloadType;
  datagram.writeUInt16BE(sequence, 2);
  datagram.writeUInt32BE(timestamp, 4);
  datagram.writeUInt32BE(ssrc, 8);
  payload.copy(datagram, RTP_HEADER_BYTES);
  return datagram;
}
