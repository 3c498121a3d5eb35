/** The status codes of the HTTP API ("Status codes") with their messages. */

export const STATUS = {
  ok: 200,
  parseError: 300,
  notImplemented: 301,
  invalidParameter: 302,
  authenticationRequired: 304,
  authenticationFailed: 305,
  forbiddenUser: 306,
  forbiddenAddress: 307,
} as const;

/** A command that was not carried out. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** What was sent can be read by nobody. */
export function parseError(what: string): CommandError {
  return new CommandError(STATUS.parseError, `Parse error: ${what}`);
}

export function notImplemented(command: string): CommandError {
  return new CommandError(STATUS.notImplemented, `Not implemented command: '${shortened(command)}'`);
}

export function invalidParameter(parameter: string, command: string): CommandError {
  return new CommandError(
    STATUS.invalidParameter,
    `Missing or invalid parameter '${shortened(parameter)}' for command '${shortened(command)}'`,
  );
}

/** What is repeated of a request is short. */
function shortened(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}
