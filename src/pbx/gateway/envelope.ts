/** Reads what came over the socket; everything in it is hostile until this is through. */
import * as v from 'valibot';
import {
  ProtocolError,
  PROTOCOL_VERSION,
  requestEnvelopeSchema,
  requestSchemas,
} from '../../protocol/index.js';
import type { CheckedParams, Method, RequestEnvelope } from '../../protocol/index.js';

/** Reads the envelope of one message. Throws `parse-error` or `invalid-request`. */
export function readEnvelope(text: string): RequestEnvelope {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new ProtocolError('parse-error', 'The message is not JSON.');
  }
  if (Array.isArray(message)) {
    throw new ProtocolError('invalid-request', 'Batches are not taken; send one request a message.');
  }
  if (typeof message === 'object' && message && 'params' in message && Array.isArray(message.params)) {
    throw new ProtocolError('invalid-request', 'Parameters go by name, not in a list.');
  }
  const read = v.safeParse(requestEnvelopeSchema, message);
  if (!read.success) {
    throw new ProtocolError('invalid-request', `Not a JSON-RPC 2.0 request. ${explain(read.issues[0])}`);
  }
  return read.output;
}

/** The method of that name. Throws `unknown-method`; names such as `constructor` are not methods. */
export function readMethod(method: string): Method {
  if (!Object.hasOwn(requestSchemas, method)) {
    throw new ProtocolError('unknown-method', 'There is no such method.');
  }
  return method as Method;
}

/** Checks the parameters of a method. Throws `invalid-params`, or `unsupported-version` for another protocol. */
export function readParams<M extends Method>(method: M, params: Record<string, unknown>): CheckedParams<M> {
  const { protocol } = params;
  if (method === 'connection.open' && typeof protocol === 'number' && protocol !== PROTOCOL_VERSION) {
    throw new ProtocolError(
      'unsupported-version',
      `This phone system speaks version ${PROTOCOL_VERSION} of the protocol.`,
    );
  }
  const read = v.safeParse(requestSchemas[method], params);
  if (!read.success) throw new ProtocolError('invalid-params', explain(read.issues[0]));
  return read.output;
}

/** Says where something is wrong and what is expected, and never repeats the value: it may be a secret. */
function explain(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) => String(key).slice(0, 64)).join('.');
  const expected = issue.expected === null ? issue.message : `expected ${issue.expected}`;
  return `${path === '' ? 'The message' : `"${path}"`}: ${expected}.`;
}
