/** What only pages that control the phone system use: users, other clients, history, messages. */
import * as v from 'valibot';
import { partySchema } from '../entities.js';

/** A person, and the extensions on that person's desk. */
export const userSchema = v.object({
  id: v.string(),
  fullName: v.string(),
  emailAddress: v.string(),
  phoneNumber: v.string(),
  mobileNumber: v.string(),
  extensions: v.array(v.string()),
});
export type User = v.InferOutput<typeof userSchema>;

/** What a client told about itself when it signed in; never a password. */
export type ClientProperties = Readonly<Record<string, string | number | boolean | null>>;

/** One check instead of a schema of schemas: this part of the library would be loaded by every page. */
export const clientPropertiesSchema = v.custom<ClientProperties>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((property) => property === null || typeof property !== 'object'),
  'expected texts, numbers and flags by name',
);

/** Another client of the phone system, as it comes and goes ("onClientStateChanged"). */
export const webClientSchema = v.object({
  phoneNumber: v.string(),
  status: v.picklist(['ONLINE', 'OFFLINE']),
  properties: clientPropertiesSchema,
});
export type WebClient = v.InferOutput<typeof webClientSchema>;

/** A session that was, as the database keeps it. Times are milliseconds since 1970; null when it never came to it. */
export const historyRecordSchema = v.object({
  /** The session's id. */
  callId: v.string(),
  masterId: v.string(),
  startedAt: v.number(),
  answeredAt: v.nullable(v.number()),
  endedAt: v.nullable(v.number()),
  talkMs: v.number(),
  direction: v.string(),
  source: v.string(),
  destination: v.string(),
  caller: v.string(),
  callee: v.string(),
  callerName: v.string(),
  calleeName: v.string(),
  dialed: v.string(),
  /** A `SessionState`. */
  state: v.string(),
});
export type HistoryRecord = v.InferOutput<typeof historyRecordSchema>;

/** A text message within a call. */
export const messageSchema = v.object({
  id: v.string(),
  /** The call of the client that is told. */
  callId: v.string(),
  from: v.string(),
  text: v.string(),
  at: v.number(),
});
export type Message = v.InferOutput<typeof messageSchema>;

/** A text message to a number, in no call. */
export const textMessageSchema = v.object({
  id: v.string(),
  from: partySchema,
  /** The number it was sent to: that of the client that is told. */
  to: v.string(),
  text: v.string(),
  at: v.number(),
});
export type TextMessage = v.InferOutput<typeof textMessageSchema>;

/**
 * What became of a text message this client sent. `kept`: its recipient is not there now, and will find it later; a
 * report follows then.
 */
export const messageReportSchema = v.object({
  id: v.string(),
  delivered: v.boolean(),
  kept: v.optional(v.boolean()),
});
export type MessageReport = v.InferOutput<typeof messageReportSchema>;

/** A text message as the phone system keeps it for its sender and its recipient. */
export const keptMessageSchema = v.object({
  id: v.string(),
  from: partySchema,
  to: partySchema,
  text: v.string(),
  at: v.number(),
  /** `sent`: on its way, or waiting for its recipient to come. */
  state: v.picklist(['sent', 'delivered', 'failed']),
});
export type KeptMessage = v.InferOutput<typeof keptMessageSchema>;

/** What this client's number and another one wrote to each other. */
export const conversationSchema = v.object({
  with: partySchema,
  /** How many messages of the other one were not seen yet. */
  unread: v.number(),
  last: keptMessageSchema,
});
export type Conversation = v.InferOutput<typeof conversationSchema>;
