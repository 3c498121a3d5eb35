/** A web site that a command or notification names and that cannot be asked, by the codes of "Status codes". */
import { NotificationError } from '../notifications/index.js';
import { invalidParameter } from './failure.js';
import { forbiddenAddress } from './web-files.js';

/** What it means for the command that named the site; another error stays what it is. */
export function unreachable(error: unknown, command: string, parameter: string): unknown {
  if (!(error instanceof NotificationError)) return error;
  if (error.kind === 'refused-target') return forbiddenAddress(error.message, error);
  return invalidParameter(parameter, command, error.message, error);
}
