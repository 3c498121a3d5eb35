import type { Session } from '../../../phone/state.js';

/** How many sessions can be selected; empty for none. */
export type SelectionMode = '' | 'single' | 'multiple';

/** The selected sessions, by their ids: they stay selected wherever they move, until they are over. */
export class SessionSelection {
  #ids: ReadonlySet<string> = new Set();
  /** Where a range begins. */
  #from = '';
  readonly #changed: (ids: readonly string[]) => void;

  constructor(changed: (ids: readonly string[]) => void) {
    this.#changed = changed;
  }

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /**
   * Selects as a click or the space bar does.
   *
   * @param how - `only` this one; `toggle` it beside the others; the `range` from the one before to this.
   */
  select(id: string, how: 'only' | 'toggle' | 'range', mode: SelectionMode, view: readonly Session[]): void {
    if (!mode) return;
    const one = new Set([id]);
    if (mode === 'single') this.#set(how === 'toggle' && this.#ids.has(id) ? new Set() : one);
    else if (how === 'range') this.#set(rangeOf(view, this.#from || id, id));
    else if (how === 'only') this.#set(one);
    else this.#set(this.#ids.has(id) ? without(this.#ids, one) : new Set([...this.#ids, id]));
    if (how !== 'range') this.#from = id;
  }

  /** Sessions that are over are selected no more. */
  keep(sessions: readonly Session[]): void {
    if (!this.#ids.size) return;
    const gone = new Set(this.#ids);
    for (const { id } of sessions) gone.delete(id);
    if (gone.size) this.#set(without(this.#ids, gone));
  }

  all(view: readonly Session[]): void {
    this.#set(new Set(view.map(({ id }) => id)));
  }

  clear(): void {
    this.#set(new Set());
  }

  #set(ids: ReadonlySet<string>): void {
    const same = ids.size === this.#ids.size && [...ids].every((id) => this.#ids.has(id));
    this.#ids = ids;
    if (!same) this.#changed([...ids]);
  }
}

function without(ids: ReadonlySet<string>, gone: ReadonlySet<string>): Set<string> {
  return new Set([...ids].filter((id) => !gone.has(id)));
}

function rangeOf(view: readonly Session[], from: string, to: string): Set<string> {
  const ends = [from, to].map((id) => view.findIndex((session) => session.id === id));
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  return new Set(view.slice(Math.max(0, first), last + 1).map(({ id }) => id));
}
