/** What a leg sends of one kind: listens to a source and gives its packets a place in the party's stream. */
import type { MediaKind, MediaPacket, MediaSource } from '../engine.js';
import { RtpStream, type RtpPosition } from './rtp-stream.js';

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
    private readonly transmit: Transmit,
    private readonly takesEvents: () => boolean,
  ) {
    super('audio', 48_000);
  }

  protected send(source: MediaSource, packet: MediaPacket): void {
    if (packet.codec === 'telephone-event' && !this.takesEvents()) return this.stream.omit(source, packet);
    const position = this.stream.next(source, packet);
    if (!position) return;
    // The marker tells the party's jitter buffer where it may adapt: at the start of another source.
    this.transmit(packet.codec, packet.payload, position, packet.marker || position.first);
  }
}
