/** What the phone system tells a client unasked. Each event of a connection carries the next number. */
import type { ControlEventData, ControlEventName } from './control/events.js';
import { callSchema, extensionSchema, sessionSchema } from './entities.js';
import { number, object, oneOf, optional, text, type Value } from './schema.js';

export const eventSchemas = {
  /** A call of this client is new or changed; `ended` is its last change. */
  'call.changed': callSchema,
  /** A session this client may see is new or changed. */
  'session.changed': sessionSchema,
  /** A session is over; its state says how. */
  'session.closed': sessionSchema,
  /** An extension or outside line is new or changed. */
  'extension.changed': extensionSchema,
  'extension.removed': object({ id: text }),
  /** The phone system is about to close this connection, and why. */
  'connection.closing': object({
    reason: oneOf('shutdown', 'signed-out', 'account-removed', 'too-slow', 'protocol-error'),
    message: text,
    retryAfterMs: optional(number),
  }),
} as const;

export type EventName = keyof typeof eventSchemas;
export type EventData<E extends EventName> = Value<(typeof eventSchemas)[E]>;

/** Every event there is, with those only some clients understand. */
export type AnyEventName = EventName | ControlEventName;
export type AnyEventData<E extends AnyEventName> = E extends EventName
  ? EventData<E>
  : E extends ControlEventName
    ? ControlEventData<E>
    : never;

/** An event as a discriminated union, for handlers that take any. */
export type ServerEvent = { [E in EventName]: { name: E; seq: number; data: EventData<E> } }[EventName];
