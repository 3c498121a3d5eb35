/** The clients that have lost their sockets and are waited for, in the order they lost them: so many and no more. */
import { sourceOf } from '../client-address.js';
import type { LimitSettings } from '../config/settings.js';

/** Somebody who is waited for. */
export interface Absent {
  /** The extension it signed in as; null for visitors and holders of tokens, who have a number each. */
  readonly extension: string | null;
  readonly address: string;
  /** It has calls, which would end with it. */
  readonly hasCalls: boolean;
  /** It is waited for no longer. */
  giveUp(): void;
}

type Key = `extension ${string}` | `address ${string}`;

export class AwayList {
  readonly #lists = new Map<Key, Set<Absent>>();
  readonly #keys = new Map<Absent, readonly Key[]>();

  constructor(private readonly limits: () => LimitSettings) {}

  /** Waits for one more. When that is too many, the one that has been away longest is given up, idle ones first. */
  add(absent: Absent): void {
    const { awayPerExtension, awayPerAddress } = this.limits();
    const { extension, address } = absent;
    const counted: [Key, number][] = [[`address ${sourceOf(address)}`, awayPerAddress]];
    if (extension !== null) counted.push([`extension ${extension}`, awayPerExtension]);
    this.#keys.set(
      absent,
      counted.map(([key]) => key),
    );
    for (const [key, most] of counted) {
      const list = this.#lists.get(key) ?? new Set();
      this.#lists.set(key, list.add(absent));
      if (list.size > most) ([...list].find(({ hasCalls }) => !hasCalls) ?? [...list][0])?.giveUp();
    }
  }

  /** It is back, or over. */
  delete(absent: Absent): void {
    for (const key of this.#keys.get(absent) ?? []) {
      const list = this.#lists.get(key);
      list?.delete(absent);
      if (list?.size === 0) this.#lists.delete(key);
    }
    this.#keys.delete(absent);
  }
}
