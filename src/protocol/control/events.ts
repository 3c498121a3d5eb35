/** Events of the directory, told after `directory.watch`, and messages in calls, told always. */
import * as v from 'valibot';
import { messageSchema, userSchema, webClientSchema } from './entities.js';

export const controlEventSchemas = {
  /** A user is new or changed; without the privilege `users` only one's own. */
  'user.changed': userSchema,
  'user.removed': v.object({ id: v.string() }),
  /** Another client signed in or is gone. */
  'client.changed': webClientSchema,
  /** The other party of a call wrote something. */
  'call.message': messageSchema,
} as const;

export type ControlEventName = keyof typeof controlEventSchemas;
export type ControlEventData<E extends ControlEventName> = v.InferOutput<(typeof controlEventSchemas)[E]>;
