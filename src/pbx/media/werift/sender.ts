/** What a leg sends of one kind: listens to a source and gives its packets a place in the party's stream. */
import type { MediaKind, MediaPacket, MediaSource } from '../engine.js';
import { RtpStream, type RtpPosition } from './rtp-stream.js';
import { PictureNumbers, readVp8 } from './vp8.js';

/** Puts a packet on the wire. */
export type Transmit = (
  codec: MediaPacket['codec'],
  payload: Buffer,
  position: RtpPosition,
  marker: boolean,
) => void;

export abstract class Sender {
  #source: MediaSource | null = null;
  #leave: (() => void) | null = null;
  readonly stream: RtpStream;

  constructor(
    readonly kind: MediaKind,
    clockRate: number,
    protected readonly transmit: Transmit,
  ) {
    this.stream = new RtpStream(clockRate);
  }

  get source(): MediaSource | null {
    return this.#source;
  }

  listenTo(source: MediaSource | null): void {
    if (source === this.#source) return;
    this.#leave?.();
    this.#source = source;
    this.#leave = source?.subscribe(this.kind, (packet) => this.send(source, packet)) ?? null;
    if (source) this.changed();
  }

  /** Another source is listened to. */
  protected changed(): void {}

  protected abstract send(source: MediaSource, packet: MediaPacket): void;
}

export class AudioSender extends Sender {
  constructor(
    transmit: Transmit,
    private readonly takesEvents: () => boolean,
  ) {
    super('audio', 48_000, transmit);
  }

  protected send(source: MediaSource, packet: MediaPacket): void {
    if (packet.codec === 'telephone-event' && !this.takesEvents()) return this.stream.omit(source, packet);
    const position = this.stream.next(source, packet);
    if (!position) return;
    // The marker tells the party's jitter buffer where it may adapt: at the start of another source.
    this.transmit(packet.codec, packet.payload, position, packet.marker || position.first);
  }
}

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

  constructor(transmit: Transmit) {
    super('video', 90_000, transmit);
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
