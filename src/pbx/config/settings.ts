/**
 * The configuration file: one JSON object, validated by this schema. Every part of the phone system takes its
 * part of {@link Settings}; nothing else reads the file, the environment or the command line.
 */
import * as v from 'valibot';
import { numberSchema, PRIVILEGES } from '../../protocol/index.js';
import { apiExtensionSchema, httpApiSchema } from './api-settings.js';
import { addressRange, limitsSchema } from './limit-settings.js';
import { outsideLineSchema } from './line-settings.js';
import { emailSchema, smsSchema } from './message-settings.js';
import { passwordHash, path, port, seconds, shortText, text, wholeNumber } from './parts.js';

const MEDIA_PORTS_EXPECTED =
  'expected the first and the last UDP port, 40000-40100 on the command line or [40000, 40100] in a file';
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A page's origin as browsers send it: scheme, host and, unless it is the scheme's own, the port. */
function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

/** An extension: a number with a password, for people. */
export const extensionSettingsSchema = v.strictObject({
  id: numberSchema,
  name: text,
  passwordHash,
  /** Beyond the default ones; `"all"` for every privilege. */
  privileges: v.optional(
    v.union(
      [v.literal('all'), v.array(v.picklist(PRIVILEGES))],
      `expected "all" or a list of ${PRIVILEGES.map((name) => `"${name}"`).join(', ')}`,
    ),
    [],
  ),
});

/** A conference: a number that everybody may call to talk with each other. */
export const conferenceSchema = v.strictObject({ id: numberSchema, name: text });

/** A rule of the dial plan; the first whose pattern fits the dialled number decides. */
export const dialRuleSchema = v.strictObject({
  /** Digits stand for themselves, `X` for any digit, `*` at the end for any rest. */
  pattern: v.pipe(
    shortText(64),
    v.regex(/^[\w+#.@-]*\*?$/, 'expected digits, X for any digit, and * only at the end'),
  ),
  /**
   * The extension, conference or API extension to reach, or with `line` the number to dial outside. `{number}` stands
   * for the dialled number, `{rest}` for what was dialled in place of the `*`.
   */
  to: shortText(64),
  /** The id of a SIP outside line by which the number is reached. */
  line: v.optional(text),
  ringSeconds: v.optional(seconds),
});

/** A user: a person, and the extensions on that person's desk. */
export const userSchema = v.strictObject({
  id: text,
  fullName: text,
  emailAddress: v.optional(v.pipe(v.string(), v.maxLength(254, 'expected at most 254 characters')), ''),
  phoneNumber: v.optional(v.pipe(v.string(), v.maxLength(64, 'expected at most 64 characters')), ''),
  mobileNumber: v.optional(v.pipe(v.string(), v.maxLength(64, 'expected at most 64 characters')), ''),
  extensions: v.optional(v.array(numberSchema), []),
});

/** A STUN or TURN server. With `secret`, each client gets a user name and password that expire (TURN REST API). */
export const iceServerSettingsSchema = v.strictObject({
  urls: v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.regex(/^(stun|turn)s?:./, 'expected an address that starts with stun:, stuns:, turn: or turns:'),
      ),
    ),
    v.minLength(1, 'expected at least one address'),
  ),
  secret: v.optional(shortText(1024)),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
  /** How long handed-out credentials are valid. */
  validSeconds: v.optional(wholeNumber(60, 86_400, 'a number of seconds'), 3600),
});

