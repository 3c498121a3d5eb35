/** What a command's row in the tables says about its parameters. */
import type { Kind } from './kinds.js';

/** What parameters can be; undefined when one is not given and has no default. */
export type Value = string | number | boolean | undefined;

export interface Parameter<T extends Value> {
  /** As documented; a script may write it in upper and lower case. */
  readonly name: string;
  /** Other spellings that published scripts have. */
  readonly aliases: readonly string[];
  readonly kind: Kind<Value>;
  readonly required: boolean;
  /** What it is without being given; undefined for required ones. */
  readonly fallback: T | undefined;
  /** May be given empty; for others empty is the same as not given. */
  readonly mayBeEmpty: boolean;
}

interface Spelling {
  readonly aliases?: readonly string[];
}

export function required<T extends Value>(
  name: string,
  kind: Kind<T>,
  { aliases = [], mayBeEmpty = false }: Spelling & { readonly mayBeEmpty?: boolean } = {},
): Parameter<T> {
  return { name, aliases, kind, required: true, fallback: undefined, mayBeEmpty };
}

/** Without a default the value is undefined when it is not given. */
export function optional<T extends Value>(
  name: string,
  kind: Kind<T>,
  { aliases = [] }: Spelling = {},
): Parameter<T | undefined> {
  return { name, aliases, kind, required: false, fallback: undefined, mayBeEmpty: false };
}

export function withDefault<T extends Value>(
  name: string,
  kind: Kind<T>,
  fallback: NoInfer<T>,
): Parameter<T> {
  return { name, aliases: [], kind, required: false, fallback, mayBeEmpty: false };
}
