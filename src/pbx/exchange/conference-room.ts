/** A conference: everybody who calls it hears everybody else, and nobody hears himself. */
import type { Settings } from '../config/settings.js';
import type { MediaEngine, MediaKind, MediaMixer, MediaSource } from '../media/engine.js';
import { Relay } from '../media/relay.js';
import type { Application } from './application.js';
import type { LegMedia } from './leg-media.js';

export type ConferenceSettings = Settings['conferences'][number];

export class ConferenceRoom implements Application {
  readonly account;
  readonly answersAtOnce = true;
  #mixer: MediaMixer | null = null;
  #seats = 0;

  constructor(
    { id, name }: ConferenceSettings,
    private readonly engine: MediaEngine,
  ) {
    this.account = { id, name, kind: 'extension', type: 'Conference' } as const;
  }

  /** Gives the caller a seat. The room works from the first guest to the last. */
  openMedia(): LegMedia {
    this.#mixer ??= this.engine.createMixer();
    this.#seats += 1;
    return new Seat(this.#mixer, () => {
      this.#seats -= 1;
      if (this.#seats > 0) return;
      this.#mixer?.close();
      this.#mixer = null;
    });
  }

  /** A room does nothing about its guests. */
  tell(): void {}
}

/** The room's end of one call. Who sits there can change, when calls are joined or transferred. */
class Seat implements LegMedia {
  readonly isUnattended = true;
  readonly connected = Promise.resolve();
  readonly output: MediaSource;
  readonly #guest = new Relay();
  #remove: (() => void) | null;

  constructor(
    mixer: MediaMixer,
    private readonly left: () => void,
  ) {
    this.#remove = mixer.add(this.#guest);
    this.output = mixer.output(this.#guest);
  }

  listenTo(kind: MediaKind, source: MediaSource | null): void {
    if (kind === 'audio') this.#guest.from(source);
  }

  /** The room has no use for digits. */
  sendDigits(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#guest.from(null);
    this.#remove?.();
    if (this.#remove) this.left();
    this.#remove = null;
    return Promise.resolve();
  }
}
