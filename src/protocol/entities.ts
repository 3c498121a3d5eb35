/**
 * The things both sides talk about: calls, sessions, extensions. Each is a schema; the type is inferred from
 * it, so that what is checked at the socket and what the code relies on cannot differ.
 */
import { flag, listOf, number, object, oneOf, optional, orNull, text, type Value } from './schema.js';

/** Milliseconds since 1970 by the phone system's clock. */
const timeSchema = number;

/** Who is at the other end: the number to call back, and a name to show (may be empty). */
export const partySchema = object({ number: text, name: text });
export type Party = Value<typeof partySchema>;

/** Talk time: milliseconds gathered so far and, while it is counting, since when (else null). */
export const talkSchema = object({ ms: number, since: orNull(timeSchema) });
export type Talk = Value<typeof talkSchema>;

/** Why a call ended, from the point of view of the party that is told. */
export const END_REASONS = [
  'hung-up',
  'remote-hung-up',
  'cancelled',
  'answered-elsewhere',
  'rejected',
  'busy',
  'not-found',
  'unavailable',
  'no-answer',
  'forwarded',
  'transferred',
  'closed',
  'forbidden',
  'connection-lost',
  'media-failed',
  'shutdown',
  'error',
] as const;
export const endReasonSchema = oneOf(...END_REASONS);
export type EndReason = Value<typeof endReasonSchema>;

/** How far a transfer asked for by this party has come; `failed` says why and the call goes on. */
export const transferSchema = object({
  to: text,
  state: oneOf('trying', 'ringing', 'failed'),
  reason: optional(endReasonSchema),
});
export type Transfer = Value<typeof transferSchema>;

/**
 * One leg of a session as its owner sees it.
 * `dialing`: the phone system looks for the other side; `ringing`: the callee's phone rings (for an incoming
 * call: this phone rings); `active`: answered, held or not; `ended`: over, `endReason` says why.
 */
export const callSchema = object({
  id: text,
  sessionId: text,
  /** `listening`: this client hears a session and is not heard. */
  kind: oneOf('call', 'listening'),
  direction: oneOf('incoming', 'outgoing'),
  state: oneOf('dialing', 'ringing', 'active', 'ended'),
  /** This party put the other on hold. */
  heldLocally: flag,
  /** The other party, or a supervisor, holds this one. */
  heldRemotely: flag,
  remote: partySchema,
  /** The outside line the call came in by; empty for a call between extensions. */
  line: text,
  /** The caller offered video from the start. */
  video: flag,
  /** The other party is sending its camera now. */
  remoteVideo: flag,
  transfer: orNull(transferSchema),
  /** The conference this party merged the call into; its other calls there have the same. */
  conference: optional(orNull(text), null),
  startedAt: timeSchema,
  answeredAt: orNull(timeSchema),
  talk: talkSchema,
  endReason: optional(endReasonSchema),
});
export type Call = Value<typeof callSchema>;

/** The states of a session: the nineteen of "Session class", and three before and between them. */
export const SESSION_STATES = [
  'Created',
  'Setup',
  'TransferSetup',
  'Ringing',
  'InCall',
  'CalleeOnHold',
  'CallerOnHold',
  'OnHold',
  'OnHoldInactive',
  'TransferRequested',
  'Transferring',
  'TransferCompleted',
  'TransferFailed',
  'CallerHungUp',
  'CalleeHungUp',
  'Redirected',
  'NotFound',
  'Busy',
  'Cancelled',
  'NotAnswered',
  'Error',
  'Aborted',
] as const;
export const sessionStateSchema = oneOf(...SESSION_STATES);
export type SessionState = Value<typeof sessionStateSchema>;

/** A conversation of two legs, as the phone system keeps it ("Session class" of the JavaScript API). */
export const sessionSchema = object({
  id: text,
  /** The session the first one of a chain of transfers; its own id when there was none. */
  masterId: text,
  state: sessionStateSchema,
  direction: oneOf('Internal', 'Inbound', 'Outbound'),
  caller: text,
  callee: text,
  callerName: text,
  calleeName: text,
  callerLegId: text,
  calleeLegId: text,
  source: text,
  sourceType: text,
  destination: text,
  destinationType: text,
  dialedNumber: text,
  startedAt: timeSchema,
  stateSince: timeSchema,
  talk: talkSchema,
});
export type Session = Value<typeof sessionSchema>;

/** What an extension is doing, for a busy lamp field (BLF). */
export const extensionStatusSchema = oneOf('idle', 'ringing', 'busy', 'offline');
export type ExtensionStatus = Value<typeof extensionStatusSchema>;

/** An extension or outside line and its status. */
export const extensionSchema = object({
  id: text,
  name: text,
  kind: oneOf('extension', 'line'),
  /** The product's word for it: `Webphone`, `Webphone outside line`, later `SIP`, `API` … */
  type: text,
  status: extensionStatusSchema,
});
export type Extension = Value<typeof extensionSchema>;

/** What an account may do beyond making and taking its own calls. */
export const PRIVILEGES = [
  /** See everybody's sessions. */
  'sessions.view',
  /** Hold, transfer, close other people's sessions. */
  'sessions.modify',
  /** Listen to other people's sessions. */
  'sessions.listen',
  /** Connect two extensions with each other. */
  'calls.setup',
  /** Take a call that rings at another extension. */
  'calls.pickup',
  /** Read everybody's call history. */
  'history',
  /** Read the list of users. */
  'users',
] as const;
export const privilegeSchema = oneOf(...PRIVILEGES);
export type Privilege = Value<typeof privilegeSchema>;

/** The account a connection is signed in as. */
export const identitySchema = object({
  number: text,
  name: text,
  /** `line`: a visitor of a web site; `token`: the holder of a security token, with a number of its own. */
  kind: oneOf('extension', 'line', 'token'),
  privileges: listOf(privilegeSchema),
});
export type Identity = Value<typeof identitySchema>;

/** A STUN or TURN server with credentials that are valid for a short time (the shape of `RTCIceServer`). */
export const iceServerSchema = object({
  urls: listOf(text),
  username: optional(text),
  credential: optional(text),
});
export type IceServer = Value<typeof iceServerSchema>;
