/** Writes Opus packets as an Ogg file (RFC 3533, RFC 7845), page by page. */
import { randomInt } from 'node:crypto';
import { checksum } from './checksum.js';

const FIRST = 0x02;
const LAST = 0x04;
/** A second of packets of 20 ms: whoever reads along is never further behind. */
const PACKETS_PER_PAGE = 50;
/** The lengths of the packets on a page take up to so many bytes. */
const MAX_TABLE = 255;
const VENDOR = Buffer.from('Ozeki Webphone');

export class OggOpusWriter {
  readonly #serial = randomInt(2 ** 32);
  #pages = 0;
  #waiting: Buffer[] = [];
  #samples = 0n;

  /** Each packet is of `packetSamples`, and no longer than 1275 bytes. `preSkip` are the samples at the beginning that are not to be heard: what the encoder was behind by. */
  constructor(
    private readonly preSkip: number,
    private readonly packetSamples: number,
    private readonly header: { readonly channels: number; readonly gain: number } = { channels: 1, gain: 0 },
  ) {}

  /** What stands at the beginning of the file. */
  start(): Buffer {
    const head = Buffer.alloc(19);
    head.write('OpusHead');
    head.writeUInt8(1, 8); // version
    head.writeUInt8(this.header.channels, 9);
    head.writeUInt16LE(this.preSkip, 10);
    head.writeUInt32LE(48_000, 12);
    head.writeInt16LE(this.header.gain, 16);
    const tags = Buffer.concat([Buffer.from('OpusTags'), length32(VENDOR.length), VENDOR, length32(0)]);
    return Buffer.concat([this.#page([head], 0n, FIRST), this.#page([tags], 0n)]);
  }

  /** Adds a packet; returns what is to be written now, often nothing. */
  write(packet: Buffer): Buffer {
    // The last page must hold a packet, so that it can say where the sound ends: a full one waits for the next.
    const table = this.#waiting.reduce((sum, { length }) => sum + values(length), values(packet.length));
    const isFull = this.#waiting.length >= PACKETS_PER_PAGE || table > MAX_TABLE;
    const page = isFull ? this.#flush() : Buffer.alloc(0);
    this.#waiting.push(packet);
    return page;
  }

  /** The end of the file. So many samples are to be heard in all; what the last packet holds beyond is cut off. */
  end(samples: number): Buffer {
    const packets = this.#waiting;
    this.#waiting = [];
    return this.#page(packets, BigInt(samples + this.preSkip), LAST);
  }

  #flush(): Buffer {
    const packets = this.#waiting;
    this.#waiting = [];
    this.#samples += BigInt(packets.length * this.packetSamples);
    return this.#page(packets, this.#samples);
  }

  #page(packets: readonly Buffer[], granule: bigint, flags = 0): Buffer {
    const table = packets.flatMap(({ length }) => [
      ...new Array<number>(values(length) - 1).fill(255),
      length % 255,
    ]);
    const head = Buffer.alloc(27);
    head.write('OggS');
    head.writeUInt8(flags, 5);
    head.writeBigInt64LE(granule, 6);
    head.writeUInt32LE(this.#serial, 14);
    head.writeUInt32LE(this.#pages++, 18);
    head.writeUInt8(table.length, 26);
    const page = Buffer.concat([head, Buffer.from(table), ...packets]);
    page.writeUInt32LE(checksum(page), 22);
    return page;
  }
}

/** How many lacing values tell the length of a packet. */
function values(length: number): number {
  return Math.floor(length / 255) + 1;
}

function length32(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}
