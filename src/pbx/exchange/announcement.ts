/** Something said to one party of a call, over whatever it hears at the time. The other party does not hear it. */
import type { MediaMixer, MediaSource } from '../media/engine.js';
import { Relay } from '../media/relay.js';

export class Announcement {
  readonly #around = new Relay();

  /** `ended` is called once: the party is gone, or another announcement took the place of this one. */
  constructor(
    private readonly mixer: MediaMixer,
    said: MediaSource,
    private readonly ended: () => void,
  ) {
    mixer.add(this.#around);
    mixer.add(said);
  }

  /** What the party hears now, while this would be what it hears without the announcement. */
  over(source: MediaSource | null): MediaSource {
    this.#around.from(source);
    return this.mixer.output();
  }

  close(): void {
    this.#around.from(null);
    this.mixer.close();
    this.ended();
  }
}
