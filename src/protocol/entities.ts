/**
 * The things both sides talk about: calls, sessions, extensions. Each is a schema; the type is inferred from
 * it, so that what is checked at the socket and what the code relies on cannot differ.
 */
import * as v from 'valibot';
import { MAX_NUMBER_LENGTH } from './limits.js';

/** An identifier made by either side: letters, digits, dash, underscore; 1 to 64 characters. */
export const idSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

/** What a person dials: an extension, a phone number, an address. Printable, without blanks. */
export const numberSchema = v.pipe(v.string(), v.regex(/^[^\s\p{C}]+$/u), v.maxLength(MAX_NUMBER_LENGTH));

/** Milliseconds since 1970 by the phone system's clock. */
const timeSchema = v.number();

/** Who is at the other end: the number to call back, and a name to show (may be empty). */
export const partySchema = v.object({ number: v.string(), name: v.string() });
export type Party = v.InferOutput<typeof partySchema>;

/** Talk time: milliseconds gathered so far and, while it is counting, since when (else null). */
export const talkSchema = v.object({ ms: v.number(), since: v.nullable(timeSchema) });
export type Talk = v.InferOutput<typeof talkSchema>;

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
export const endReasonSchema = v.picklist(END_REASONS);
export type EndReason = v.InferOutput<typeof endReasonSchema>;

/** How far a transfer asked for by this party has come; `failed` says why and the call goes on. */
export const transferSchema = v.object({
  to: v.string(),
  state: v.picklist(['trying', 'ringing', 'failed']),
  reason: v.optional(endReasonSchema),
});
export type Transfer = v.InferOutput<typeof transferSchema>;

/**
 * One leg of a session as its owner sees it.
 * `dialing`: the phone system looks for the other side; `ringing`: the callee's phone rings (for an incoming
 * call: this phone rings); `active`: answered, held or not; `ended`: over, `endReason` says why.
 */
export const callSchema = v.object({
  id: v.string(),
  sessionId: v.string(),
  /** `listening`: this client hears a session and is not heard. */
  kind: v.picklist(['call', 'listening']),
  direction: v.picklist(['incoming', 'outgoing']),
  state: v.picklist(['dialing', 'ringing', 'active', 'ended']),
  /** This party put the other on hold. */
  heldLocally: v.boolean(),
  /** The other party, or a supervisor, holds this one. */
  heldRemotely: v.boolean(),
  remote: partySchema,
  /** The outside line the call came in by; empty for a call between extensions. */
  line: v.string(),
  /** The caller offered video from the start. */
  video: v.boolean(),
  /** The other party is sending its camera now. */
  remoteVideo: v.boolean(),
  transfer: v.nullable(transferSchema),
  /** The conference this party merged the call into; its other calls there have the same. */
  conference: v.optional(v.nullable(v.string()), null),
  startedAt: timeSchema,
  answeredAt: v.nullable(timeSchema),
  talk: talkSchema,
  endReason: v.optional(endReasonSchema),
});
export type Call = v.InferOutput<typeof callSchema>;

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
export const sessionStateSchema = v.picklist(SESSION_STATES);
export type SessionState = v.InferOutput<typeof sessionStateSchema>;

/** A conversation of two legs, as the phone system keeps it ("Session class" of the JavaScript API). */
export const sessionSchema = v.object({
  id: v.string(),
  /** The session the first one of a chain of transfers; its own id when there was none. */
  masterId: v.string(),
  state: sessionStateSchema,
  direction: v.picklist(['Internal', 'Inbound', 'Outbound']),
  caller: v.string(),
  callee: v.string(),
  callerName: v.string(),
  calleeName: v.string(),
  callerLegId: v.string(),
  calleeLegId: v.string(),
  source: v.string(),
  sourceType: v.string(),
  destination: v.string(),
  destinationType: v.string(),
  dialedNumber: v.string(),
  startedAt: timeSchema,
  stateSince: timeSchema,
  talk: talkSchema,
});
export type Session = v.InferOutput<typeof sessionSchema>;

/** What an extension is doing, for a busy lamp field (BLF). */
export const extensionStatusSchema = v.picklist(['idle', 'ringing', 'busy', 'offline']);
export type ExtensionStatus = v.InferOutput<typeof extensionStatusSchema>;

/** An extension or outside line and its status. */
export const extensionSchema = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(['extension', 'line']),
  /** The product's word for it: `Webphone`, `Webphone outside line`, later `SIP`, `API` … */
  type: v.string(),
  status: extensionStatusSchema,
});
export type Extension = v.InferOutput<typeof extensionSchema>;

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
export const privilegeSchema = v.picklist(PRIVILEGES);
export type Privilege = v.InferOutput<typeof privilegeSchema>;

/** The account a connection is signed in as. */
export const identitySchema = v.object({
  number: v.string(),
  name: v.string(),
  /** `line`: a visitor of a web site; `token`: the holder of a security token, with a number of its own. */
  kind: v.picklist(['extension', 'line', 'token']),
  privileges: v.array(privilegeSchema),
});
export type Identity = v.InferOutput<typeof identitySchema>;

/** A STUN or TURN server with credentials that are valid for a short time (the shape of `RTCIceServer`). */
export const iceServerSchema = v.object({
  urls: v.array(v.string()),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});
export type IceServer = v.InferOutput<typeof iceServerSchema>;
