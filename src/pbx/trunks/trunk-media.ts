/** The media of a call over a line, over the life of its leg: made once, closed once, whichever comes first. */
import { ProtocolError } from '../../protocol/index.js';
import type { LegMedia } from '../exchange/index.js';
import type { LegObserver, MediaKind, MediaSource, TrunkLeg } from '../media/engine.js';

/** How many digits may wait to be sent to one party; each takes it a fifth of a second to hear. */
const MAX_WAITING_DIGITS = 64;

export class TrunkMedia implements LegMedia {
  readonly isUnattended = false;
  readonly connected: Promise<void>;
  #connectedOrOver!: () => void;
  #leg: TrunkLeg | null = null;
  #closed = false;
  #waitingDigits = 0;
  readonly #heard: Record<MediaKind, MediaSource | null> = { audio: null, video: null };

  constructor(private readonly reports: LegObserver) {
    this.connected = new Promise((resolve) => (this.#connectedOrOver = resolve));
  }

  /**
   * Takes the leg that `make` makes. Rejects with its error, or with `wrong-state` when the call is over by then,
   * and the leg with it.
   */
  async open<L extends TrunkLeg>(make: (observer: LegObserver) => Promise<L>): Promise<L> {
    const leg = await make(this.#observer);
    if (this.#closed) {
      await leg.close();
      throw new ProtocolError('wrong-state', 'The call is over.');
    }
    this.#leg = leg;
    for (const kind of ['audio', 'video'] as const) {
      const source = this.#heard[kind];
      if (source) leg.listenTo(kind, source);
    }
    return leg;
  }

  get output(): MediaSource | null {
    return this.#leg?.output ?? null;
  }

  /** Also before there is a leg: it hears it from its first moment on. */
  listenTo(kind: MediaKind, source: MediaSource | null): void {
    if (this.#closed || this.#heard[kind] === source) return;
    this.#heard[kind] = source;
    this.#leg?.listenTo(kind, source);
  }

  async sendDigits(digits: string): Promise<void> {
    if (!this.#leg) throw new ProtocolError('wrong-state', 'This call has no media.');
    if (this.#waitingDigits + digits.length > MAX_WAITING_DIGITS) {
      throw new ProtocolError('rate-limited', 'Too many digits wait to be sent to this party.', 1000);
    }
    this.#waitingDigits += digits.length;
    try {
      await this.#leg.sendDigits(digits);
    } finally {
      this.#waitingDigits -= digits.length;
    }
  }

  /** A digit that came in the signalling (SIP INFO) instead of the media. */
  pressed(digit: string): void {
    if (!this.#closed) this.reports.digit(digit);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    for (const kind of ['audio', 'video'] as const) this.listenTo(kind, null);
    this.#closed = true;
    this.#connectedOrOver();
    const leg = this.#leg;
    this.#leg = null;
    await leg?.close();
  }

  /** Passes reports on until the leg is closed. */
  readonly #observer: LegObserver = {
    connected: () => {
      if (this.#closed) return;
      this.#connectedOrOver();
      this.reports.connected();
    },
    failed: (message) => {
      if (!this.#closed) this.reports.failed(message);
    },
    digit: (digit) => this.pressed(digit),
  };
}
