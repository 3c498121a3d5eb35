/** Music for whoever is on hold: one source for all, with a clock that runs only while somebody listens. */
import type { MediaKind, MediaPacket, MediaSource } from '../engine.js';
import type { Log } from '../../log.js';
import { FanOut } from '../fan-out.js';
import { opusSamples, OPUS_CLOCK_RATE } from './opus.js';
import { ComposedTune, type Recording } from './recording.js';

/** After a pause of the process longer than this, the music goes on from where it was instead of catching up. */
const MAX_LAG_MS = 200;

export class HoldMusic implements MediaSource {
  readonly #fanOut = new FanOut((kind, listeners) => {
    if (kind === 'audio') this.#listened(listeners > 0);
  });
  #timer: NodeJS.Timeout | null = null;
  #due = 0;
  #next = 0;
  #sequence = 0;
  #timestamp = 0;

  /** Plays a recording; without one, the built-in tune, composed when somebody first listens. */
  constructor(
    private recording: Recording | null,
    private readonly log: Log,
  ) {}

  /** Whether music is being played to somebody. */
  get isPlaying(): boolean {
    return this.#timer !== null;
  }

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.#fanOut.subscribe(kind, listener);
  }

  /** Music has no picture. */
  requestKeyFrame(): void {}

  close(): void {
    this.#fanOut.clear();
  }

  #listened(somebody: boolean): void {
    if (somebody && !this.#timer) {
      this.recording ??= this.#compose();
      this.#due = performance.now();
      this.#wait(0);
    } else if (!somebody && this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
  }

  #compose(): Recording {
    const tune = new ComposedTune();
    tune.compose().catch((error: unknown) => {
      this.log.error({ error: String(error) }, 'the hold music could not be composed');
    });
    return tune;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => this.#play(), ms);
  }

  /** Plays what is due. The next time follows from the music's own clock, so nothing adds up over time. */
  #play(): void {
    const now = performance.now();
    if (now - this.#due > MAX_LAG_MS) {
      this.#timestamp = (this.#timestamp + Math.round(((now - this.#due) * OPUS_CLOCK_RATE) / 1000)) >>> 0;
      this.#due = now;
    }
    while (this.#due <= now && this.#timer) this.#playOne();
    if (this.#timer) this.#wait(Math.max(1, this.#due - performance.now()));
  }

  #playOne(): void {
    const { packets, complete } = this.recording!;
    if (complete && this.#next >= packets.length) this.#next = 0;
    const payload = packets[this.#next];
    const samples = payload ? opusSamples(payload) : 960;
    const timestamp = this.#timestamp;
    this.#due += (samples * 1000) / OPUS_CLOCK_RATE;
    this.#timestamp = (timestamp + samples) >>> 0;
    // Not composed yet: the time passes, and the tune begins a moment later.
    if (!payload) return;
    this.#next += 1;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const sequence = this.#sequence;
    this.#fanOut.emit('audio', { payload, sequence, timestamp, marker: false, codec: 'opus' });
  }
}
