/**
 * The configuration file: one JSON object, validated by this schema. Every part of the phone system takes its
 * part of {@link Settings}; nothing else reads the file, the environment or the command line.
 */
import * as v from 'valibot';
import { numberSchema, privilegeSchema } from '../../protocol/index.js';

const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535));
const seconds = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

/** `scrypt$N$r$p$salt$hash`, as `ozeki-webphone hash-password` prints it. */
const passwordHash = v.pipe(
  v.string(),
  v.regex(
    /^scrypt\$\d+\$\d+\$\d+\$[\w+/=-]+\$[\w+/=-]+$/,
    'expected a hash printed by "ozeki-webphone hash-password"',
  ),
);

/** An extension: a number with a password, for people. */
export const extensionSettingsSchema = v.strictObject({
  id: numberSchema,
  name: text,
  passwordHash,
  /** Beyond the default ones; `"all"` for every privilege. */
  privileges: v.optional(v.union([v.literal('all'), v.array(privilegeSchema)]), []),
});

/** A webphone outside line: visitors of a web site call in by its token, which is public. */
export const webphoneLineSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,32}$/)),
  type: v.literal('webphone'),
  name: text,
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  /** The extension that rings when a visitor calls. */
  rings: numberSchema,
});

/** A rule of the dial plan; the first whose pattern fits the dialled number decides. */
export const dialRuleSchema = v.strictObject({
  /** Digits stand for themselves, `X` for any digit, `*` at the end for any rest. */
  pattern: v.pipe(v.string(), v.regex(/^[\w+#.@-]*\*?$/), v.maxLength(64)),
  /** The extension to ring; `{number}` stands for the dialled number. */
  to: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  ringSeconds: v.optional(seconds),
});

/** A user: a person, and the extensions on that person's desk. */
export const userSchema = v.strictObject({
  id: text,
  fullName: text,
  emailAddress: v.optional(v.pipe(v.string(), v.maxLength(254)), ''),
  phoneNumber: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
  extensions: v.optional(v.array(numberSchema), []),
});

/** A STUN or TURN server. With `secret`, each client gets a user name and password that expire (TURN REST API). */
export const iceServerSettingsSchema = v.strictObject({
  urls: v.array(
    v.pipe(
      v.string(),
      v.regex(/^(stun|turn)s?:/, 'expected an address that starts with stun:, stuns:, turn: or turns:'),
    ),
  ),
  secret: v.optional(v.pipe(v.string(), v.minLength(1))),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
  /** How long handed-out credentials are valid. */
  validSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(86_400)), 3600),
});

export const settingsSchema = v.strictObject({
  /** The address the TCP ports bind to. */
  host: v.optional(v.string(), '127.0.0.1'),
  port: v.optional(port, 7777),
  gatewayPort: v.optional(port, 7779),
  apiPort: v.optional(port, 7780),
  /** Where the database lies; `:memory:` keeps nothing. */
  data: v.optional(v.string(), './data'),
  /** The address the world sees, when the machine is behind NAT. */
  publicIp: v.optional(v.pipe(v.string(), v.ip())),
  /** First and last UDP port for media. */
  mediaPorts: v.optional(
    v.pipe(
      v.tuple([port, port]),
      v.check(([low, high]) => low > 0 && low <= high, 'expected the lower port first'),
    ),
  ),
  tlsCert: v.optional(v.string()),
  tlsKey: v.optional(v.string()),
  logLevel: v.optional(v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), 'info'),
  /** Origins of pages that may connect, beside the phone system's own; `"loopback"` for every page on this machine. */
  allowedOrigins: v.optional(v.array(v.string()), []),
  extensions: v.optional(v.array(extensionSettingsSchema), []),
  users: v.optional(v.array(userSchema), []),
  outsideLines: v.optional(v.array(webphoneLineSchema), []),
  dialPlan: v.optional(
    v.strictObject({
      rules: v.optional(v.array(dialRuleSchema), []),
      /** How long a phone rings before the caller is told that nobody answers. */
      ringSeconds: v.optional(seconds, 60),
    }),
    {},
  ),
  iceServers: v.optional(v.array(iceServerSettingsSchema), []),
  /** An Ogg/Opus file to play to parties on hold; the built-in tune without it. */
  holdMusic: v.optional(v.string()),
});

/** The configuration with every default filled in. */
export type Settings = v.InferOutput<typeof settingsSchema>;
export type ExtensionSettings = v.InferOutput<typeof extensionSettingsSchema>;
export type WebphoneLineSettings = v.InferOutput<typeof webphoneLineSchema>;
export type UserSettings = v.InferOutput<typeof userSchema>;
export type DialRule = v.InferOutput<typeof dialRuleSchema>;
export type IceServerSettings = v.InferOutput<typeof iceServerSettingsSchema>;
