/** What is wrong with a configuration, said so that whoever wrote it can mend it. */

/** Where a value came from. */
export type Origin =
  { readonly kind: 'flag' | 'variable' | 'file'; readonly name: string } | { readonly kind: 'demo' | 'code' };

/** One fault of a configuration. */
export interface Problem {
  /** The key, as a path: `extensions[0].passwordHash`; empty when it is about no key. */
  readonly key: string;
  /** The value, ready to print; empty when there is none, or when it may be a secret. */
  readonly value: string;
  /** What is expected instead, beginning with "expected", or another sentence without its full stop. */
  readonly expected: string;
  /** Where the value came from, when that is known. */
  readonly origin?: Origin | undefined;
}

/** A configuration that cannot be used, with everything that is wrong with it. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'));
  }
}

/** Something outside the configuration that prevents the start: a port in use, a damaged database. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** One line for a person: `port: "abc" (flag --port): expected a port number from 0 to 65535.` */
export function describeProblem({ key, value, expected, origin }: Problem): string {
  const subject = [key, value].filter((part) => part !== '').join(': ');
  const source = origin ? describeOrigin(origin) : '';
  const place = subject !== '' && source !== '' ? `${subject} (${source})` : subject + source;
  const sentence = expected.endsWith('?') ? expected : `${expected}.`;
  return place === '' ? sentence : `${place}: ${sentence}`;
}

function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'flag':
      return `flag ${origin.name}`;
    case 'variable':
      return `variable ${origin.name}`;
    case 'file':
      return `file ${origin.name}`;
    case 'demo':
      return 'demo configuration';
    case 'code':
      return '';
  }
}

/** Keys whose values are never printed. */
const SECRET_KEYS = new Set([
  ...['passwordHash', 'password', 'token', 'secret', 'credential', 'username'],
  ...['incomingToken', 'authorization'],
]);
/** The addresses of web sites: they may carry a key in their query. */
const WEB_ADDRESS = /^url$|Url$/;

/** A value as it may be printed: short, on one line, and empty when the key may hold a secret. */
export function printable(key: string | undefined, value: unknown): string {
  if (value === undefined) return '';
  if (key !== undefined && (SECRET_KEYS.has(key) || WEB_ADDRESS.test(key))) return '';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
