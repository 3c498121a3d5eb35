/** What a client may ask: the parameters of each method. Checked by the phone system before anything else. */
import * as v from 'valibot';
import {
  MAX_BEAT_MS,
  MAX_MERGED_CALLS,
  MAX_NUMBER_LENGTH,
  MAX_SDP_LENGTH,
  PROTOCOL_VERSION,
} from './limits.js';

/** An identifier made by either side: letters, digits, dash, underscore; 1 to 64 characters. */
export const idSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

/** What a person dials: an extension, a phone number, an address. Printable, without blanks. */
export const numberSchema = v.pipe(v.string(), v.regex(/^[^\s\p{C}]+$/u), v.maxLength(MAX_NUMBER_LENGTH));

const sdpSchema = v.pipe(v.string(), v.startsWith('v=0'), v.maxLength(MAX_SDP_LENGTH));
const secretSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const callSchema = v.strictObject({ callId: idSchema });
const messageTextSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));
const filterSchema = v.pipe(v.string(), v.maxLength(128));
/** Counted from 0; far beyond what any list has, and no number a database could not count to. */
const pageSchema = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9)), 0);
const pageRowsSchema = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 50);
const sessionSchema = v.strictObject({ sessionId: idSchema });

/** Who wants to sign in: an extension with its password, or the holder of a token. */
export const credentialsSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('password'), extension: numberSchema, password: secretSchema }),
  v.strictObject({ kind: v.literal('token'), token: secretSchema }),
]);
export type Credentials = v.InferOutput<typeof credentialsSchema>;

/**
 * What a client tells the other clients about itself: short texts, numbers and flags under free names.
 * A key that reads like a secret is refused, so that no password is ever passed on.
 */
export const propertiesSchema = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(64)),
    v.union([v.pipe(v.string(), v.maxLength(1024)), v.number(), v.boolean(), v.null()]),
  ),
  v.check((properties) => Object.keys(properties).length <= 32, 'at most 32 properties'),
  v.check(
    (properties) => !Object.keys(properties).some((key) => /^(password|__proto__)$/i.test(key)),
    'a password is not a property to share',
  ),
);

/** A trickled ICE candidate (RFC 8838); `null` ends the candidates. */
export const candidateSchema = v.nullable(
  v.strictObject({
    candidate: v.pipe(v.string(), v.maxLength(1024)),
    sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(32))),
    sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31))),
  }),
);
export type Candidate = v.InferOutput<typeof candidateSchema>;

