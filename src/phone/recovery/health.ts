/**
 * Whether the phone system is still there, by two clocks: when something came from it last, and when it answered
 * last. A socket that is open one way only may bring events for a long time and answer nothing.
 */

/** How old the two may get before the phone system is asked, and how long it may take, in milliseconds. */
const RULES = {
  idle: { askAfter: 15_000, answerWithin: 10_000 },
  /** Somebody talks: what is wrong should be known before it is missed. */
  inCall: { askAfter: 3000, answerWithin: 2500 },
} as const;

/** How late a look may be, in milliseconds: even a page that nobody looks at is not that slow. */
const LATE_MS = 10_000;

/** What is looked after. */
export interface Patient {
  readonly heardAt: number;
  readonly answeredAt: number;
  probe(timeoutMs: number): unknown;
}

export class Health {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = 0;
  #dueAt = Infinity;

  constructor(
    private readonly patient: () => Patient | null,
    private readonly inCall: () => boolean,
    /** This device slept: nobody knows whether the phone system is still there. */
    private readonly slept: () => void,
  ) {}

  /**
   * Looks now, and again when it is due. `ask`: whatever is known, for example because the network may be another one
   * now.
   */
  look(ask = false): void {
    clearTimeout(this.#timer);
    const patient = this.patient();
    const now = Date.now();
    const late = now - this.#dueAt;
    this.#dueAt = Infinity;
    if (!patient) return;
    if (late > LATE_MS) return this.slept();
    const { askAfter, answerWithin } = RULES[this.inCall() ? 'inCall' : 'idle'];
    const oldest = Math.min(patient.heardAt, patient.answeredAt);
    if (ask || (now - oldest >= askAfter && now - this.#askedAt >= answerWithin)) {
      this.#askedAt = now;
      patient.probe(answerWithin);
    }
    this.#dueAt = Math.max(oldest + askAfter, this.#askedAt + answerWithin, now + 100);
    this.#timer = setTimeout(() => this.look(), this.#dueAt - now);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
