/** The envelope of what a client sends: JSON-RPC 2.0 over WebSocket text messages. No batches. */
import * as v from 'valibot';

const requestIdSchema = v.union([v.pipe(v.string(), v.maxLength(64)), v.number()]);

/** A request (with `id`) or a notification (without). */
export const requestEnvelopeSchema = v.strictObject({
  jsonrpc: v.literal('2.0'),
  id: v.optional(requestIdSchema),
  method: v.pipe(v.string(), v.maxLength(64)),
  params: v.optional(v.record(v.string(), v.unknown()), {}),
});
export type RequestEnvelope = v.InferOutput<typeof requestEnvelopeSchema>;
export type RequestId = v.InferOutput<typeof requestIdSchema>;
