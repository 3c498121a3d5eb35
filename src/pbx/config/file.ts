/** The configuration file: read, parsed, and its paths made absolute. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { faultOffset, lineAndColumn } from './json-position.js';
import { ConfigurationError } from './problem.js';
import type { Origin } from './problem.js';

/** Keys that name files or folders; in a file they are meant from where the file lies. */
const PATH_KEYS = ['data', 'tlsCert', 'tlsKey', 'holdMusic', 'contentFolder', 'recordingsFolder'];
/** The same of an outside line. */
const LINE_PATH_KEYS = ['tlsCa'];

/**
 * Reads the file into an object that is not validated yet.
 * @throws ConfigurationError when it cannot be read or is not one JSON object.
 */
export function readConfigurationFile(path: string): Record<string, unknown> {
  const origin: Origin = { kind: 'file', name: path };
  const fail = (expected: string) =>
    new ConfigurationError([{ key: '', value: '', expected: `${expected}`, origin }]);

  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw fail(`expected a readable configuration file, but ${readFailure(error)}`);
  }

  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    const { line, column } = lineAndColumn(text, faultOffset(text));
    throw fail(`expected JSON, but line ${line}, column ${column} is not`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw fail('expected one JSON object in { }');
  }

  const folder = dirname(resolve(path));
  return Object.fromEntries(
    Object.entries(withPaths(content, folder, PATH_KEYS) as object).map(([key, value]: [string, unknown]) => [
      key,
      key === 'outsideLines' && Array.isArray(value)
        ? value.map((line: unknown) => withPaths(line, folder, LINE_PATH_KEYS))
        : value,
    ]),
  );
}

/** An object with the paths in it absolute; anything else as it is. */
function withPaths(content: unknown, folder: string, keys: readonly string[]): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]: [string, unknown]) => [
      key,
      keys.includes(key) && typeof value === 'string' && value !== '' && value !== ':memory:'
        ? resolve(folder, value)
        : value,
    ]),
  );
}

/** Why a file could not be read, as the end of a sentence. */
export function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return `it cannot be read (${code || String(error)})`;
  }
}
