/** What a leg receives: sorts packets by payload type, reads digits, and passes everything on to the listeners. */
import type { RtpPacket } from 'werift';
import type { MediaKind, MediaPacket, MediaSource } from '../engine.js';
import { FanOut } from '../fan-out.js';
import { KeyFrameRequests } from './key-frame-requests.js';
import type { Codec } from './offer.js';
import { DigitReader, EVENT_CLOCK_RATE, scaleEvent } from '../stream/telephone-event.js';

export class Receiver implements MediaSource {
  readonly #fanOut = new FanOut();
  readonly #digits = new DigitReader();
  readonly #keyFrames: KeyFrameRequests;
  #codecs = new Map<number, Codec>();
  #videoSsrc: number | null = null;
  #keyFrameWanted = false;

  /** `requestKeyFrame` sends the request to the party's video stream and says whether it could. */
  constructor(
    private readonly heard: (digit: string) => void,
    requestKeyFrame: (ssrc: number) => boolean,
  ) {
    this.#keyFrames = new KeyFrameRequests(() => {
      const sent = this.#videoSsrc !== null && requestKeyFrame(this.#videoSsrc);
      this.#keyFrameWanted = !sent;
      return sent;
    });
  }

  expect(codecs: readonly Codec[]): void {
    this.#codecs = new Map(codecs.map((codec) => [codec.payloadType, codec]));
  }

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.#fanOut.subscribe(kind, listener);
  }

  requestKeyFrame(): void {
    this.#keyFrames.request();
  }

  receive({ header, payload }: RtpPacket): void {
    const codec = this.#codecs.get(header.payloadType);
    if (!codec) return;
    const { sequenceNumber: sequence, timestamp, marker } = header;
    if (codec.name === 'VP8') {
      this.#videoSsrc = header.ssrc;
      this.#fanOut.emit('video', { payload, sequence, timestamp, marker, codec: 'vp8' });
      if (this.#keyFrameWanted) this.#keyFrames.request();
    } else if (codec.name === 'opus') {
      this.#fanOut.emit('audio', { payload, sequence, timestamp, marker, codec: 'opus' });
    } else {
      const digit = this.#digits.read(payload, timestamp, marker);
      const event = scaleEvent(payload, codec.clockRate, EVENT_CLOCK_RATE);
      this.#fanOut.emit('audio', { payload: event, sequence, timestamp, marker, codec: 'telephone-event' });
      if (digit !== null) this.heard(digit);
    }
  }

  close(): void {
    this.#keyFrames.stop();
    this.#keyFrameWanted = false;
    this.#fanOut.clear();
  }
}
