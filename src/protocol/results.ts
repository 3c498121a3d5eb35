/** What the phone system answers to each request. Checked by the client. */
import { callSchema, extensionSchema, iceServerSchema, identitySchema, sessionSchema } from './entities.js';
import type { controlResultSchemas } from './control/results.js';
import type { Method } from './requests.js';
import { flag, listOf, number, object, optional, orNull, text, type Schema, type Value } from './schema.js';

const doneSchema = object({});
const answerSchema = object({ answer: text });

const snapshot = {
  identity: identitySchema,
  calls: listOf(callSchema),
  sessions: listOf(sessionSchema),
  extensions: listOf(extensionSchema),
};

/** `seq` is the number of the last event before this answer; events that follow count on from it. */
const greeting = {
  serverTime: number,
  seq: number,
  iceServers: listOf(iceServerSchema),
  /** What the next `connection.resume` needs; never the same twice. */
  resumeSecret: text,
};

export const resultSchemas = {
  /** Signed in. */
  'connection.open': object({ connectionId: text, ...greeting, ...snapshot }),
  /**
   * There again. Without a snapshot nothing is lost: what was missed follows. `restarted`: the phone system is another
   * process than before, which knows the calls but has none of their media until they are offered anew.
   */
  'connection.resume': object({
    ...greeting,
    snapshot: orNull(object(snapshot)),
    restarted: optional(flag, false),
  }),
  'connection.ping': object({ serverTime: number }),
  'call.start': answerSchema,
  'call.accept': answerSchema,
  'call.pickup': answerSchema,
  'call.offer': answerSchema,
} as const;

type Results = typeof resultSchemas & typeof controlResultSchemas;

/** The result of a method; an empty object for those that only confirm. */
export type Result<M extends Method> = M extends keyof Results ? Value<Results[M]> : Value<typeof doneSchema>;

/** The schema of a method's result; those in `control/` are given by who asks. */
export function resultSchema(method: Method): Schema<object> {
  return (resultSchemas as Partial<Record<Method, Schema<object>>>)[method] ?? doneSchema;
}
