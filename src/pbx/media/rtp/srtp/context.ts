/**
 * SRTP and SRTCP of one direction (RFC 3711) by AES in counter mode and HMAC-SHA1. werift's classes know neither the
 * short tag nor replays, and lose count of rollovers around a loss; Node's own ciphers do the work either way.
 */
import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { rtpHeaderLength } from '../packet.js';
import { RTCP_TAG_BYTES, sessionKeys, TAG_BYTES, type SessionKeys, type Suite } from './keys.js';
import { ReplayWindow } from './replay-window.js';

/** A packet whose tag is wrong, that came before, or that is none. It is dropped. */
export type Dropped = null;

/** Streams that are kept track of; of more, the oldest is forgotten. */
const MAX_STREAMS = 8;
const RTCP_HEADER_BYTES = 8;
/** In front of the index of an SRTCP packet: its body is encrypted. */
const ENCRYPTED = 0x8000_0000;

interface Stream {
  /** The rollovers of the sequence number, and the highest sequence number since the last one. */
  rollovers: number;
  highest: number;
  readonly window: ReplayWindow;
}

export class SrtpContext {
  readonly #rtp: SessionKeys;
  readonly #rtcp: SessionKeys;
  readonly #tagBytes: number;
  readonly #streams = new Map<number, Stream>();
  readonly #controls = new Map<number, ReplayWindow>();
  #controlIndex = 0;

  constructor(suite: Suite, master: Buffer) {
    this.#tagBytes = TAG_BYTES[suite];
    this.#rtp = sessionKeys(master, 'rtp');
    this.#rtcp = sessionKeys(master, 'rtcp');
  }

  /** Protects an RTP packet. Packets of a stream are to come in their order, or nearly. */
  protect(packet: Buffer): Buffer {
    const start = rtpHeaderLength(packet)!;
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const stream = this.#streams.get(ssrc) ?? newStream(sequence);
    const rollovers = Math.max(0, guessRollovers(stream, sequence));
    this.#advance(ssrc, stream, rollovers, sequence);
    const body = crypt(this.#rtp, ssrc, rollovers, sequence, packet.subarray(start));
    const header = packet.subarray(0, start);
    return Buffer.concat([header, body, rtpTag(this.#rtp, header, body, rollovers, this.#tagBytes)]);
  }

  /** The RTP packet in a protected one. */
  unprotect(packet: Buffer): Buffer | Dropped {
    const start = rtpHeaderLength(packet);
    const end = packet.length - this.#tagBytes;
    if (start === null || start > end) return null;
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const stream = this.#streams.get(ssrc) ?? newStream(sequence);
    const rollovers = guessRollovers(stream, sequence);
    const index = rollovers * 0x10000 + sequence;
    if (rollovers < 0 || !stream.window.accepts(index)) return null;
    const header = packet.subarray(0, start);
    const body = packet.subarray(start, end);
    const tag = rtpTag(this.#rtp, header, body, rollovers, this.#tagBytes);
    if (!timingSafeEqual(tag, packet.subarray(end))) return null;
    // Only now: what is not genuine must not change what is known.
    stream.window.add(index);
    this.#advance(ssrc, stream, rollovers, sequence);
    return Buffer.concat([header, crypt(this.#rtp, ssrc, rollovers, sequence, body)]);
  }

  /** Protects an RTCP packet, compound or not. */
  protectControl(packet: Buffer): Buffer {
    this.#controlIndex = (this.#controlIndex + 1) & 0x7fff_ffff;
    const index = this.#controlIndex;
    const body = cryptControl(this.#rtcp, packet, index);
    const trailer = Buffer.alloc(4);
    trailer.writeUInt32BE((index | ENCRYPTED) >>> 0);
    const proven = Buffer.concat([packet.subarray(0, RTCP_HEADER_BYTES), body, trailer]);
    return Buffer.concat([proven, controlTag(this.#rtcp, proven)]);
  }

  /** The RTCP packet in a protected one. */
  unprotectControl(packet: Buffer): Buffer | Dropped {
    const end = packet.length - RTCP_TAG_BYTES;
    if (end < RTCP_HEADER_BYTES + 4) return null;
    const proven = packet.subarray(0, end);
    const word = proven.readUInt32BE(end - 4);
    const index = word & 0x7fff_ffff;
    const ssrc = packet.readUInt32BE(4);
    const window = this.#controls.get(ssrc) ?? new ReplayWindow();
    if (!window.accepts(index)) return null;
    if (!timingSafeEqual(controlTag(this.#rtcp, proven), packet.subarray(end))) return null;
    window.add(index);
    remember(this.#controls, ssrc, window);
    const plain = proven.subarray(0, end - 4);
    if (word < ENCRYPTED) return plain;
    return Buffer.concat([plain.subarray(0, RTCP_HEADER_BYTES), cryptControl(this.#rtcp, plain, index)]);
  }

  #advance(ssrc: number, stream: Stream, rollovers: number, sequence: number): void {
    if (rollovers > stream.rollovers || (rollovers === stream.rollovers && sequence > stream.highest)) {
      stream.rollovers = rollovers;
      stream.highest = sequence;
    }
    remember(this.#streams, ssrc, stream);
  }
}

function newStream(sequence: number): Stream {
  return { rollovers: 0, highest: sequence, window: new ReplayWindow() };
}

function remember<T>(map: Map<number, T>, ssrc: number, value: T): void {
  if (map.has(ssrc)) return;
  if (map.size >= MAX_STREAMS) map.delete(map.keys().next().value!);
  map.set(ssrc, value);
}

/** The count of rollovers a packet most likely belongs to (RFC 3711, 3.3.1); -1 before the first packet. */
function guessRollovers({ rollovers, highest }: Stream, sequence: number): number {
  if (highest < 0x8000) return sequence - highest > 0x8000 ? rollovers - 1 : rollovers;
  return highest - 0x8000 > sequence ? rollovers + 1 : rollovers;
}

/** Encrypts or decrypts (RFC 3711, 4.1.1). */
function crypt(keys: SessionKeys, ssrc: number, high: number, low: number, body: Buffer): Buffer {
  const counter = Buffer.alloc(16);
  keys.salt.copy(counter);
  counter.writeUInt32BE((counter.readUInt32BE(4) ^ ssrc) >>> 0, 4);
  counter.writeUInt32BE((counter.readUInt32BE(8) ^ high) >>> 0, 8);
  counter.writeUInt16BE(counter.readUInt16BE(12) ^ low, 12);
  return createCipheriv('aes-128-ctr', keys.encryption, counter).update(body);
}

function cryptControl(keys: SessionKeys, packet: Buffer, index: number): Buffer {
  const body = packet.subarray(RTCP_HEADER_BYTES);
  return crypt(keys, packet.readUInt32BE(4), index >>> 16, index & 0xffff, body);
}

function rtpTag(keys: SessionKeys, header: Buffer, body: Buffer, rollovers: number, bytes: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(rollovers);
  const hmac = createHmac('sha1', keys.authentication).update(header).update(body).update(count);
  return hmac.digest().subarray(0, bytes);
}

function controlTag(keys: SessionKeys, proven: Buffer): Buffer {
  return createHmac('sha1', keys.authentication).update(proven).digest().subarray(0, RTCP_TAG_BYTES);
}
