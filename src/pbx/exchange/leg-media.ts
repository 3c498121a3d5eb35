/** What a leg hears and sends, whether a phone or an application is at its end. */
import type { MediaKind, MediaSource } from '../media/engine.js';

export interface LegMedia {
  /**
   * Nobody sits there: an application. It is played no music while it waits, and two of them are never left
   * alone with each other, since neither would hang up.
   */
  readonly isUnattended: boolean;
  /** Resolves when the party can hear and be heard, and at the end of the media at the latest. */
  readonly connected: Promise<void>;
  /** What the party sends; null while there is no media. */
  readonly output: MediaSource | null;
  /** Connects what the party hears or sees. */
  listenTo(kind: MediaKind, source: MediaSource | null): void;
  /** Lets the party hear digits. Rejects with `wrong-state` when it cannot. */
  sendDigits(digits: string): Promise<void>;
  close(): Promise<void>;
}
