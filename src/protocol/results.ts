/** What the phone system answers to each request. Checked by the client. */
import * as v from 'valibot';
import { callSchema, extensionSchema, iceServerSchema, identitySchema, sessionSchema } from './entities.js';
import type { controlResultSchemas } from './control/results.js';
import type { Method } from './requests.js';

const doneSchema = v.object({});
const answerSchema = v.object({ answer: v.string() });

const snapshot = {
  identity: identitySchema,
  calls: v.array(callSchema),
  sessions: v.array(sessionSchema),
  extensions: v.array(extensionSchema),
};

/** `seq` is the number of the last event before this answer; events that follow count on from it. */
const greeting = {
  serverTime: v.number(),
  seq: v.number(),
  iceServers: v.array(iceServerSchema),
  /** What the next `connection.resume` needs; never the same twice. */
  resumeSecret: v.string(),
};

export const resultSchemas = {
  /** Signed in. */
  'connection.open': v.object({ connectionId: v.string(), ...greeting, ...snapshot }),
  /**
   * There again. Without a snapshot nothing is lost: what was missed follows. `restarted`: the phone system is another
   * process than before, which knows the calls but has none of their media until they are offered anew.
   */
  'connection.resume': v.object({
    ...greeting,
    snapshot: v.nullable(v.object(snapshot)),
    restarted: v.optional(v.boolean(), false),
  }),
  'connection.ping': v.object({ serverTime: v.number() }),
  'call.start': answerSchema,
  'call.accept': answerSchema,
  'call.pickup': answerSchema,
  'call.offer': answerSchema,
} as const;

type Results = typeof resultSchemas & typeof controlResultSchemas;

/** The result of a method; an empty object for those that only confirm. */
export type Result<M extends Method> = M extends keyof Results
  ? v.InferOutput<Results[M]>
  : v.InferOutput<typeof doneSchema>;

/** The schema of a method's result; those in `control/` are given by who asks. */
export function resultSchema(method: Method): v.GenericSchema {
  return (resultSchemas as Partial<Record<Method, v.GenericSchema>>)[method] ?? doneSchema;
}
