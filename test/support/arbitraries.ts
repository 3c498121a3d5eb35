/** Inputs made from the schemas of the protocol: what they take, and what is almost that. */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import * as v from 'valibot';
import { described } from '../../src/pbx/described.js';
import type { Schema } from '../../src/protocol/index.js';

/** A schema of the library's, or one of the protocol's own. */
export type AnySchema = v.GenericSchema | Schema;

/** The library's schema of what any of them takes. */
export const parsing = (schema: AnySchema): v.GenericSchema => ('is' in schema ? described(schema) : schema);

/** The inside of a schema, as far as it is looked at here. */
interface Parts {
  readonly type: string;
  readonly wrapped: v.GenericSchema;
  readonly item: v.GenericSchema;
  readonly key: v.GenericSchema;
  readonly value: v.GenericSchema;
  readonly literal: unknown;
  readonly entries: Record<string, v.GenericSchema>;
  readonly options: readonly unknown[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
}

const MAKERS: Record<string, (schema: Parts) => Arbitrary<unknown>> = {
  string: (schema) => text(schema),
  number: (schema) => number(schema),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  unknown: () => fc.jsonValue({ maxDepth: 2 }),
  literal: ({ literal }) => fc.constant(literal),
  picklist: ({ options }) => fc.constantFrom(...options),
  optional: ({ wrapped }) => fc.option(valid(wrapped), { nil: undefined }),
  nullable: ({ wrapped }) => fc.option(valid(wrapped), { nil: null }),
  array: ({ item }) => fc.array(valid(item), { maxLength: 3 }),
  union: ({ options }) => fc.oneof(...(options as v.GenericSchema[]).map(valid)),
  variant: ({ options }) => fc.oneof(...(options as v.GenericSchema[]).map(valid)),
  record: ({ key, value }) => fc.dictionary(valid(key) as Arbitrary<string>, valid(value), { maxKeys: 3 }),
  object: ({ entries }) => object(entries),
  strict_object: ({ entries }) => object(entries),
};

/** The same for those of the protocol's own. */
const OWN_MAKERS: Record<Schema['is'], (of: unknown) => Arbitrary<unknown>> = {
  string: () => fc.string({ unit: 'grapheme', maxLength: 40 }),
  number: () => fc.double({ noNaN: true, noDefaultInfinity: true }),
  boolean: () => fc.boolean(),
  choice: (of) => fc.constantFrom(...(of as readonly string[])),
  // Anything, and the properties of another client.
  test: () => fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(fc.string(), fc.integer()), { maxKeys: 3 }),
  list: (of) => fc.array(valid(of as Schema), { maxLength: 3 }),
  record: (of) => object(of as Record<string, Schema>),
  nullable: (of) => fc.option(valid(of as Schema), { nil: null }),
  optional: (of) => fc.option(valid(of as Schema), { nil: undefined }),
};

/** A key of an object's own by which programs that copy keys reach the prototype of all objects. */
const REACHING = '{"__proto__":{"polluted":1}}';

/** What a schema takes. */
export function valid(schema: AnySchema): Arbitrary<unknown> {
  if ('is' in schema) return OWN_MAKERS[schema.is](schema.of);
  const parts = schema as unknown as Parts;
  const make = MAKERS[parts.type];
  if (!make) throw new Error(`nothing makes a ${parts.type}`);
  return make(parts).filter((value) => v.is(schema, value));
}

/** What a schema takes with one thing about it changed: it may take it or not. */
export function nearlyValid(schema: AnySchema): Arbitrary<unknown> {
  return fc.tuple(valid(schema), junk(), fc.nat(), fc.nat({ max: 3 })).map(([value, other, at, how]) => {
    if (typeof value !== 'object' || value === null) return other;
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    const keys = Object.keys(copy);
    const key = keys[at % Math.max(1, keys.length)] ?? 'more';
    if (how === 0) delete copy[key];
    else if (how === 1) copy[`${key}x`] = other;
    else if (how === 2) return { ...(JSON.parse(REACHING) as object), ...copy };
    else copy[key] = other;
    return copy;
  });
}

/** Anything that can come out of JSON, and some that people break programs with. */
export function junk(): Arbitrary<unknown> {
  return fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('', '\u0000', 'v=0', '__proto__', -0, 1e308, 2 ** 53, -1, 0.5, '9'.repeat(70), [], {}),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
}

function object(entries: Record<string, AnySchema>): Arbitrary<unknown> {
  const made = Object.fromEntries(Object.entries(entries).map(([key, schema]) => [key, valid(schema)]));
  const optional = Object.keys(entries).filter((key) => {
    const schema = entries[key]!;
    return ('is' in schema ? schema.is : schema.type) === 'optional';
  });
  return fc
    .record(made, { requiredKeys: Object.keys(entries).filter((key) => !optional.includes(key)) })
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)));
}

function text({ pipe = [] }: Parts): Arbitrary<string> {
  const demand = (type: string) => pipe.find((action) => action.type === type)?.requirement;
  const regex = demand('regex');
  // Classes of Unicode are not made from, only looked for.
  if (regex instanceof RegExp && !regex.source.includes('\\p')) return fc.stringMatching(regex);
  const start = demand('starts_with');
  const minLength = Number(demand('min_length') ?? (regex ? 1 : 0));
  const any = fc.string({ unit: 'grapheme', minLength, maxLength: 40 });
  return typeof start === 'string' ? any.map((rest) => start + rest) : any;
}

function number({ pipe = [] }: Parts): Arbitrary<number> {
  const demand = (type: string) => pipe.find((action) => action.type === type);
  const [min, max] = [demand('min_value')?.requirement, demand('max_value')?.requirement];
  if (!demand('integer')) return fc.double({ noNaN: true, noDefaultInfinity: true });
  return fc.integer({ min: Number(min ?? -1000), max: Number(max ?? 2 ** 31) });
}
