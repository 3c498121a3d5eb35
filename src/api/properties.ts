import { badArgument, type OzError } from './errors.js';

/** What a connection is made with, apart from the address. */
export interface ConnectProperties {
  /** The properties other clients are told. */
  readonly shared: Record<string, string | number | boolean | null>;
  /** `properties.Password`; null when there is none. */
  readonly password: string | null;
  /** Properties that cannot be shared, each by its name. */
  readonly refused: readonly OzError[];
}

const MAX_PROPERTIES = 32;
const MAX_NAME = 64;
const MAX_TEXT = 1024;

/**
 * Takes the third argument of `connect` apart: the password never is a property, and what other clients cannot
 * be told (objects, long texts, too many) is named instead of failing the connection.
 */
export function connectProperties(properties: unknown): ConnectProperties {
  const shared: ConnectProperties['shared'] = {};
  const refused: OzError[] = [];
  let password: string | null = null;
  const given = typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
  if (!given.length && properties !== undefined && properties !== null && typeof properties !== 'object') {
    refused.push(badArgument('properties', 'connect'));
  }
  for (const [name, value] of given as [string, unknown][]) {
    if (/^password$/i.test(name)) {
      if (name !== 'Password' || value === undefined || value === null) continue;
      if (typeof value === 'string' || typeof value === 'number') password = String(value);
      else refused.push(badArgument('properties.Password', 'connect'));
    } else if (value === undefined || typeof value === 'function') {
      // Neither can be told to anybody.
    } else if (isShareable(value) && isName(name) && Object.keys(shared).length < MAX_PROPERTIES) {
      shared[name] = value;
    } else refused.push(badArgument(`properties.${name.slice(0, MAX_NAME)}`, 'connect'));
  }
  return { shared, password, refused };
}

function isName(name: string): boolean {
  return name.length <= MAX_NAME && name !== '__proto__';
}

function isShareable(value: unknown): value is string | number | boolean | null {
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && isFinite(value));
}
