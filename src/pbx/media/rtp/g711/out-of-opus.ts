/** Makes telephone sound of Opus, in pieces of the length the far side asked for. */
import { createDecoder, type OpusDecoderHandle } from 'libopus-wasm';
import type { Log } from '../../../log.js';
import type { MediaPacket } from '../../engine.js';
import { Eventual } from '../../eventual.js';
import { OPUS_CLOCK_RATE, opusSamples } from '../../opus.js';
import { Reorder } from '../../stream/reorder.js';
import { distance16, distance32 } from '../../stream/rtp-stream.js';
import { compress, G711_RATE, type Law } from './law.js';

const SCALE = OPUS_CLOCK_RATE / G711_RATE;
/** A gap up to this is a loss to be concealed; a longer one is a pause: 60 ms, in samples at 48 kHz. */
const MAX_LOSS = (60 * OPUS_CLOCK_RATE) / 1000;

export class OpusIntoG711 {
  readonly #decoder: Eventual<OpusDecoderHandle>;
  readonly #reorder = new Reorder<MediaPacket>((packet) => this.#take(packet));
  #last: { sequence: number; timestamp: number; samples: number } | null = null;
  #waiting = new Int16Array(0);
  #complained = false;

  /** `send` gets a piece at a time; `event` the telephone events among the sound, in their order. */
  constructor(
    private readonly law: Law,
    private readonly packetMs: number,
    private readonly log: Log,
    private readonly send: (payload: Buffer) => void,
    private readonly event: (packet: MediaPacket) => void,
  ) {
    const making = createDecoder({ channels: 1, sampleRate: G711_RATE });
    this.#decoder = new Eventual(making, (error) => this.#complain(error));
  }

  put(packet: MediaPacket): void {
    this.#reorder.put(packet);
  }

  /** Another source is listened to. */
  startAnew(): void {
    this.#reorder.reset();
    this.#last = null;
    this.#waiting = new Int16Array(0);
  }

  close(): void {
    this.startAnew();
    this.#decoder.free();
  }

  #take(packet: MediaPacket): void {
    if (packet.codec === 'telephone-event') {
      if (this.#last) this.#last.sequence = packet.sequence;
      return this.event(packet);
    }
    const samples = packet.codec === 'opus' ? opusSamples(packet.payload) : 0;
    const decoder = this.#decoder.value;
    if (!decoder || samples === 0) return;
    const lost = this.#lostBefore(packet);
    if (lost > 0) this.#append(lost, () => conceal(decoder, lost, packet.payload));
    this.#append(samples, () => decoder.decode(packet.payload));
    this.#last = { sequence: packet.sequence, timestamp: packet.timestamp, samples };
  }

  /** Samples at 48 kHz that are missing: a pause leaves a gap in the time, but none in the numbers. */
  #lostBefore({ sequence, timestamp }: MediaPacket): number {
    const last = this.#last;
    if (!last || distance16(last.sequence, sequence) < 2) return 0;
    const lost = distance32(last.timestamp, timestamp) - last.samples;
    // The codec conceals steps of 2.5 ms.
    return lost > 0 && lost <= MAX_LOSS && lost % 120 === 0 ? lost : 0;
  }

  /** What cannot be decoded is silence of the same length. */
  #append(samples: number, decode: () => Int16Array): void {
    let pcm: Int16Array;
    try {
      pcm = decode();
    } catch (error) {
      this.#complain(error);
      pcm = new Int16Array(samples / SCALE);
    }
    const joined = new Int16Array(this.#waiting.length + pcm.length);
    joined.set(this.#waiting);
    joined.set(pcm, this.#waiting.length);
    const piece = (this.packetMs * G711_RATE) / 1000;
    let at = 0;
    for (; joined.length - at >= piece; at += piece) {
      this.send(compress(this.law, joined.subarray(at, at + piece)));
    }
    this.#waiting = joined.slice(at);
  }

  #complain(error: unknown): void {
    if (this.#complained) return;
    this.#complained = true;
    this.log.info({ problem: String(error) }, 'the sound for a trunk cannot be decoded');
  }
}

/** The next packet may carry the lost one in small (forward error correction, RFC 6716, 2.1.7). */
function conceal(decoder: OpusDecoderHandle, lost: number, next: Buffer): Int16Array {
  const length = lost / SCALE;
  if (lost === opusSamples(next)) return decoder.decode(next, { decodeFec: true, frameSize: length });
  return decoder.decodePacketLoss(length);
}