export const requestSchemas = {
  /** Signs in. The first request of every connection. */
  'connection.open': v.strictObject({
    protocol: v.literal(PROTOCOL_VERSION),
    credentials: credentialsSchema,
    properties: v.optional(propertiesSchema, {}),
  }),
  /** Goes on as the client that lost its socket, in place of signing in. `seq`: null for who knows nothing any more. */
  'connection.resume': v.strictObject({
    protocol: v.literal(PROTOCOL_VERSION),
    connectionId: idSchema,
    secret: secretSchema,
    seq: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  /** Asks whether the phone system still answers; `seq` is the last event that came; `afterMs`: when it is to answer. */
  'connection.ping': v.strictObject({
    seq: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    afterMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_BEAT_MS))),
  }),
  /** Signs out: ends the connection's calls and closes it. */
  'connection.close': v.strictObject({}),

  /** Calls a number. `callId` is made by the client; the answer to the offer comes back at once. */
  'call.start': v.strictObject({
    callId: idSchema,
    to: v.union([numberSchema, v.literal('')]),
    offer: sdpSchema,
    video: v.boolean(),
  }),
  /** Answers a ringing call; this client makes the offer. */
  'call.accept': v.strictObject({ callId: idSchema, offer: sdpSchema, video: v.boolean() }),
  /** Takes the call that rings at another extension. */
  'call.pickup': v.strictObject({ callId: idSchema, extension: numberSchema, offer: sdpSchema }),
  /** Declines a ringing call for all phones of this extension. */
  'call.reject': callSchema,
  /** Sends a ringing call on to another number. */
  'call.forward': v.strictObject({ callId: idSchema, to: numberSchema }),
  /** Ends a call, or gives up calling. */
  'call.hangup': callSchema,
  'call.hold': callSchema,
  'call.unhold': callSchema,
  /** Blind transfer: connects the other party to a number. */
  'call.transfer': v.strictObject({ callId: idSchema, to: numberSchema }),
  /** Attended transfer: connects the other parties of two of this client's calls with each other. */
  'call.join': v.strictObject({ callId: idSchema, consultCallId: idSchema }),
  /** Merges answered calls of this client, on hold or not, into a conference; one that is in one already brings it. */
  'call.merge': v.strictObject({
    callIds: v.pipe(
      v.array(idSchema),
      v.minLength(2),
      v.maxLength(MAX_MERGED_CALLS),
      v.check((ids) => new Set(ids).size === ids.length, 'each call once'),
    ),
  }),
  /** Takes the conference of a call apart: this client goes on with that call, the others are on hold. */
  'call.split': callSchema,
  /** A new offer for a running call, for example an ICE restart. */
  'call.offer': v.strictObject({ callId: idSchema, offer: sdpSchema }),
  'call.candidate': v.strictObject({ callId: idSchema, candidate: candidateSchema }),
  /**
   * Breaks the path the media of a call take, as a router does that forgets it, until new ones are looked for (ICE
   * restart). For demos and tests: only where the phone system's `simulateFaults` allows it.
   */
  'call.break': callSchema,
  /** Says whether this client is sending its camera, for the other party's screen. */
  'call.video': v.strictObject({ callId: idSchema, sending: v.boolean() }),

  /** Third-party call control; each needs the privilege `sessions.modify` or to be one's own session. */
  'session.hold': sessionSchema,
  'session.unhold': sessionSchema,
  'session.close': sessionSchema,
  /** Blind transfer by a third party: `transferor` leaves, the other party is connected to `to`. */
  'session.transfer': v.strictObject({
    sessionId: idSchema,
    transferor: v.picklist(['caller', 'callee']),
    to: numberSchema,
  }),

  /** Ends somebody's session as if the caller had hung up. */
  'session.hangup': sessionSchema,
  /** Sends a session that rings on to another number. */
  'session.forward': v.strictObject({ sessionId: idSchema, to: numberSchema }),
  /** Sends one digit to one party, who hears it as a tone (RFC 4733). */
  'session.dtmf': v.strictObject({
    sessionId: idSchema,
    party: v.picklist(['caller', 'callee']),
    digit: v.pipe(v.string(), v.regex(/^[0-9*#A-D]$/)),
  }),
  /** Listens to a session; needs `sessions.listen`. The listening is a call of its own, ended by `call.hangup`. */
  'session.listen': v.strictObject({ sessionId: idSchema, callId: idSchema, offer: sdpSchema }),
  /** Rings `caller`, and when it answers, `callee`; needs `calls.setup`. */
  'calls.setup': v.strictObject({ caller: numberSchema, callee: numberSchema }),
  /** Asks whether a webphone could be called now. Before signing in, only for the token of an outside line. */
  'webphone.check': v.strictObject({ id: secretSchema }),
  /** Sends a text to the other party of an answered call. */
  'call.message': v.strictObject({ callId: idSchema, text: messageTextSchema }),
  /** Sends a text to a number, in no call. Visitors may write only to the number their line rings. */
  'message.send': v.strictObject({ to: numberSchema, text: messageTextSchema }),
  /** With whom this client's number wrote, the latest first, and what is unread. */
  'message.conversations': v.strictObject({
    page: pageSchema,
    rows: pageRowsSchema,
  }),
  /** What this client's number and another one wrote to each other, the latest first. */
  'message.list': v.strictObject({
    with: numberSchema,
    /** Only what came before this message. */
    before: v.optional(idSchema),
    rows: pageRowsSchema,
  }),
  /** What that number wrote was seen. */
  'message.seen': v.strictObject({ with: numberSchema }),
  /** Users and other clients, now and as they change. */
  'directory.watch': v.strictObject({}),
  /** The call history; without the privilege `history` only one's own calls. An empty filter does not filter. */
  'history.query': v.strictObject({
    page: pageSchema,
    rows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 50),
    /** Not before this moment, in milliseconds since 1970. */
    from: v.optional(v.number()),
    /** Found in any of the text columns. */
    general: v.optional(filterSchema, ''),
    direction: v.optional(filterSchema, ''),
    source: v.optional(filterSchema, ''),
    destination: v.optional(filterSchema, ''),
    state: v.optional(filterSchema, ''),
    dialed: v.optional(filterSchema, ''),
    callerId: v.optional(filterSchema, ''),
    callId: v.optional(filterSchema, ''),
    /** An extension that took part. */
    extension: v.optional(filterSchema, ''),
    /** Not over before this moment, in milliseconds since 1970. */
    endedFrom: v.optional(v.number()),
    /**
     * Only calls of this client's number, whatever it may see. `missed`: it was called and nobody answered, nor
     * declined or sent the call on.
     */
    own: v.optional(v.picklist(['', 'all', 'incoming', 'outgoing', 'missed']), ''),
  }),
} as const;

export type Method = keyof typeof requestSchemas;
export type Params<M extends Method> = v.InferInput<(typeof requestSchemas)[M]>;
export type CheckedParams<M extends Method> = v.InferOutput<(typeof requestSchemas)[M]>;
