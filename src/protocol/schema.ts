/**
 * The words in which messages of the phone system are described, and what checks them. Pages load this, so it is no
 * bigger than what these messages need; what a client may ask has finer rules, which a library checks (requests.ts).
 */

/** What a value must be. `of` is what it is made of: the schemas of an object's keys, of a list's items, the choices. */
export interface Schema<T = unknown, Of = unknown> {
  readonly is: Kind;
  readonly of: Of;
  /** What stands for an optional value that is missing. */
  readonly missing?: unknown;
  /** Only in types: what a value of this schema is. */
  readonly '~value'?: T;
}

type Kind = 'string' | 'number' | 'boolean' | 'choice' | 'test' | 'list' | 'record' | 'nullable' | 'optional';

/** An optional value that is left out when it is missing. */
export interface LeftOut<T> extends Schema<T | undefined> {
  readonly '~leftOut': true;
}

type Test = (value: unknown) => boolean;
type Entries = Readonly<Record<string, Schema>>;

/** The type of the values a schema describes. */
export type Value<S> = S extends { readonly '~value'?: infer T } ? T : never;

type LeftOutKeys<E extends Entries> = {
  [K in keyof E]: E[K] extends LeftOut<unknown> ? K : never;
}[keyof E];
type Flat<T> = { [K in keyof T]: T[K] };
type ObjectOf<E extends Entries> = Flat<
  { -readonly [K in Exclude<keyof E, LeftOutKeys<E>>]: Value<E[K]> } & {
    -readonly [K in LeftOutKeys<E>]?: Value<E[K]>;
  }
>;

const make = (is: Kind, of?: unknown, missing?: unknown) => ({ is, of, missing }) as Schema<never, never>;

export const text: Schema<string> = make('string');
export const number: Schema<number> = make('number');
export const flag: Schema<boolean> = make('boolean');

/** What passes a test. */
export const passing = <T>(test: Test): Schema<T> => make('test', test);

/** Whatever is there. */
export const anything: Schema = passing(() => true);

/** One of these texts. */
export const oneOf = <const T extends string>(...choices: readonly T[]): Schema<T, readonly T[]> =>
  make('choice', choices);

/** Any number of these. */
export const listOf = <T>(item: Schema<T>): Schema<T[]> => make('list', item);

/** An object with these keys; others are left out. */
export const object = <E extends Entries>(entries: E): Schema<ObjectOf<E>, E> => make('record', entries);

export const orNull = <T>(schema: Schema<T>): Schema<T | null> => make('nullable', schema);

/** A value that may be missing, and what stands for it then. */
export function optional<T>(schema: Schema<T>): LeftOut<T>;
export function optional<T, M extends T>(schema: Schema<T>, missing: M): Schema<T>;
export function optional(schema: Schema, missing?: unknown): Schema {
  return make('optional', schema, missing);
}

/** The value as it is described, without anything beside; throws a `TypeError` when it is something else. */
export function check<T>(schema: Schema<T>, value: unknown): T;
export function check({ is, of, missing }: Schema, value: unknown): unknown {
  if (is === 'optional') return value === undefined ? missing : check(of as Schema, value);
  if (is === 'nullable') return value === null ? value : check(of as Schema, value);
  if (is === 'list' && Array.isArray(value)) return value.map((item) => check(of as Schema, item));
  if (is === 'record' && typeof value === 'object' && value) {
    const taken: Record<string, unknown> = {};
    for (const key in of as Entries) {
      const part = check((of as Entries)[key]!, (value as Record<string, unknown>)[key]);
      if (part !== undefined) taken[key] = part;
    }
    return taken;
  }
  if (
    is === 'choice'
      ? (of as unknown[]).includes(value)
      : is === 'test'
        ? (of as Test)(value)
        : typeof value === is
  )
    return value;
  throw new TypeError(`expected ${is}`);
}

/** What {@link check} says of a message; null when it is something else. */
export function read<T extends object>(schema: Schema<T>, message: unknown): T | null {
  try {
    return check(schema, message);
  } catch {
    return null;
  }
}