export const settingsSchema = v.strictObject({
  /** The address the TCP ports bind to. */
  host: v.optional(shortText(253), '127.0.0.1'),
  port: v.optional(port, 7777),
  gatewayPort: v.optional(port, 7779),
  apiPort: v.optional(port, 7780),
  /** Where the database lies; `:memory:` keeps nothing. */
  data: v.optional(path, './data'),
  /** The address the world sees, when the machine is behind NAT. */
  publicIp: v.optional(v.pipe(v.string(), v.ip('expected an IP address, for example 203.0.113.7'))),
  /** First and last UDP port for media. */
  mediaPorts: v.optional(
    v.pipe(
      v.strictTuple([port, port], MEDIA_PORTS_EXPECTED),
      v.check(([low, high]) => low > 0 && low <= high, MEDIA_PORTS_EXPECTED),
    ),
  ),
  /** The certificate (PEM, with its chain) and its key: with them all three TCP ports speak TLS. */
  tlsCert: v.optional(path),
  tlsKey: v.optional(path),
  logLevel: v.optional(v.picklist(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`), 'info'),
  /** Origins of pages that may connect, beside the phone system's own; `"loopback"` for every page on this machine. */
  allowedOrigins: v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.check(
          (value) => value === 'loopback' || isOrigin(value),
          'expected "loopback" or an origin such as "https://www.example.com", without a path',
        ),
      ),
    ),
    [],
  ),
  /**
   * Addresses of reverse proxies before the phone system. Only what these say in `X-Forwarded-For` is believed of
   * where a client is; without a list, whoever connects is the client.
   */
  trustedProxies: v.optional(v.array(addressRange), []),
  /** How much one address, or one extension, may take of the gateway. */
  limits: v.optional(limitsSchema, {}),
  extensions: v.optional(v.array(extensionSettingsSchema), []),
  users: v.optional(v.array(userSchema), []),
  outsideLines: v.optional(v.array(outsideLineSchema), []),
  /** Rooms: everybody who calls one hears everybody else in it. */
  conferences: v.optional(v.array(conferenceSchema), []),
  /** Numbers that the scripts of a web site answer. */
  apiExtensions: v.optional(v.array(apiExtensionSchema), []),
  /** Pages of the older API generation expect seven session states instead of nineteen. */
  legacySessionStates: v.optional(v.boolean(), false),
  dialPlan: v.optional(
    v.strictObject({
      rules: v.optional(v.array(dialRuleSchema), []),
      /** How long a phone rings before the caller is told that nobody answers. */
      ringSeconds: v.optional(seconds, 60),
    }),
    {},
  ),
  iceServers: v.optional(v.array(iceServerSettingsSchema), []),
  /** Who may use the HTTP API; nobody without it. */
  httpApi: v.optional(httpApiSchema),
  /** The mail server; without it no e-mail can be sent. */
  email: v.optional(emailSchema),
  /** The gateway for SMS; without it messages reach only extensions. */
  sms: v.optional(smsSchema),
  /** How long text messages are kept for who wrote and got them; with 0 they are kept nowhere. */
  keepMessagesDays: v.optional(wholeNumber(0, 3650, 'a number of days'), 90),
  /** Where the files lie that scripts and commands play; `ContentStorage/Static` in the data folder without it. */
  contentFolder: v.optional(path),
  /** Where recordings are kept; `HttpRecordings` in the data folder without it. */
  recordingsFolder: v.optional(path),
  /**
   * Phones may break the media of their own calls, to show that they mend them (`simulate('ice-failure')`); for demos and
   * tests.
   */
  simulateFaults: v.optional(v.boolean(), false),
  /** A sound file to play to parties on hold, WAV, MP3 or Ogg; the built-in tune without it. */
  holdMusic: v.optional(path),
});

/** A configuration as it may be written: what is left out has a default. */
export type SettingsInput = v.InferInput<typeof settingsSchema>;

/** The configuration with every default filled in. */
export type Settings = v.InferOutput<typeof settingsSchema>;
export type ExtensionSettings = v.InferOutput<typeof extensionSettingsSchema>;
export type { OutsideLineSettings, SipLineSettings, WebphoneLineSettings } from './line-settings.js';
export type UserSettings = v.InferOutput<typeof userSchema>;
export type DialRule = v.InferOutput<typeof dialRuleSchema>;
export type { ApiExtensionSettings, HttpApiSettings, NotificationSettings } from './api-settings.js';
export type { LimitSettings } from './limit-settings.js';
export type { EmailSettings, SmsSettings } from './message-settings.js';
export type IceServerSettings = v.InferOutput<typeof iceServerSettingsSchema>;
