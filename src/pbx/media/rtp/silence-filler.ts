/**
 * Sends silence while nobody is heard: many far ends end a call without a stream, and ours opens the way through NAT
 * for theirs.
 */
import { Pace } from '../playout/pace.js';

const STEP_MS = 20;
/** While nothing may be sent, it is looked again after this. */
const IDLE_MS = 200;

export interface FilledStream {
  readonly maySend: boolean;
  /** When something was last sent, on the clock of `performance.now()`; null before. */
  readonly lastSentAt: number | null;
  /** The pause after which there is silence, in milliseconds: shorter ones are jitter of the source. */
  readonly pauseMs: number;
  sendSilence(): void;
}

export class SilenceFiller {
  readonly #pace = new Pace(() => this.#step());

  constructor(private readonly stream: FilledStream) {}

  start(): void {
    this.#pace.start();
  }

  stop(): void {
    this.#pace.stop();
  }

  #step(): number {
    const { maySend, lastSentAt, pauseMs } = this.stream;
    if (!maySend) return IDLE_MS;
    const left = lastSentAt === null ? 0 : lastSentAt + pauseMs - performance.now();
    // What was sent last may have been our own silence: then the next is due now.
    if (left > 0 && lastSentAt !== this.#filledAt) return Math.max(STEP_MS, left);
    this.stream.sendSilence();
    this.#filledAt = this.stream.lastSentAt;
    return STEP_MS;
  }

  #filledAt: number | null = null;
}
