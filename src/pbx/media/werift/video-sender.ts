/** What a leg sends of video. */
import type { MediaPacket, MediaSource } from '../engine.js';
import { Sender, type Transmit } from '../stream/sender.js';
import { PictureNumbers, readVp8 } from './vp8.js';

/** How often a source is reminded while the viewer waits for its key frame. */
const REMIND_MS = 500;

/**
 * Sends video, and nothing of a new source before its first key frame: until then the viewer keeps the last
 * picture, where half a picture would show as grey blocks.
 */
export class VideoSender extends Sender {
  #waiting = true;
  #askedAt = -Infinity;
  readonly #numbers = new PictureNumbers();

  constructor(private readonly transmit: Transmit) {
    super('video', 90_000);
  }

  /** The viewer has just connected: what went before did not reach it. */
  startAnew(): void {
    this.#waiting = true;
    this.requestKeyFrame();
  }

  /** The viewer lost a picture. */
  requestKeyFrame(): void {
    this.#askedAt = performance.now();
    this.source?.requestKeyFrame();
  }

  protected override changed(): void {
    this.startAnew();
  }

  protected send(source: MediaSource, packet: MediaPacket): void {
    const descriptor = readVp8(packet.payload);
    if (this.#waiting) {
      if (!descriptor?.keyFrame) {
        if (performance.now() - this.#askedAt > REMIND_MS) this.requestKeyFrame();
        return;
      }
      this.#waiting = false;
    }
    const position = this.stream.next(source, packet);
    if (!position) return;
    const payload = descriptor
      ? this.#numbers.renumber(packet.payload, descriptor, position.first)
      : packet.payload;
    // The marker ends a picture: it stays where the source put it.
    this.transmit('vp8', payload, position, packet.marker);
  }
}
