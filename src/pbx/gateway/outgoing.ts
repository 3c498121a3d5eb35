/** What goes out over the socket, as texts of JSON-RPC 2.0. */
import { ERROR_CODES, ProtocolError } from '../../protocol/index.js';
import type { AnyEventData, AnyEventName, RequestId } from '../../protocol/index.js';
import type { Log } from '../log.js';

/** What became of a request. */
export type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** An answer; the id is null for what was no request. */
export function answerText(id: RequestId | null, outcome: Outcome, log: Log): string {
  const told = 'error' in outcome ? { error: failure(outcome.error, log) } : { result: outcome.result };
  return JSON.stringify({ jsonrpc: '2.0', id, ...told });
}

/** An event with its number. */
export function eventText<E extends AnyEventName>(seq: number, method: E, data: AnyEventData<E>): string {
  return JSON.stringify({ jsonrpc: '2.0', method, params: { seq, data } });
}

/** The error object of an answer. What was not foreseen is logged and not told. */
function failure(error: unknown, log: Log): object {
  if (!(error instanceof ProtocolError)) {
    log.error({ err: error }, 'a request failed for a reason nobody foresaw');
    return { code: ERROR_CODES.internal, message: 'Something went wrong in the phone system.' };
  }
  const { reason, message, retryAfterMs } = error;
  return {
    code: ERROR_CODES[reason],
    message,
    ...(retryAfterMs === undefined ? {} : { data: { retryAfterMs } }),
  };
}
