/** What a leg with telephone sound sends: listens to a source, and makes of its Opus what the far side takes. */
import type { Log } from '../../../log.js';
import type { MediaPacket, MediaSource } from '../../engine.js';
import type { RtpPosition } from '../../stream/rtp-stream.js';
import { distance32 } from '../../stream/rtp-stream.js';
import { Sender } from '../../stream/sender.js';
import { compress, G711_RATE, type Law } from './law.js';
import { OpusIntoG711 } from './out-of-opus.js';

/** Puts a packet on the wire. Events come at the rate at which they pass from leg to leg. */
export type TransmitTelephony = (
  what: 'sound' | 'silence' | 'telephone-event',
  payload: Buffer,
  position: RtpPosition,
  marker: boolean,
) => void;

/** How far the sound may run ahead of the wall clock: 100 ms. What is more is left out. */
const MAX_AHEAD = G711_RATE / 10;
/**
 * How far it may fall behind: 300 ms. After a stall of the network or the process the sound comes in one burst and
 * catches up by itself; after more, it goes on at the moment it is.
 */
const MAX_BEHIND = (3 * G711_RATE) / 10;
const FRAME_SAMPLES = 160;

export class G711Sender extends Sender {
  readonly #transcoder: OpusIntoG711;
  readonly #silence: Buffer;
  /** Where the next piece belongs. */
  #next: number | null = null;
  /** The press that is being passed on: its time at the source, and here. */
  #press: { theirs: number; ours: number } | null = null;

  constructor(
    law: Law,
    packetMs: number,
    log: Log,
    private readonly transmit: TransmitTelephony,
    private readonly takesEvents: () => boolean,
  ) {
    super('audio', G711_RATE);
    this.#silence = compress(law, new Int16Array(FRAME_SAMPLES));
    this.#transcoder = new OpusIntoG711(
      law,
      packetMs,
      log,
      (payload) => this.#place('sound', payload),
      (packet) => this.#event(packet),
    );
  }

  /** Sends 20 ms of silence, by default after what was sent last. */
  silence(position?: RtpPosition): void {
    if (position) this.transmit('silence', this.#silence, position, false);
    else this.#place('silence', this.#silence);
  }

  close(): void {
    this.listenTo(null);
    this.#transcoder.close();
  }

  protected override changed(): void {
    this.#transcoder.startAnew();
    this.#press = null;
  }

  protected send(_source: MediaSource, packet: MediaPacket): void {
    this.#transcoder.put(packet);
  }

  #place(what: 'sound' | 'silence', payload: Buffer): void {
    const now = this.stream.now();
    const ahead = this.#next === null ? 0 : distance32(now, this.#next);
    // A burst after a pause that was filled with silence: its time has passed.
    if (ahead > MAX_AHEAD) return;
    const jumps = this.#next === null || ahead < -MAX_BEHIND;
    const timestamp = jumps ? now : this.#next!;
    this.#next = (timestamp + payload.length) >>> 0;
    this.transmit(what, payload, this.stream.insert(timestamp), jumps);
  }

  #event({ payload, timestamp, marker }: MediaPacket): void {
    if (!this.takesEvents()) return;
    if (this.#press?.theirs !== timestamp) this.#press = { theirs: timestamp, ours: this.stream.now() };
    this.transmit('telephone-event', payload, this.stream.insert(this.#press.ours), marker);
  }
}
