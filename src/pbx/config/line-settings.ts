/** Outside lines: how calls come from elsewhere, and go there. */
import * as v from 'valibot';
import { numberSchema } from '../../protocol/index.js';
import { addressRange } from './limit-settings.js';
import { path, shortText, text, wholeNumber } from './parts.js';

const id = v.pipe(
  v.string('expected 1 to 32 letters, digits, "-" or "_"'),
  v.regex(/^[\w-]{1,32}$/, 'expected 1 to 32 letters, digits, "-" or "_"'),
);

/** A webphone outside line: visitors of a web site call in by its token, which is public. */
export const webphoneLineSchema = v.strictObject({
  id,
  type: v.literal('webphone'),
  name: text,
  token: shortText(256),
  /** The extension that rings, or the conference or API extension that answers, when a visitor calls. */
  rings: numberSchema,
});

const SERVER_EXPECTED =
  'expected a host name or an IP address, with ":" and a port when it is not the usual one';

/** A host and perhaps a port: `sip.example.com`, `192.0.2.1:5080`, `[2001:db8::1]:5060`. */
export const SERVER_FORM = /^(?:\[([\da-f:.]+)\]|([a-z\d](?:[a-z\d.-]*[a-z\d])?))(?::([1-9]\d{0,4}))?$/i;

const USER_EXPECTED = 'expected 1 to 128 characters without blanks, quotes, "@", "<" and ">"';
const DOMAIN_EXPECTED = 'expected a host name or an IP address, without a port';
const NUMBER_EXPECTED = 'expected a telephone number: digits, perhaps with a "+" before them, or a user name';

/** The part of a SIP address before the "@". */
const user = v.pipe(v.string(USER_EXPECTED), v.regex(/^[^\s"@<>\p{C}]{1,128}$/u, USER_EXPECTED));

/** A SIP outside line: an account at a provider or another PBX, by which calls come in and go out (RFC 3261). */
export const sipLineSchema = v.strictObject({
  id,
  type: v.literal('sip'),
  name: text,
  /** Where the provider or PBX is. */
  server: v.pipe(
    v.string(SERVER_EXPECTED),
    v.maxLength(260, SERVER_EXPECTED),
    v.regex(SERVER_FORM, SERVER_EXPECTED),
  ),
  transport: v.optional(v.picklist(['udp', 'tcp', 'tls'], 'expected "udp", "tcp" or "tls"'), 'udp'),
  /** The account's address is `username@domain`; the domain is the server's name when left out. */
  username: user,
  domain: v.optional(
    v.pipe(v.string(DOMAIN_EXPECTED), v.regex(/^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i, DOMAIN_EXPECTED)),
  ),
  /** The name to sign in with; the user name when left out. */
  authName: v.optional(user),
  /** Left out where the server knows the phone system by its address. */
  password: v.optional(shortText(256)),
  /** Whether to register; without, the line counts as registered while the server answers OPTIONS. */
  register: v.optional(v.boolean('expected true or false'), true),
  /** How long a registration is asked for. */
  registerSeconds: v.optional(wholeNumber(30, 86_400, 'a number of seconds'), 300),
  /** How often the server is asked whether it is still there. */
  keepAliveSeconds: v.optional(wholeNumber(1, 600, 'a number of seconds'), 30),
  /** Whom calls that come in ring; the dial plan looks up the number that was dialled when left out. */
  rings: v.optional(numberSchema),
  /** The number that is shown to those who are called; the user name when left out. */
  callerId: v.optional(v.pipe(v.string(NUMBER_EXPECTED), v.regex(/^\+?[\w.-]{1,64}$/, NUMBER_EXPECTED))),
  /** Whether what is said is encrypted (SDES, RFC 4568): never, when the other side can, or else no call. */
  security: v.optional(
    v.picklist(['none', 'optional', 'required'], 'expected "none", "optional" or "required"'),
    'none',
  ),
  /** The codecs, the one that is preferred first. */
  codecs: v.optional(
    v.pipe(
      v.array(v.picklist(['opus', 'PCMU', 'PCMA'], 'expected "opus", "PCMU" or "PCMA"')),
      v.minLength(1, 'expected at least one codec'),
    ),
  ),
  /** Whether the other side is told by a re-INVITE that it is on hold (RFC 3264, 8.4); it hears music in any case. */
  signalHold: v.optional(v.boolean('expected true or false'), false),
  /** How many calls there may be at once. */
  maxCalls: v.optional(wholeNumber(1, 1000), 30),
  /** Addresses that calls may come from, beside those of the server: providers name theirs. */
  acceptFrom: v.optional(v.array(addressRange), []),
  /** The UDP port to be reached at; any free one when left out. */
  localPort: v.optional(wholeNumber(1, 65_535, 'a port number')),
  /** A certificate (PEM) that vouches for the server's, where no public authority does. */
  tlsCa: v.optional(path),
});

/** An outside line of one of the kinds there are. */
export const outsideLineSchema = v.variant(
  'type',
  [webphoneLineSchema, sipLineSchema],
  'expected "webphone" or "sip"',
);

export type WebphoneLineSettings = v.InferOutput<typeof webphoneLineSchema>;
export type SipLineSettings = v.InferOutput<typeof sipLineSchema>;
export type OutsideLineSettings = v.InferOutput<typeof outsideLineSchema>;
