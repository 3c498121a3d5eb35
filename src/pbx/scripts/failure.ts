/** Why something a site asked for was not done, by the codes of "Status codes" of the HTTP API. */
import { ProtocolError } from '../../protocol/index.js';

export const FAILURE = {
  invalidParameter: 302,
  inappropriate: 303,
  forbiddenAddress: 307,
  apiExtensionUnavailable: 401,
  callConnectFailed: 402,
  smsDestinationNotFound: 501,
  callNotFound: 601,
} as const;

export type FailureCode = (typeof FAILURE)[keyof typeof FAILURE];

export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A parameter whose value cannot be used, and why when that helps to mend it. */
export function invalidParameter(parameter: string, command: string, why = '', cause?: unknown): Failure {
  const reason = why === '' ? '' : `: ${why}`;
  return new Failure(
    FAILURE.invalidParameter,
    `Missing or invalid parameter '${parameter}' for command '${command}'${reason}`,
    { cause },
  );
}

/** A command that does not fit the state its call is in, and why. */
export function inappropriate(command: string, why: string): Failure {
  return new Failure(FAILURE.inappropriate, `Command '${command}' cannot be used here: ${why}`);
}

export function callNotFound(callId: string): Failure {
  return new Failure(FAILURE.callNotFound, `Call not found with ID '${shortened(callId)}'`);
}

export function apiExtensionUnavailable(id: string): Failure {
  return new Failure(
    FAILURE.apiExtensionUnavailable,
    `API extension '${shortened(id)}' unavailable, please check configuration or permissions`,
  );
}

/** A call that did not come about, and the state it ended in ("Routing call states"). */
export function callConnectFailed(number: string, state: string): Failure {
  return new Failure(
    FAILURE.callConnectFailed,
    `Call connect to '${shortened(number)}' failed with result state '${state}'`,
  );
}

/** What is repeated of a command is short. */
function shortened(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}

/** Does something with a call; what the exchange refuses becomes a failure. `target` is the parameter that names whom. */
export function onExchange<T>(command: string, callId: string, act: () => T, target = 'CallId'): T {
  try {
    return act();
  } catch (error) {
    throw asFailure(error, command, callId, target);
  }
}

/** The same for what the exchange refuses later. */
export async function onExchangeAsync<T>(command: string, callId: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw asFailure(error, command, callId, 'CallId');
  }
}

function asFailure(error: unknown, command: string, callId: string, target: string): unknown {
  if (!(error instanceof ProtocolError)) return error;
  switch (error.reason) {
    case 'not-found':
      return target === 'CallId'
        ? callNotFound(callId)
        : invalidParameter(target, command, error.message, error);
    case 'forbidden':
    case 'invalid-params':
      return invalidParameter(target, command, error.message, error);
    default:
      return inappropriate(command, error.message);
  }
}
