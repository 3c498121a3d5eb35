/** Answers to the requests that control the phone system. Apart from the others, since most clients never ask. */
import * as v from 'valibot';
import {
  conversationSchema,
  historyRecordSchema,
  keptMessageSchema,
  userSchema,
  webClientSchema,
} from './entities.js';

export const controlResultSchemas = {
  /** Everybody there is; what changes follows as events. */
  'directory.watch': v.object({
    users: v.array(userSchema),
    clients: v.array(webClientSchema),
    /** Pages want the seven session states of the older API generation. */
    legacySessionStates: v.boolean(),
  }),
  /** One page of the history, newest first, and how many records fit the filters in all. */
  'history.query': v.object({ total: v.number(), records: v.array(historyRecordSchema) }),
  'webphone.check': v.object({ available: v.boolean() }),
  'calls.setup': v.object({ sessionId: v.string() }),
  'session.listen': v.object({ answer: v.string() }),
  'call.merge': v.object({ conferenceId: v.string() }),
  /** Delivered to the other party's phone. */
  'call.message': v.object({ messageId: v.string() }),
  /** On its way; what became of it follows as an event. */
  'message.send': v.object({ messageId: v.string() }),
  /** The latest first. */
  'message.conversations': v.object({ conversations: v.array(conversationSchema), more: v.boolean() }),
  /** The latest first. */
  'message.list': v.object({ messages: v.array(keptMessageSchema), more: v.boolean() }),
} as const;
