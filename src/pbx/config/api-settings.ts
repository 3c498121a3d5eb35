/** The part of the configuration for the HTTP API, its notifications, and the extensions that scripts answer. */
import * as v from 'valibot';
import { numberSchema } from '../../protocol/index.js';
import { isTargetException } from '../web-client/index.js';
import { addressRange, RANGE_EXPECTED } from './limit-settings.js';
import { headerValue, passwordHash, shortText, text, webAddress, wholeNumber } from './parts.js';

/** What the user of the HTTP API may be allowed to do; each command needs one of these. */
export const API_RIGHTS = [
  /** Make security tokens. */
  'tokens',
  /** Make calls and connect others. */
  'calls',
  /** Change calls of others: transfer, hold, play, record, hang up. */
  'control',
  /** Send SMS and e-mail. */
  'messages',
  /** Add, change and remove extensions. */
  'configuration',
  /** See active calls, extensions and the call history. */
  'view',
] as const;
export type ApiRight = (typeof API_RIGHTS)[number];

const TARGET_EXPECTED = `${RANGE_EXPECTED}, or a host name`;
const target = v.pipe(v.string(TARGET_EXPECTED), v.check(isTargetException, TARGET_EXPECTED));

/** Where the phone system tells a web site what happens, and how. */
export const notificationsSchema = v.strictObject({
  /** Asked where a call shall go ("RoutingInterception"). */
  routingInterceptionUrl: v.optional(webAddress),
  /** Told each change of a call ("CallChanged"). */
  callChangedUrl: v.optional(webAddress),
  /** Told what went wrong in a script. */
  errorUrl: v.optional(webAddress),
  /** How long a site may take to answer. */
  timeoutSeconds: v.optional(wholeNumber(1, 60, 'a number of seconds'), 5),
  /** How often a notification that carries no decision is sent again. */
  retries: v.optional(wholeNumber(0, 10), 3),
  /** The value of the `Authorization` header of notifications. */
  authorization: v.optional(headerValue),
  /** The key of the HMAC signature of notifications. */
  secret: v.optional(shortText(1024)),
});

/** Who may use the HTTP API, where its answers may lead, and where notifications go. */
export const httpApiSchema = v.strictObject({
  /** What programs must give as `Username` and `Password` with every command. */
  username: v.optional(text),
  passwordHash: v.optional(passwordHash),
  /** Addresses that may use it; all of them without a list. */
  allowedAddresses: v.optional(v.pipe(v.array(addressRange), v.minLength(1, 'expected at least one'))),
  /** Addresses that may not, though they are in the list of those that may. */
  deniedAddresses: v.optional(v.array(addressRange), []),
  /** What its user may do; everything without a list. */
  rights: v.optional(
    v.array(v.picklist(API_RIGHTS, `expected one of ${API_RIGHTS.map((right) => `"${right}"`).join(', ')}`)),
    [...API_RIGHTS],
  ),
  /** Private addresses that commands and scripts may name; the configuration itself may name any. */
  allowTargets: v.optional(v.array(target), []),
  notifications: v.optional(notificationsSchema, {}),
});

/** An extension that the scripts of a web site answer; phones are shown it as one of the type `API`. */
export const apiExtensionSchema = v.strictObject({
  id: numberSchema,
  name: text,
  /** Asked what to do with a call ("IncomingCall"); without it nobody answers. */
  incomingCallUrl: v.optional(webAddress),
  /** Told of a message ("IncomingSMS"). */
  incomingMessageUrl: v.optional(webAddress),
  /** Told what went wrong in a script of this extension; `errorUrl` of the notifications without it. */
  errorUrl: v.optional(webAddress),
});

export type HttpApiSettings = v.InferOutput<typeof httpApiSchema>;
export type NotificationSettings = v.InferOutput<typeof notificationsSchema>;
export type ApiExtensionSettings = v.InferOutput<typeof apiExtensionSchema>;
