/** The end of a call at which a script sits: it plays, and what the other party says can be recorded. */
import type { LegMedia } from '../exchange/index.js';
import type { MediaEngine, MediaKind, MediaPlayer, MediaSource } from '../media/engine.js';
import { Relay } from '../media/relay.js';

export class ScriptMedia implements LegMedia {
  readonly isUnattended = true;
  readonly connected = Promise.resolve();
  readonly player: MediaPlayer;
  /** What the other party says. */
  readonly heard = new Relay();

  constructor(private readonly engine: MediaEngine) {
    this.player = engine.createPlayer();
  }

  get output(): MediaSource {
    return this.player;
  }

  listenTo(kind: MediaKind, source: MediaSource | null): void {
    if (kind === 'audio') this.heard.from(source);
  }

  /** A script is told the keys its caller presses; it has no use for the tones. */
  sendDigits(): Promise<void> {
    return Promise.resolve();
  }

  /** Taps what the other party says (see `MediaMixer.tap`). Returns the way to stop. */
  tap(listener: (frame: Int16Array) => void): () => void {
    const mixer = this.engine.createMixer();
    mixer.add(this.heard);
    const stop = mixer.tap(listener);
    return () => {
      stop();
      mixer.close();
    };
  }

  close(): Promise<void> {
    this.heard.from(null);
    this.player.close();
    return Promise.resolve();
  }
}
