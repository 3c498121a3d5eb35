/** The envelope of what a client receives: JSON-RPC 2.0 over WebSocket text messages. */
import { anything, number, object, oneOf, optional, text, type Value } from './schema.js';

/**
 * What a client receives: an answer (`id`, `result`), a failure (`id`, `error`; `id` is null when the request could
 * not be read), or an event (`method`, `params`). One object instead of a union of three: it is small, and every
 * page loads it.
 */
export const serverEnvelopeSchema = object({
  jsonrpc: oneOf('2.0'),
  /** What the client sent as the request's id. */
  id: optional(anything),
  result: optional(anything),
  error: optional(
    object({
      code: number,
      message: text,
      data: optional(object({ retryAfterMs: optional(number) })),
    }),
  ),
  method: optional(text),
  params: optional(object({ seq: number, data: anything })),
});
export type ServerEnvelope = Value<typeof serverEnvelopeSchema>;
