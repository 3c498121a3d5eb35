import { Topic } from './topic.js';

/** Replaces what something is made from; the function it returns tells the page's handlers what changed. */
export const UPDATE = Symbol('update');

export interface Updatable<Data> {
  [UPDATE](data: Data): () => void;
}

/**
 * Things that come and go, each by its id. Pages are told of each once when it comes; until {@link announce} is
 * called for the first time on a connection, things are known but not told of.
 */
export class Roster<Data extends { readonly id: string }, Thing extends Updatable<Data>> {
  /** A thing has come. */
  readonly come = new Topic<[Thing]>(() => [...this.#told].map((thing) => [thing]));
  /** A thing is gone. */
  readonly gone = new Topic<[Thing]>();
  readonly #make: (data: Data) => Thing;
  readonly #things = new Map<string, Thing>();
  readonly #told = new Set<Thing>();

  constructor(make: (data: Data) => Thing) {
    this.#make = make;
  }

  get(id: string): Thing | null {
    return this.#things.get(id) ?? null;
  }

  list(): Thing[] {
    return [...this.#things.values()];
  }

  /** Knows exactly these from now on. The function it returns tells the page. */
  reset(list: readonly Data[]): () => void {
    const ids = new Set(list.map(({ id }) => id));
    const left = [...this.#things].filter(([id]) => !ids.has(id));
    const tell = list.map((data) => this.#know(data));
    for (const [id] of left) this.#things.delete(id);
    return () => {
      for (const [, thing] of left) this.#leave(thing);
      for (const each of tell) each();
      for (const thing of this.list()) this.#announce(thing);
    };
  }

  /** A thing is new or changed. */
  put(data: Data): void {
    const known = this.#things.has(data.id);
    const tell = this.#know(data);
    if (known) tell();
    else this.#announce(this.#things.get(data.id)!);
  }

  /** A thing is gone; `data` is how it was at last. */
  remove(id: string, data?: Data): void {
    const thing = this.#things.get(id);
    if (!thing) return;
    this.#things.delete(id);
    if (data) thing[UPDATE](data)();
    this.#leave(thing);
  }

  /** Forgets everything and tells nobody. */
  clear(): void {
    this.#things.clear();
    this.#told.clear();
  }

  #know(data: Data): () => void {
    const known = this.#things.get(data.id);
    if (known) return known[UPDATE](data);
    this.#things.set(data.id, this.#make(data));
    return () => {};
  }

  #announce(thing: Thing): void {
    if (this.#told.has(thing)) return;
    this.#told.add(thing);
    this.come.raise(thing);
  }

  #leave(thing: Thing): void {
    if (this.#told.delete(thing)) this.gone.raise(thing);
  }
}
