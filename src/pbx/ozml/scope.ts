/** What the variables and arrays of a running script hold. */
import type { Item } from './bound.js';
import { LIMITS } from './limits.js';
import type { Variables } from './template.js';

interface Store {
  readonly variables: Map<string, string>;
  readonly arrays: Map<string, readonly Item[]>;
  /** Characters held. */
  size: number;
}

/** What ForEach calls the item of its turn. */
const ITEM = 'item';

/** How much is left of what one ForEach may run. */
interface Budget {
  steps: number;
}

export class Scope implements Variables {
  readonly #store: Store;
  readonly #item: Item | null;
  readonly #budget: Budget | null;

  private constructor(store: Store, item: Item | null, budget: Budget | null) {
    this.#store = store;
    this.#item = item;
    this.#budget = budget;
  }

  /** A scope for a new script, with variables and arrays it may use from the start. */
  static create({
    variables = {},
    arrays = {},
  }: {
    readonly variables?: Readonly<Record<string, string>>;
    readonly arrays?: Readonly<Record<string, readonly Item[]>>;
  } = {}): Scope {
    const scope = new Scope({ variables: new Map(), arrays: new Map(), size: 0 }, null, null);
    for (const [name, value] of Object.entries(variables)) scope.set(name, value);
    for (const [name, items] of Object.entries(arrays)) scope.setArray(name, items);
    return scope;
  }

  variable(name: string): string | undefined {
    const key = name.toLowerCase();
    return (key === ITEM ? this.#item?.text : undefined) ?? this.#store.variables.get(key);
  }

  field(name: string, field: string): string | undefined {
    return name.toLowerCase() === ITEM ? this.#item?.fields.get(field.toLowerCase()) : undefined;
  }

  array(name: string): readonly Item[] | undefined {
    return this.#store.arrays.get(name.toLowerCase());
  }

  /** Sets a variable for the rest of the script; false when there is no more room. */
  set(name: string, value: string): boolean {
    return this.#keep(this.#store.variables, name, value, (text) => text.length);
  }

  /** Sets an array for the rest of the script; false when there is no more room. */
  setArray(name: string, items: readonly Item[]): boolean {
    return this.#keep(this.#store.arrays, name, items, (kept) =>
      kept.reduce((sum, item) => sum + sizeOf(item), 0),
    );
  }

  /** The scope of a ForEach, which may run so many commands; one inside of another spends from what that has. */
  loop(): Scope {
    return new Scope(this.#store, this.#item, this.#budget ?? { steps: LIMITS.steps });
  }

  /** The scope of one turn of a ForEach: `$item` is that item, everything else as outside. */
  turn(item: Item): Scope {
    return new Scope(this.#store, item, this.#budget);
  }

  /** Counts one command or turn of a ForEach; false when there were too many. */
  spend(): boolean {
    if (!this.#budget) return true;
    this.#budget.steps -= 1;
    return this.#budget.steps >= 0;
  }

  #keep<T>(map: Map<string, T>, name: string, value: T, size: (value: T) => number): boolean {
    const key = name.toLowerCase();
    const before = map.get(key);
    const grown = size(value) + key.length - (before === undefined ? 0 : size(before) + key.length);
    if (this.#store.size + grown > LIMITS.memory) return false;
    this.#store.size += grown;
    map.set(key, value);
    return true;
  }
}

function sizeOf({ text, fields }: Item): number {
  return [...fields].reduce((sum, [name, value]) => sum + name.length + value.length, text.length + 1);
}
