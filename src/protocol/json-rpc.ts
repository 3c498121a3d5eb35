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

/**
 * What a client receives: an answer (`id`, `result`), a failure (`id`, `error`; `id` is null when the request could
 * not be read), or an event (`method`, `params`). One object instead of a union of three: it is small, and every
 * page loads it.
 */
export const serverEnvelopeSchema = v.object({
  jsonrpc: v.picklist(['2.0']),
  /** What the client sent as the request's id. */
  id: v.optional(v.unknown()),
  result: v.optional(v.unknown()),
  error: v.optional(
    v.object({
      code: v.number(),
      message: v.string(),
      data: v.optional(v.object({ retryAfterMs: v.optional(v.number()) })),
    }),
  ),
  method: v.optional(v.string()),
  params: v.optional(v.object({ seq: v.number(), data: v.unknown() })),
});
export type ServerEnvelope = v.InferOutput<typeof serverEnvelopeSchema>;
