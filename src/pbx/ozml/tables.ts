/** The commands of each set, found by name. */
import { API_EXTENSION } from './api-extension.js';
import { OzmlError } from './error.js';
import { ROUTING } from './routing.js';
import type { Row } from './row.js';
import type { CommandSet } from './script.js';
import { THIRD_PARTY } from './third-party.js';

export const TABLES: Readonly<Record<CommandSet, readonly Row[]>> = {
  routing: ROUTING,
  'third-party': THIRD_PARTY,
  'api-extension': API_EXTENSION,
  message: API_EXTENSION.filter((row) => row.withoutCall),
};

const byName = (rows: readonly Row[]) => new Map(rows.map((row) => [row.name.toLowerCase(), row]));

const BY_NAME: Readonly<Record<CommandSet, ReadonlyMap<string, Row>>> = {
  routing: byName(TABLES.routing),
  'third-party': byName(TABLES['third-party']),
  'api-extension': byName(TABLES['api-extension']),
  message: byName(TABLES.message),
};

/** The row of a command; throws 303 when only other sets have it, and 301 when none has. */
export function findRow(set: CommandSet, name: string): Row {
  return BY_NAME[set].get(name.toLowerCase()) ?? misplaced(name);
}

/** Refuses an element where it stands: 303 for a command, 301 for what is none. */
export function misplaced(name: string): never {
  const known = Object.values(BY_NAME).some((rows) => rows.has(name.toLowerCase()));
  throw known ? OzmlError.inappropriate(name) : OzmlError.notImplemented(name);
}
