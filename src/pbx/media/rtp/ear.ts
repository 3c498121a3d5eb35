/** What a trunk leg receives, as the phone system takes it: Opus and telephone events, and digits once per press. */
import type { Log } from '../../log.js';
import type { MediaKind, MediaPacket, MediaSource } from '../engine.js';
import { FanOut } from '../fan-out.js';
import { Reorder } from '../stream/reorder.js';
import { DigitReader, EVENT_CLOCK_RATE, scaleEvent } from '../stream/telephone-event.js';
import { G711IntoOpus } from './g711/into-opus.js';
import type { RtpPacket } from './packet.js';
import type { Codec } from './sdp/description.js';

/** Comfort noise (RFC 3389): a pause. Its number is the same everywhere. */
export const COMFORT_NOISE = 13;

export class Ear implements MediaSource {
  readonly #fanOut = new FanOut((kind, listeners) => {
    if (kind === 'audio') this.#transcoder.work(listeners > 0 && this.#isTelephony);
  });
  readonly #transcoder: G711IntoOpus;
  readonly #reorder = new Reorder<RtpPacket>((packet) => this.#telephony(packet));
  readonly #digits = new DigitReader();
  #codecs: ReadonlyMap<number, Codec> = new Map();
  /** What comes is telephone sound, and passes through the transcoder with all that lies between. */
  #isTelephony = false;
  #ssrc: number | null = null;

  constructor(
    log: Log,
    private readonly heard: (digit: string) => void,
  ) {
    this.#transcoder = new G711IntoOpus(log, (packet) => this.#fanOut.emit('audio', packet));
  }

  /** The codecs the far side may send by their numbers, the one it most likely will first. */
  expect(codecs: ReadonlyMap<number, Codec>): void {
    this.#codecs = codecs;
    const [first] = codecs.values();
    this.#tune(first?.name === 'PCMU' || first?.name === 'PCMA');
  }

  receive(packet: RtpPacket): void {
    if (packet.ssrc !== this.#ssrc) {
      this.#ssrc = packet.ssrc;
      this.#reorder.reset();
      this.#transcoder.startAnew();
    }
    const codec = this.#codecs.get(packet.payloadType);
    if (codec && codec.name !== 'telephone-event') this.#tune(codec.name !== 'opus');
    if (this.#isTelephony) return this.#reorder.put(packet);
    if (!codec) return;
    const { payload, sequence, timestamp, marker } = packet;
    if (codec.name === 'opus') {
      this.#fanOut.emit('audio', { payload, sequence, timestamp, marker, codec: 'opus' });
    } else {
      const event = scaleEvent(payload, codec.clockRate, EVENT_CLOCK_RATE);
      this.#fanOut.emit('audio', { payload: event, sequence, timestamp, marker, codec: 'telephone-event' });
      this.#read(packet);
    }
  }

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.#fanOut.subscribe(kind, listener);
  }

  /** A trunk has no picture. */
  requestKeyFrame(): void {}

  close(): void {
    this.#fanOut.clear();
    this.#reorder.reset();
    this.#transcoder.close();
  }

  #tune(telephony: boolean): void {
    if (telephony === this.#isTelephony) return;
    this.#isTelephony = telephony;
    this.#reorder.reset();
    this.#transcoder.startAnew();
    this.#transcoder.work(telephony && this.#fanOut.count('audio') > 0);
  }

  /** A packet of telephone sound, or one between, in its order. */
  #telephony(packet: RtpPacket): void {
    const codec = this.#codecs.get(packet.payloadType);
    if (codec?.name === 'PCMU' || codec?.name === 'PCMA') {
      this.#transcoder.sound(codec.name, packet, packet.payload);
    } else if (codec?.name === 'telephone-event') {
      const event = scaleEvent(packet.payload, codec.clockRate, EVENT_CLOCK_RATE);
      this.#transcoder.event(packet, event, packet.marker);
      this.#read(packet);
    } else {
      this.#transcoder.skip(packet.sequence);
    }
  }

  #read({ payload, timestamp, marker }: RtpPacket): void {
    const digit = this.#digits.read(payload, timestamp, marker);
    if (digit !== null) this.heard(digit);
  }
}
