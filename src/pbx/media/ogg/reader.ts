/** Reads Ogg files (RFC 3533), and the Opus packets out of them (RFC 7845). */
import { opusSamples } from '../opus.js';
import { checksum } from './checksum.js';

/** A file that is no Ogg, or not of the kind asked for, or broken. */
export class OggError extends Error {
  override readonly name = 'OggError';
}

const HEADER_BYTES = 27;
const CONTINUED = 0x01;
const OPUS_HEAD = 'OpusHead';
const VORBIS_HEAD = '\x01vorbis';

interface Page {
  readonly serial: number;
  /** How many samples of its stream have passed at the end of the page. */
  readonly granule: bigint;
  readonly continued: boolean;
  readonly segments: readonly Buffer[];
  /** The last segment is the beginning of a packet that the next page goes on with. */
  readonly unfinished: boolean;
}

/** What the streams of a file hold, by the first packet of each. */
export type OggKind = 'opus' | 'vorbis' | 'other';

/** An Opus stream (RFC 7845, 5.1). */
export interface OpusStream {
  readonly packets: readonly Buffer[];
  /** Samples at its beginning that are not to be heard. */
  readonly preSkip: number;
  /** Samples to be heard, as far as the file says. */
  readonly samples: number;
  /** How much louder it is to be played, in 256ths of a decibel. */
  readonly gain: number;
}

/** What an Ogg file holds: Opus of up to two channels, else Vorbis, else something else. Checks the whole file; throws an {@link OggError}. */
export function oggKind(file: Buffer): OggKind {
  const kinds = new Set<OggKind>();
  for (const { segments } of pages(file)) {
    const start = segments[0]?.subarray(0, 8).toString('latin1') ?? '';
    // More channels than two stand in a header of another kind (RFC 7845, 5.1.1).
    if (start === OPUS_HEAD) kinds.add(segments[0]![18] === 0 ? 'opus' : 'other');
    else if (start.startsWith(VORBIS_HEAD)) kinds.add('vorbis');
  }
  return kinds.has('opus') ? 'opus' : kinds.has('vorbis') ? 'vorbis' : 'other';
}

/** The first Opus stream of a file; throws an {@link OggError}. */
export function readOpusStream(file: Buffer): OpusStream {
  const packets: Buffer[] = [];
  let serial: number | null = null;
  let partial: Buffer[] = [];
  let granule = 0n;
  for (const page of pages(file)) {
    if (serial === null && page.segments[0]?.toString('latin1', 0, 8) !== OPUS_HEAD) continue;
    serial ??= page.serial;
    if (page.serial !== serial) continue;
    if (page.granule > granule) granule = page.granule;
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
  const preSkip = head.readUInt16LE(10);
  const decoded = playable.reduce((samples, packet) => samples + opusSamples(packet), 0);
  // The last page may say that it ends within its last packet.
  const said = granule > 0n && granule < BigInt(decoded) ? Number(granule) : decoded;
  return {
    packets: playable,
    preSkip,
    samples: Math.max(0, said - preSkip),
    gain: head.readInt16LE(16),
  };
}

function* pages(file: Buffer): Generator<Page> {
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
      granule: page.readBigInt64LE(6),
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
