/** A source whose origin can be exchanged while it is listened to; whoever listens keeps listening. */
import type { MediaKind, MediaPacket, MediaSource } from './engine.js';
import { FanOut } from './fan-out.js';

const KINDS = ['audio', 'video'] as const;

export class Relay implements MediaSource {
  #origin: MediaSource | null = null;
  readonly #leave: Record<MediaKind, (() => void) | null> = { audio: null, video: null };
  readonly #fanOut = new FanOut((kind) => this.#connect(kind));

  /** Passes on what this source sends from now on; null for nothing. */
  from(origin: MediaSource | null): void {
    if (origin === this.#origin) return;
    for (const kind of KINDS) this.#disconnect(kind);
    this.#origin = origin;
    for (const kind of KINDS) this.#connect(kind);
  }

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.#fanOut.subscribe(kind, listener);
  }

  requestKeyFrame(): void {
    this.#origin?.requestKeyFrame();
  }

  /** Listens to the origin as long as somebody listens here. */
  #connect(kind: MediaKind): void {
    if (this.#fanOut.count(kind) === 0) return this.#disconnect(kind);
    this.#leave[kind] ??= this.#origin?.subscribe(kind, (packet) => this.#fanOut.emit(kind, packet)) ?? null;
  }

  #disconnect(kind: MediaKind): void {
    this.#leave[kind]?.();
    this.#leave[kind] = null;
  }
}
