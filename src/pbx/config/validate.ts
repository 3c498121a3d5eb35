/** From an object of unknown content to {@link Settings}, or to a list of everything that is wrong with it. */
import * as v from 'valibot';
import { crossChecks } from './cross-checks.js';
import { nearest } from './nearest.js';
import { printable } from './problem.js';
import type { Origin, Problem } from './problem.js';
import { settingsSchema } from './settings.js';
import type { Settings } from './settings.js';

type Validation = { readonly settings: Settings } | { readonly problems: readonly Problem[] };
type Issue = v.InferIssue<typeof settingsSchema>;
type PathKey = string | number;

/** Says where the value of a top-level key came from. */
export type OriginOf = (topKey: string) => Origin | undefined;

/** Checks a configuration: each key by the schema, then, when that is in order, the keys against each other. */
export function validateSettings(input: unknown, originOf: OriginOf): Validation {
  const result = v.safeParse(settingsSchema, input);
  if (!result.success) return { problems: result.issues.flatMap((issue) => fromIssue(issue, originOf)) };
  const problems = crossChecks(result.output).map((problem) => ({
    ...problem,
    origin: originOf(topKeyOf(problem.key)),
  }));
  return problems.length > 0 ? { problems } : { settings: result.output };
}

/** The first part of a path: `extensions` of `extensions[0].id`. */
export function topKeyOf(key: string): string {
  return /^[^.[]*/.exec(key)?.[0] ?? key;
}

function fromIssue(issue: Issue, originOf: OriginOf): Problem[] {
  const path = (issue.path ?? []).map((item) => item.key as PathKey);
  const last = path.at(-1);
  const name = typeof last === 'string' ? last : undefined;
  const at = { key: pathText(path), origin: typeof path[0] === 'string' ? originOf(path[0]) : undefined };
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return unknownKeys(path.slice(0, -1), issue.path?.at(-1)?.input, originOf);
  }
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    return [{ ...at, value: '', expected: 'expected a value, it is missing' }];
  }
  return [{ ...at, value: printable(name, issue.input), expected: expectation(issue) }];
}

/** `['extensions', 0, 'id']` as `extensions[0].id`. */
function pathText(path: readonly PathKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** One problem for each key of an object that nobody knows; the schema reports only the first. */
function unknownKeys(path: readonly PathKey[], object: unknown, originOf: OriginOf): Problem[] {
  const known = keysAt(path, object);
  return Object.keys(object as object)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      key: pathText([...path, key]),
      // The value of a key nobody knows may be anything, a password too: it is not printed.
      value: '',
      expected: unknownKey(key, known),
      origin: originOf(String(path[0] ?? key)),
    }));
}

/** "unknown key, did you mean …?", or the keys there are. */
export function unknownKey(word: string, known: readonly string[], what = 'key'): string {
  const suggestion = nearest(word, known);
  return suggestion === null
    ? `unknown ${what}, expected one of ${known.join(', ')}`
    : `unknown ${what}, did you mean ${suggestion}?`;
}

/** What was expected, in words; the messages written in the schema are such words already. */
function expectation(issue: Issue): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  switch (issue.type) {
    case 'string':
      return 'expected a text in quotes';
    case 'array':
      return 'expected a list in [ ]';
    case 'strict_object':
      return 'expected an object in { }';
    case 'max_length':
      return `expected at most ${String(issue.requirement)} characters`;
    case 'regex':
      return 'expected a number to dial, without blanks';
    default:
      return `expected ${issue.expected ?? 'another value'}`;
  }
}

/** The keys the schema knows for an object at a path. */
function keysAt(path: readonly PathKey[], object: unknown): string[] {
  let schema: unknown = settingsSchema;
  for (const part of path) {
    schema = unwrap(schema);
    if (hasField(schema, 'entries') && typeof part === 'string') {
      schema = (schema.entries as Record<string, unknown>)[part];
    } else if (hasField(schema, 'item')) {
      schema = schema.item;
    }
  }
  schema = unwrap(schema);
  if (hasField(schema, 'options')) return keysOfVariant(schema.options as readonly object[], object);
  return hasField(schema, 'entries') ? Object.keys(schema.entries as object) : [];
}

/** The keys of the variant an object says that it is. */
function keysOfVariant(options: readonly object[], object: unknown): string[] {
  const chosen = options.find((option) => {
    const { type } = (option as { entries: { type: v.LiteralSchema<string, undefined> } }).entries;
    return hasField(object, 'type') && type.literal === object.type;
  });
  return chosen ? Object.keys((chosen as { entries: object }).entries) : [];
}

function unwrap(schema: unknown): unknown {
  return hasField(schema, 'wrapped') ? unwrap(schema.wrapped) : schema;
}

function hasField<K extends string>(value: unknown, field: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && field in value;
}
