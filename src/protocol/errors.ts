/**
 * Why a request failed, each with its JSON-RPC 2.0 error code. The first five are the
 * specification's own; the rest lie in the range it leaves to implementations.
 */
export const ERROR_CODES = {
  'parse-error': -32700,
  'invalid-request': -32600,
  'unknown-method': -32601,
  'invalid-params': -32602,
  internal: -32603,
  /** Wrong extension, password or token; which of them is never said. */
  unauthorized: -32001,
  /** A request that needs a signed-in connection came before `connection.open`. */
  'not-signed-in': -32002,
  /** The signed-in account lacks the privilege. */
  forbidden: -32003,
  /** No call or session of that id, or not one this account may see. */
  'not-found': -32004,
  /** The call or session is not in a state in which that can be done. */
  'wrong-state': -32005,
  /** Too many requests, connections or failed sign-ins; `retryAfterMs` says when to come back. */
  'rate-limited': -32006,
  /** The two sides speak different versions of the protocol. */
  'unsupported-version': -32007,
  /** The session description could not be used. */
  'media-failed': -32008,
  /** The phone system is stopping. */
  'shutting-down': -32009,
} as const;

/** The name of a failure: what code branches on. The message beside it is for people. */
export type ErrorName = keyof typeof ERROR_CODES;

/** The name that belongs to a JSON-RPC error code; `internal` for one this version does not know. */
export function errorName(code: number): ErrorName {
  const names = Object.keys(ERROR_CODES) as ErrorName[];
  return names.find((name) => ERROR_CODES[name] === code) ?? 'internal';
}

/** A request that failed: thrown inside the phone system, and by the client for the answer it got. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';

  constructor(
    /** Which failure it is. */
    readonly reason: ErrorName,
    message: string,
    /** When to try again, in milliseconds; only with `rate-limited` and `shutting-down`. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
