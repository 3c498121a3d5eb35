import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Seen } from '../common/seen.js';
import type { HistoryPages } from './history-pages.js';
import { look, lookedAt, onLookedElsewhere } from './looked-at.js';

/** Which calls were missed since somebody looked, on whichever page of this site. */
export class MissedCalls implements ReactiveController {
  /** How many there are. */
  count = 0;
  /** Since when calls are new to who looks: when somebody looked before. */
  newSince = Infinity;
  readonly #pages: HistoryPages;
  readonly #seen: Seen;
  #account = '';
  #wasSeen = false;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, pages: HistoryPages) {
    this.#pages = pages;
    this.#seen = new Seen(host);
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = onLookedElsewhere(() => {
      this.#pages.missedSince = lookedAt(this.#account);
      this.#pages.refreshSoon();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  /** Whose calls they are from now on; what is shown of somebody else is forgotten. */
  of(account: string): void {
    if (account !== this.#account) this.#pages.clear();
    this.#account = account;
    this.#pages.missedSince = lookedAt(account);
    this.#wasSeen = false;
  }

  /** Counts; when they are on the screen of somebody signed in, they are not missed any more. True for a new count. */
  look(signedIn: boolean, clockOffset: number): boolean {
    const pages = this.#pages;
    const seen = this.#seen.now && signedIn && !!this.#account;
    if (seen && !this.#wasSeen) this.newSince = pages.missedSince;
    this.#wasSeen = seen;
    const wanted = pages.shown?.wanted;
    const inSight =
      seen && !pages.loading && wanted && wanted.filter !== 'outgoing' && !wanted.page && !wanted.search;
    if (inSight && pages.missed) {
      const now = Date.now() + clockOffset;
      look(this.#account, now);
      pages.missedSince = now;
      pages.missed = 0;
    }
    const before = this.count;
    this.count = pages.missed;
    return before !== this.count;
  }
}
