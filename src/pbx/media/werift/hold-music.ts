/** Music for whoever is on hold: one source for all, with a clock that runs only while somebody listens. */
import type { MediaKind, MediaPacket, MediaSource } from '../engine.js';
import type { Log } from '../../log.js';
import { FanOut } from '../fan-out.js';
import { Playout } from '../playout/playout.js';
import { ComposedTune, type Recording } from './recording.js';

export class HoldMusic implements MediaSource {
  readonly #fanOut = new FanOut((kind, listeners) => {
    if (kind === 'audio') this.#listened(listeners > 0);
  });
  readonly #playout = new Playout((packet) => this.#fanOut.emit('audio', packet));
  #at = 0;

  /** Plays a recording; without one, the built-in tune, composed when somebody first listens. */
  constructor(
    private recording: Recording | null,
    private readonly log: Log,
  ) {}

  /** Whether music is being played to somebody. */
  get isPlaying(): boolean {
    return this.#playout.isPlaying;
  }

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.#fanOut.subscribe(kind, listener);
  }

  /** Music has no picture. */
  requestKeyFrame(): void {}

  close(): void {
    this.#fanOut.clear();
  }

  /** The music goes on from where it was when the last listener left. */
  #listened(somebody: boolean): void {
    if (!somebody) return this.#playout.stop();
    if (this.#playout.isPlaying) return;
    const recording = (this.recording ??= this.#compose());
    this.#playout.start(() => {
      if (recording.complete && this.#at >= recording.packets.length) this.#at = 0;
      const packet = recording.packets[this.#at];
      // Not composed yet: the time passes, and the tune begins a moment later.
      if (!packet) return 'pause';
      this.#at += 1;
      return packet;
    });
  }

  #compose(): Recording {
    const tune = new ComposedTune();
    tune.compose().catch((error: unknown) => {
      this.log.error({ error: String(error) }, 'the hold music could not be composed');
    });
    return tune;
  }
}
