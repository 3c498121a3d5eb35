/** Sends Opus packets one after the other, each when the one before it has passed. */
import type { MediaPacket } from '../engine.js';
import { OPUS_CLOCK_RATE, opusSamples } from '../opus.js';
import { Pace } from './pace.js';

/** How long nothing is sent when there is no packet, in samples: 20 ms. */
const PAUSE_SAMPLES = 960;

/** The packet whose turn it is; `pause` for 20 ms of nothing; `end` when the last one has passed. */
export type NextPacket = () => Buffer | 'pause' | 'end';

export class Playout {
  readonly #pace = new Pace((leftOutMs) => this.#step(leftOutMs));
  #next: NextPacket = () => 'end';
  #sequence = 0;
  #timestamp = 0;
  /** The wall clock at which the timestamp holds; whoever listens on after a pause is to see it go on. */
  #timestampAt = performance.now();
  #first = true;

  constructor(private readonly emit: (packet: MediaPacket) => void) {}

  get isPlaying(): boolean {
    return this.#pace.isRunning;
  }

  /** Begins at once, or goes on with other packets as soon as the last one has passed. */
  start(next: NextPacket): void {
    this.stop();
    this.#next = next;
    this.#first = true;
    const ahead = this.#timestampAt - performance.now();
    if (ahead < 0) this.#advance(Math.round((-ahead * OPUS_CLOCK_RATE) / 1000));
    this.#pace.start(Math.max(0, ahead));
  }

  stop(): void {
    this.#pace.stop();
  }

  #step(leftOutMs: number): number {
    this.#advance((leftOutMs * OPUS_CLOCK_RATE) / 1000);
    const payload = this.#next();
    if (payload === 'end') {
      this.stop();
      return 0;
    }
    const timestamp = this.#timestamp;
    // What is no Opus packet is not sent; its time passes all the same, so that no clip can be endless work.
    const samples = payload === 'pause' ? 0 : opusSamples(payload);
    const passing = samples || PAUSE_SAMPLES;
    this.#advance(passing);
    if (payload !== 'pause' && samples > 0) this.#send(payload, timestamp);
    return (passing * 1000) / OPUS_CLOCK_RATE;
  }

  #send(payload: Buffer, timestamp: number): void {
    const marker = this.#first;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#first = false;
    this.emit({ payload, sequence: this.#sequence, timestamp, marker, codec: 'opus' });
  }

  #advance(samples: number): void {
    this.#timestamp = (this.#timestamp + samples) >>> 0;
    this.#timestampAt += (samples * 1000) / OPUS_CLOCK_RATE;
  }
}
