import type { Session } from '../../../phone/state.js';
import type { Say } from '../../text/texts.js';

/** The columns, in their order. */
export const COLUMNS = ['caller', 'callee', 'state', 'talkTime', 'started'] as const;

export type Column = (typeof COLUMNS)[number];

/** The order of the list: by one column, in a direction that is called as in `aria-sort`. */
interface Sorting {
  readonly column: Column;
  readonly direction: 'ascending' | 'descending';
}

type Compare = (one: Session, other: Session) => number;

/** Which sessions are shown and in which order: filtered by what is typed, sorted by a column. */
export class SessionOrder {
  #sorting: Sorting | null = null;
  #filter = '';
  readonly #text: Say;
  #collator = new Intl.Collator();
  #words = new WeakMap<Session, string>();
  #sessions: readonly Session[] = [];
  #view: readonly Session[] = [];
  #stale = false;

  constructor(text: Say) {
    this.#text = text;
  }

  get filter(): string {
    return this.#filter;
  }
  set filter(filter: string) {
    this.#filter = filter;
    this.#stale = true;
  }

  /** The language words are compared in (BCP 47). */
  speak(language: string): void {
    if (this.#collator.resolvedOptions().locale === language) return;
    this.#collator = new Intl.Collator(language, { numeric: true });
    this.#words = new WeakMap();
    this.#stale = true;
  }

  /** Sorts by a column; the second time the other way round; the third time, and by none, not at all. */
  sort(column: Column | ''): void {
    const before = column && this.directionOf(column);
    if (!column || before === 'descending') this.#sorting = null;
    else this.#sorting = { column, direction: before ? 'descending' : 'ascending' };
    this.#stale = true;
  }

  /** How a column is sorted, in the words of `aria-sort`; null when it is not. */
  directionOf(column: Column): 'ascending' | 'descending' | null {
    return this.#sorting?.column === column ? this.#sorting.direction : null;
  }

  /** Whether what happens in a session can move it. */
  get moves(): boolean {
    return this.#sorting?.column === 'state' || this.#sorting?.column === 'talkTime';
  }

  /** The sessions to show. */
  of(sessions: readonly Session[]): readonly Session[] {
    if (sessions === this.#sessions && !this.#stale) return this.#view;
    this.#sessions = sessions;
    this.#stale = false;
    const wanted = this.#filter.trim().toLowerCase();
    const found = wanted ? sessions.filter((one) => this.#wordsOf(one).includes(wanted)) : sessions;
    this.#view = this.#sorting ? this.#sorted(found, this.#sorting) : found;
    return this.#view;
  }

  /** Begins with the order there was: a list that is nearly in order is sorted in one pass. */
  #sorted(sessions: readonly Session[], { column, direction }: Sorting): readonly Session[] {
    const left = new Map(sessions.map((session) => [session.id, session]));
    const before = this.#view.flatMap(({ id }) => {
      const session = left.get(id);
      left.delete(id);
      return session ? [session] : [];
    });
    const compare = this.#comparison(column);
    const sign = direction === 'ascending' ? 1 : -1;
    return [...before, ...left.values()].sort((one, other) => sign * compare(one, other));
  }

  #comparison(column: Column): Compare {
    const { compare } = this.#collator;
    const by = (value: (session: Session) => string): Compare => {
      return (one, other) => compare(value(one), value(other));
    };
    const talked = ({ talk }: Session) => talk.ms - (talk.since ?? 0);
    const comparisons: Record<Column, Compare> = {
      caller: by(({ caller }) => caller),
      callee: by(({ callee }) => callee),
      state: by(({ state }) => this.#text('sessionState', state)),
      // Those who talk are compared by when they would have begun, had they never paused.
      talkTime: (one, other) =>
        Number(one.talk.since !== null) - Number(other.talk.since !== null) || talked(one) - talked(other),
      started: (one, other) => one.startedAt - other.startedAt,
    };
    return comparisons[column];
  }

  #wordsOf(session: Session): string {
    let words = this.#words.get(session);
    if (words === undefined) {
      const { caller, callerName, callee, calleeName, state } = session;
      words = [caller, callerName, callee, calleeName, this.#text('sessionState', state)].join('\n');
      this.#words.set(session, (words = words.toLowerCase()));
    }
    return words;
  }
}
