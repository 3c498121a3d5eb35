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

/** What is looked after. */
export interface Patient {
  readonly heardAt: number;
  readonly answeredAt: number;
  probe(timeoutMs: number): void;
}

export class Health {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = 0;

  constructor(
    private readonly patient: () => Patient | null,
    private readonly inCall: () => boolean,
  ) {}

  /** Looks now, and again when it is due. */
  look(): void {
    clearTimeout(this.#timer);
    const patient = this.patient();
    if (!patient) return;
    const { askAfter, answerWithin } = RULES[this.inCall() ? 'inCall' : 'idle'];
    const now = Date.now();
    const oldest = Math.min(patient.heardAt, patient.answeredAt);
    if (now - oldest >= askAfter && now - this.#askedAt >= answerWithin) this.ask();
    const next = Math.max(oldest + askAfter, this.#askedAt + answerWithin) - now;
    this.#timer = setTimeout(() => this.look(), Math.max(100, next));
  }

  /** Asks at once, for example because the network may be another one now. */
  ask(): void {
    const { answerWithin } = RULES[this.inCall() ? 'inCall' : 'idle'];
    this.#askedAt = Date.now();
    this.patient()?.probe(answerWithin);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
