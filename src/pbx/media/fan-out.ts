/** Passes packets on to whoever listens. */
import type { MediaKind, MediaPacket } from './engine.js';

export type PacketListener = (packet: MediaPacket) => void;

export class FanOut {
  readonly #listeners = { audio: new Set<PacketListener>(), video: new Set<PacketListener>() };

  constructor(private readonly changed: (kind: MediaKind, listeners: number) => void = () => {}) {}

  subscribe(kind: MediaKind, listener: PacketListener): () => void {
    // A wrapper of its own, so that the same function may listen twice and leave once.
    const entry: PacketListener = (packet) => listener(packet);
    this.#listeners[kind].add(entry);
    this.changed(kind, this.#listeners[kind].size);
    return () => {
      if (this.#listeners[kind].delete(entry)) this.changed(kind, this.#listeners[kind].size);
    };
  }

  emit(kind: MediaKind, packet: MediaPacket): void {
    for (const listener of this.#listeners[kind]) listener(packet);
  }

  count(kind: MediaKind): number {
    return this.#listeners[kind].size;
  }

  clear(): void {
    for (const kind of ['audio', 'video'] as const) {
      this.#listeners[kind].clear();
      this.changed(kind, 0);
    }
  }
}
