/** The envelope: JSON-RPC 2.0 over WebSocket text messages. No batches. */
import * as v from 'valibot';

const versionSchema = v.literal('2.0');
const requestIdSchema = v.union([v.pipe(v.string(), v.maxLength(64)), v.number()]);

/** A request (with `id`) or a notification (without). */
export const requestEnvelopeSchema = v.strictObject({
  jsonrpc: versionSchema,
  id: v.optional(requestIdSchema),
  method: v.pipe(v.string(), v.maxLength(64)),
  params: v.optional(v.record(v.string(), v.unknown()), {}),
});
export type RequestEnvelope = v.InferOutput<typeof requestEnvelopeSchema>;
export type RequestId = v.InferOutput<typeof requestIdSchema>;

/** What a client receives: an answer, a failure, or an event with its sequence number. */
export const serverEnvelopeSchema = v.union([
  v.object({ jsonrpc: versionSchema, id: requestIdSchema, result: v.unknown() }),
  v.object({
    jsonrpc: versionSchema,
    id: v.nullable(requestIdSchema),
    error: v.object({
      code: v.number(),
      message: v.string(),
      data: v.optional(v.object({ retryAfterMs: v.optional(v.number()) })),
    }),
  }),
  v.object({
    jsonrpc: versionSchema,
    method: v.string(),
    params: v.object({ seq: v.number(), data: v.unknown() }),
  }),
]);
export type ServerEnvelope = v.InferOutput<typeof serverEnvelopeSchema>;
