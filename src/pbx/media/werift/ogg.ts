/** Reads the Opus packets out of an Ogg file (RFC 3533, RFC 7845). */
import { OPUS_CLOCK_RATE, opusSamples } from '../opus.js';

/** A file that is not Ogg/Opus, or is broken. */
export class OggError extends Error {
  override readonly name = 'OggError';
}

/** Twenty minutes of music at a high bit rate. */
export const MAX_OGG_BYTES = 64 * 1024 * 1024;

const HEADER_BYTES = 27;
const CONTINUED = 0x01;

interface Page {
  readonly serial: number;
  readonly continued: boolean;
  readonly segments: readonly Buffer[];
  /** The last segment is the beginning of a packet that the next page goes on with. */
  readonly unfinished: boolean;
}

/** The audio packets of the first Opus stream of a file, in order; throws an {@link OggError}. */
export function readOggOpus(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let serial: number | null = null;
  let partial: Buffer[] = [];
  for (const page of pages(file)) {
    if (serial === null && !page.segments[0]?.subarray(0, 8).equals(Buffer.from('OpusHead'))) continue;
    serial ??= page.serial;
    if (page.serial !== serial) continue;
    if (!page.continued) partial = [];
    for (const [index, segment] of page.segments.entries()) {
      partial.push(segment);
      if (index === page.segments.length - 1 && page.unfinished) break;
      packets.push(Buffer.concat(partial));
      partial = [];
    }
  }
  const [head, tags, ...audio] = packets;
  if (!head) throw new OggError('it holds no Opus stream');
  if (head.length < 19 || head[8]! >> 4 !== 0) throw new OggError('its Opus header cannot be read');
  if (head[18] !== 0) throw new OggError('it has more than two channels');
  if (!tags?.subarray(0, 8).equals(Buffer.from('OpusTags'))) throw new OggError('its Opus tags are missing');
  const playable = audio.filter((packet) => opusSamples(packet) > 0);
  if (playable.length === 0) throw new OggError('it holds no audio');
  return playable;
}

/** How long packets last together, in seconds. */
export function playingTime(packets: readonly Buffer[]): number {
  return packets.reduce((samples, packet) => samples + opusSamples(packet), 0) / OPUS_CLOCK_RATE;
}

function* pages(file: Buffer): Generator<Page> {
  if (file.length > MAX_OGG_BYTES) throw new OggError(`it is larger than ${MAX_OGG_BYTES / 1024 / 1024} MB`);
  let at = 0;
  while (at < file.length) {
    if (file.length - at < HEADER_BYTES || file.toString('latin1', at, at + 4) !== 'OggS') {
      throw new OggError(at === 0 ? 'it is not an Ogg file' : `it is broken at byte ${at}`);
    }
    if (file[at + 4] !== 0) throw new OggError('it is of an unknown version of Ogg');
    const count = file[at + 26]!;
    const table = file.subarray(at + HEADER_BYTES, at + HEADER_BYTES + count);
    const size = table.reduce((sum, length) => sum + length, 0);
    const body = at + HEADER_BYTES + count;
    if (table.length < count || body + size > file.length)
      throw new OggError('it ends in the middle of a page');
    const page = file.subarray(at, body + size);
    if (checksum(page) !== page.readUInt32LE(22)) throw new OggError(`the checksum at byte ${at} is wrong`);
    yield {
      serial: page.readUInt32LE(14),
      continued: (page[5]! & CONTINUED) !== 0,
      segments: segments(table, file.subarray(body, body + size)),
      unfinished: count > 0 && table[count - 1] === 255,
    };
    at = body + size;
  }
}

/** Puts the lacing values of a page together to its packets, or parts of packets at its ends. */
function segments(table: Buffer, body: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  let end = 0;
  for (const [index, length] of table.entries()) {
    end += length;
    if (length === 255 && index < table.length - 1) continue;
    parts.push(body.subarray(start, end));
    start = end;
  }
  return parts;
}

const CRC = new Uint32Array(256).map((_, index) => {
  let remainder = index << 24;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 0x80000000 ? (remainder << 1) ^ 0x04c11db7 : remainder << 1;
  }
  return remainder >>> 0;
});

/** The checksum of a page, with its own field taken as zero (RFC 3533, 6). */
export function checksum(page: Buffer): number {
  let crc = 0;
  for (let at = 0; at < page.length; at++) {
    const byte = at >= 22 && at < 26 ? 0 : page[at]!;
    crc = ((crc << 8) ^ CRC[((crc >>> 24) ^ byte) & 0xff]!) >>> 0;
  }
  return crc;
}
