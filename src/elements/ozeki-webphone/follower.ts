import type { PhoneCall } from '../../phone/state.js';
import { someLive } from './place.js';

/** What decides which tab is open. */
export interface Following {
  /** The tab that somebody chose, and the one that is shown for it. */
  readonly tab: string;
  readonly shown: string | undefined;
  /** All tabs there are. */
  readonly names: readonly string[];
  /** There are two columns: a call has one of them, whatever tab is open. */
  readonly wide: boolean;
  /** The calls that have the keypad's place. */
  readonly calls: readonly PhoneCall[];
}

/**
 * The tab that opens by itself as calls come and go: narrow, the keypad's place is the first call's; wide, the list of
 * calls stands beside them as soon as there are two to swap or to merge. Afterwards the tab is open that was before.
 */
export class Follower {
  #before: string | null = null;
  #live = false;
  #several = false;

  /** The tab to have open now. */
  next({ tab, shown, names, wide, calls }: Following): string {
    const live = someLive(calls);
    const several = calls.filter(({ state }) => state !== 'ended').length > 1;
    const starts = wide ? several && !this.#several && 'calls' : live && !this.#live && 'keypad';
    this.#live = live;
    this.#several = several;
    if (starts && starts !== shown && names.includes(starts)) {
      this.#before ??= tab;
      return starts;
    }
    if (this.#before === null || (tab === 'calls' ? several : calls.length)) return tab;
    const before = this.#before;
    this.#before = null;
    return tab === 'calls' || tab === 'keypad' ? before : tab;
  }

  /** Somebody chose a tab: that stays. */
  forget(): void {
    this.#before = null;
  }
}
