/** What the keys pressed so far mean in a menu ("UserInput"). Pure. */

export interface MenuRules {
  /** The keys that have commands of their own. */
  readonly keys: readonly string[];
  /** Leads back to the menu around this one. */
  readonly backKey: string | undefined;
  /** So many keys that are no key of the menu are handed on to the web site. */
  readonly digits: number;
  /** When no more come, fewer are enough. */
  readonly minDigits: number;
  /** The web site takes keys at all. */
  readonly forwards: boolean;
}

export type Meaning =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'forward'; readonly digits: string }
  /** No key of this menu. */
  | { readonly kind: 'wrong' };

export interface Judgement {
  /** What it means for sure; null when another key could change it. */
  readonly now: Meaning | null;
  /** What it means when no other key comes. */
  readonly later: Meaning;
}

export function judge(entered: string, rules: MenuRules): Judgement {
  const { keys, backKey, digits, minDigits, forwards } = rules;
  const all = backKey === undefined ? keys : [...keys, backKey];
  const mayGrow = all.some((key) => key.length > entered.length && key.startsWith(entered));
  const exact: Meaning | null =
    entered === backKey ? { kind: 'back' } : keys.includes(entered) ? { kind: 'key', key: entered } : null;
  if (exact) return { now: mayGrow ? null : exact, later: exact };
  const forward: Meaning = { kind: 'forward', digits: entered };
  const enough = forwards && entered.length >= minDigits;
  const later: Meaning = enough ? forward : { kind: 'wrong' };
  if (mayGrow) return { now: null, later };
  if (!forwards) return { now: later, later };
  return { now: entered.length >= digits ? forward : null, later };
}
