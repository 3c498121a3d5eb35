/** Events of the directory, told after `directory.watch`, and messages, told always. */
import {
  messageReportSchema,
  messageSchema,
  sentMessageSchema,
  textMessageSchema,
  userSchema,
  webClientSchema,
} from './entities.js';
import { object, text, type Value } from '../schema.js';

export const controlEventSchemas = {
  /** A user is new or changed; without the privilege `users` only one's own. */
  'user.changed': userSchema,
  'user.removed': object({ id: text }),
  /** Another client signed in or is gone. */
  'client.changed': webClientSchema,
  /** The other party of a call wrote something. */
  'call.message': messageSchema,
  /** Somebody wrote to this client's number. */
  message: textMessageSchema,
  /** Another client of this number sent something. */
  'message.sent': sentMessageSchema,
  /** A message this client's number sent was delivered, or could not be. */
  'message.report': messageReportSchema,
  /** Another phone of this number has seen what somebody wrote. */
  'message.seen': object({ with: text }),
} as const;

export type ControlEventName = keyof typeof controlEventSchemas;
export type ControlEventData<E extends ControlEventName> = Value<(typeof controlEventSchemas)[E]>;
