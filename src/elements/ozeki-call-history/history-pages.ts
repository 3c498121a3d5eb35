import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { HistoryQuery, HistoryRecord, PhoneControl } from '../../phone/control/control.js';
import type { PhoneError } from '../../phone/handle.js';

/** Which of one's calls. */
export type HistoryFilter = 'all' | 'missed' | 'incoming' | 'outgoing';

/** What is asked for. */
export interface Wanted {
  readonly filter: HistoryFilter;
  /** Everybody's calls instead. */
  readonly everyone: boolean;
  readonly search: string;
  readonly page: number;
  readonly rows: number;
}

/** Between two looks at the history because calls have ended; the phone system allows two a second. */
const REFRESH_MS = 1500;
/** Before asking again what was refused because too much was asked. */
const BUSY_MS = 1000;

/** One page of the history at a time: asks for it, and again when calls have ended. */
export class HistoryPages implements ReactiveController {
  /** The page that is shown; null before there was one. */
  shown: {
    readonly wanted: Wanted;
    readonly total: number;
    readonly records: readonly HistoryRecord[];
  } | null = null;
  loading = false;
  failed = false;
  /** How many calls were missed since the moment {@link missedSince}. */
  missed = 0;
  /** By the phone system's clock, in milliseconds since 1970. */
  missedSince = 0;

  readonly #host: ReactiveControllerHost;
  #control: PhoneControl | null = null;
  #wanted: Wanted | null = null;
  /** Counts questions: the answer to an earlier one is not shown. */
  #turn = 0;
  #askedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stopTimer();
  }

  /** The history that is asked from now on. */
  open(control: PhoneControl): void {
    this.#control = control;
    this.refresh();
  }

  /** There is none to ask; what is shown stays. */
  close(): void {
    this.#control = null;
    this.#turn++;
    this.loading = this.failed = false;
    this.#stopTimer();
  }

  /** Forgets what is shown: it is another person's. */
  clear(): void {
    this.shown = null;
    this.missed = 0;
  }

  /** Shows this page. */
  want(wanted: Wanted): void {
    if (JSON.stringify(wanted) === JSON.stringify(this.#wanted)) return;
    this.#wanted = wanted;
    this.refresh();
  }

  /** Asks for the page anew. */
  refresh(): void {
    this.#stopTimer();
    if (!this.#control || !this.#wanted) return;
    this.#askedAt = Date.now();
    this.loading = true;
    this.failed = false;
    this.#host.requestUpdate();
    void this.#ask(this.#control, this.#wanted, ++this.#turn);
  }

  /** A call has ended: asks anew, or soon when that was only just done, for all that end meanwhile. */
  refreshSoon(): void {
    this.#refreshAt(this.#askedAt + REFRESH_MS);
  }

  async #ask(control: PhoneControl, wanted: Wanted, turn: number): Promise<void> {
    try {
      const [page, missed] = await Promise.all([
        control.history(queryFor(wanted)),
        control.history({ own: 'missed', endedFrom: this.missedSince, rows: 1 }),
      ]);
      if (turn !== this.#turn) return;
      this.missed = missed.total;
      this.shown = { wanted, ...page };
      this.loading = false;
    } catch (error) {
      if (turn !== this.#turn) return;
      if ((error as Partial<PhoneError>).code === 'rate-limited') {
        this.#refreshAt(Date.now() + BUSY_MS);
        return;
      }
      this.loading = false;
      this.failed = true;
    }
    this.#host.requestUpdate();
  }

  #refreshAt(moment: number): void {
    this.#timer ??= setTimeout(() => this.refresh(), Math.max(0, moment - Date.now()));
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function queryFor({ filter, everyone, search, page, rows }: Wanted): HistoryQuery {
  return { page, rows, general: search.slice(0, 128), own: everyone ? '' : filter };
}
