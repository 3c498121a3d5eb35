/** What only pages that control the phone system use: users, other clients, history, messages. */
import { partySchema } from '../entities.js';
import {
  flag,
  listOf,
  number,
  object,
  oneOf,
  optional,
  orNull,
  passing,
  text,
  type Value,
} from '../schema.js';

/** A person, and the extensions on that person's desk. */
export const userSchema = object({
  id: text,
  fullName: text,
  emailAddress: text,
  phoneNumber: text,
  mobileNumber: text,
  extensions: listOf(text),
});
export type User = Value<typeof userSchema>;

/** What a client told about itself when it signed in; never a password. */
export type ClientProperties = Readonly<Record<string, string | number | boolean | null>>;

export const clientPropertiesSchema = passing<ClientProperties>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((property) => property === null || typeof property !== 'object'),
);

/** Another client of the phone system, as it comes and goes ("onClientStateChanged"). */
export const webClientSchema = object({
  phoneNumber: text,
  status: oneOf('ONLINE', 'OFFLINE'),
  properties: clientPropertiesSchema,
});
export type WebClient = Value<typeof webClientSchema>;

/** A session that was, as the database keeps it. Times are milliseconds since 1970; null when it never came to it. */
export const historyRecordSchema = object({
  /** The session's id. */
  callId: text,
  masterId: text,
  startedAt: number,
  answeredAt: orNull(number),
  endedAt: orNull(number),
  talkMs: number,
  direction: text,
  source: text,
  destination: text,
  caller: text,
  callee: text,
  callerName: text,
  calleeName: text,
  dialed: text,
  /** A `SessionState`. */
  state: text,
});
export type HistoryRecord = Value<typeof historyRecordSchema>;

/** A text message within a call. */
export const messageSchema = object({
  id: text,
  /** The call of the client that is told. */
  callId: text,
  from: text,
  text: text,
  at: number,
});
export type Message = Value<typeof messageSchema>;

/** A text message to a number, in no call. */
export const textMessageSchema = object({
  id: text,
  from: partySchema,
  /** The number it was sent to: that of the client that is told. */
  to: text,
  text: text,
  at: number,
});
export type TextMessage = Value<typeof textMessageSchema>;

/** A text message that another client of this number sent, in no call. */
export const sentMessageSchema = object({
  id: text,
  to: partySchema,
  text: text,
  at: number,
});
export type SentMessage = Value<typeof sentMessageSchema>;

/**
 * What became of a text message this client sent. `kept`: its recipient is not there now, and will find it later; a
 * report follows then.
 */
export const messageReportSchema = object({
  id: text,
  delivered: flag,
  kept: optional(flag),
});
export type MessageReport = Value<typeof messageReportSchema>;

/** A text message as the phone system keeps it for its sender and its recipient. */
export const keptMessageSchema = object({
  id: text,
  from: partySchema,
  to: partySchema,
  text: text,
  at: number,
  /** `sent`: on its way, or waiting for its recipient to come. */
  state: oneOf('sent', 'delivered', 'failed'),
});
export type KeptMessage = Value<typeof keptMessageSchema>;

/** What this client's number and another one wrote to each other. */
export const conversationSchema = object({
  with: partySchema,
  /** How many messages of the other one were not seen yet. */
  unread: number,
  last: keptMessageSchema,
});
export type Conversation = Value<typeof conversationSchema>;
