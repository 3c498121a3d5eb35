/** Plays clips to whoever listens. */
import type { Clip, MediaKind, MediaPacket, MediaPlayer } from '../engine.js';
import { FanOut } from '../fan-out.js';
import { Playout } from './playout.js';

export class ClipPlayer implements MediaPlayer {
  readonly #fanOut = new FanOut();
  readonly #playout = new Playout((packet) => this.#fanOut.emit('audio', packet));
  #settle: ((how: 'finished' | 'stopped') => void) | null = null;
  #closed = false;

  /** `closed` is called once, at the end. */
  constructor(private readonly closed: (player: ClipPlayer) => void = () => {}) {}

  play(clip: Clip, { repeat = false }: { repeat?: boolean } = {}): Promise<'finished' | 'stopped'> {
    this.stop();
    if (this.#closed) return Promise.resolve('stopped');
    const { packets } = clip;
    if (packets.length === 0) return Promise.resolve('finished');
    return new Promise((resolve) => {
      this.#settle = resolve;
      let at = 0;
      this.#playout.start(() => {
        if (repeat && at === packets.length) at = 0;
        const packet = packets[at++];
        if (!packet) this.#end('finished');
        return packet ?? 'end';
      });
    });
  }

  stop(): void {
    this.#playout.stop();
    this.#end('stopped');
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.stop();
    this.#fanOut.clear();
    this.closed(this);
  }

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.#fanOut.subscribe(kind, listener);
  }

  /** A clip has no picture. */
  requestKeyFrame(): void {}

  #end(how: 'finished' | 'stopped'): void {
    this.#settle?.(how);
    this.#settle = null;
  }
}
