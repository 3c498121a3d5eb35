/** The commands of the HTTP API, in the order they are shown. */
import { CALLS } from './commands/calls.js';
import { CONFIGURATION } from './commands/configuration.js';
import { CONTROL } from './commands/control.js';
import { MESSAGES } from './commands/messages.js';
import { QUERIES } from './commands/queries.js';
import { SECURITY } from './commands/security.js';
import type { CommandRow } from './command.js';
import type { Parameters } from './parameters.js';
import { notImplemented } from './status.js';

export const COMMANDS: readonly CommandRow[] = [
  ...CALLS,
  ...MESSAGES,
  ...CONTROL,
  ...QUERIES,
  ...CONFIGURATION,
  ...SECURITY,
];

const BY_NAME = new Map(COMMANDS.map((row) => [row.name.toLowerCase(), row]));

/** The command a request asks for; throws 302 when it names none and 301 when there is none of that name. */
export function findCommand(request: Parameters): CommandRow {
  const row = BY_NAME.get(request.need('Command').toLowerCase());
  if (!row) throw notImplemented(request.command);
  return row;
}
