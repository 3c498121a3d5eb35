/**
 * Sends silence while nobody is heard: many far ends end a call without a stream, and ours opens the way through NAT
 * for theirs.
 */
const STEP_MS = 20;
/** A timer that is later than this stood in a busy process: what a source sent meanwhile comes first. */
const MAX_LATE_MS = 20;
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
  #timer: NodeJS.Timeout | null = null;
  /** When the last silence of ours went out; null while it was a source that was heard. */
  #filledAt: number | null = null;

  constructor(private readonly stream: FilledStream) {}

  start(): void {
    if (!this.#timer) this.#wait(0);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(ms: number, again = false): void {
    const due = performance.now() + ms;
    const timer = setTimeout(() => {
      const late = performance.now() - due;
      const yields = late > MAX_LATE_MS && !again;
      const next = yields ? 1 : this.#step(late);
      if (this.#timer === timer) this.#wait(next, yields);
    }, ms);
    this.#timer = timer;
  }

  /** Fills the pause there is; returns when to look again. `late` keeps the pace. */
  #step(late: number): number {
    const { maySend, lastSentAt, pauseMs } = this.stream;
    if (!maySend) return IDLE_MS;
    const left = lastSentAt === null ? 0 : lastSentAt + pauseMs - performance.now();
    // What was sent last may have been our own silence: then the next is due now.
    if (left > 0 && lastSentAt !== this.#filledAt) return Math.max(STEP_MS, left);
    this.stream.sendSilence();
    this.#filledAt = this.stream.lastSentAt;
    return Math.max(1, STEP_MS - late);
  }
}
