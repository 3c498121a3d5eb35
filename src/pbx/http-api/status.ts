/** The status codes of the HTTP API ("Status codes") with their messages. */

export const STATUS = {
  ok: 200,
  parseError: 300,
  notImplemented: 301,
  invalidParameter: 302,
  inappropriate: 303,
  authenticationRequired: 304,
  authenticationFailed: 305,
  forbiddenUser: 306,
  forbiddenAddress: 307,
  apiExtensionUnavailable: 401,
  callConnectFailed: 402,
  destinationNotFound: 501,
  callNotFound: 601,
  configNotFound: 701,
  invalidConfig: 702,
  configAlreadyExists: 703,
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
  return new CommandError(STATUS.parseError, `Error occured during parsing message: '${what}'`);
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

/** There is no such API extension; an empty id when there is none at all. */
export function apiExtensionUnavailable(id: string): CommandError {
  return new CommandError(
    STATUS.apiExtensionUnavailable,
    `API extension '${shortened(id)}' unavailable, please check configuration or permissions`,
  );
}

/** A message that was not sent; `why` is a sentence. */
export function destinationNotFound(recipient: string, why: string): CommandError {
  return new CommandError(
    STATUS.destinationNotFound,
    `Destination of the SMS is not found: '${shortened(recipient)}' (${why})`,
  );
}

export function configNotFound(id: string): CommandError {
  return new CommandError(STATUS.configNotFound, `Configuration for type '${shortened(id)}' not found`);
}

/** `why` says what is wrong, without a full stop. */
export function invalidConfig(why: string): CommandError {
  return new CommandError(STATUS.invalidConfig, `Invalid configuration: ${why}`);
}

export function configAlreadyExists(id: string): CommandError {
  return new CommandError(
    STATUS.configAlreadyExists,
    `Extension configuration already exists: '${shortened(id)}'`,
  );
}

/** What is repeated of a request is short. */
function shortened(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}
