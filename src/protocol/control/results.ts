/** Answers to the requests that control the phone system. Apart from the others, since most clients never ask. */
import {
  conversationSchema,
  historyRecordSchema,
  keptMessageSchema,
  userSchema,
  webClientSchema,
} from './entities.js';
import { flag, listOf, number, object, text } from '../schema.js';

export const controlResultSchemas = {
  /** Everybody there is; what changes follows as events. */
  'directory.watch': object({
    users: listOf(userSchema),
    clients: listOf(webClientSchema),
    /** Pages want the seven session states of the older API generation. */
    legacySessionStates: flag,
  }),
  /** One page of the history, newest first, and how many records fit the filters in all. */
  'history.query': object({ total: number, records: listOf(historyRecordSchema) }),
  'webphone.check': object({ available: flag }),
  'calls.setup': object({ sessionId: text }),
  'session.listen': object({ answer: text }),
  'call.merge': object({ conferenceId: text }),
  /** Delivered to the other party's phone. */
  'call.message': object({ messageId: text }),
  /** On its way; what became of it follows as an event. */
  'message.send': object({ messageId: text }),
  /** The latest first. */
  'message.conversations': object({ conversations: listOf(conversationSchema), more: flag }),
  /** The latest first. */
  'message.list': object({ messages: listOf(keptMessageSchema), more: flag }),
} as const;
