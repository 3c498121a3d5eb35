/**
 * The configuration file: one JSON object, validated by this schema. Every part of the phone system takes its
 * part of {@link Settings}; nothing else reads the file, the environment or the command line.
 */
import * as v from 'valibot';
import { numberSchema, PRIVILEGES, privilegeSchema } from '../../protocol/index.js';

/** A whole number in a range; every bound broken gives the one message that names both. */
function wholeNumber(low: number, high: number, what = 'a whole number') {
  const message = `expected ${what} from ${low} to ${high}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(low, message), v.maxValue(high, message));
}

/** A text of limited length that is not empty. */
function shortText(maxLength: number) {
  const message = `expected a text of 1 to ${maxLength} characters`;
  return v.pipe(v.string(message), v.minLength(1, message), v.maxLength(maxLength, message));
}

const port = wholeNumber(0, 65_535, 'a port number');
const seconds = wholeNumber(1, 3600, 'a number of seconds');
const text = shortText(128);
const path = shortText(4096);

const MEDIA_PORTS_EXPECTED =
  'expected the first and the last UDP port, 40000-40100 on the command line or [40000, 40100] in a file';
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A page's origin as browsers send it: scheme, host and, unless it is the scheme's own, the port. */
function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

const HASH_EXPECTED = 'expected a hash printed by "ozeki-webphone hash-password"';
const HASH_FORM =
  /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$[A-Za-z0-9+/]{16,}={0,2}\$[A-Za-z0-9+/]{32,}={0,2}$/;

/** `scrypt$N$r$p$salt$hash`, as `ozeki-webphone hash-password` prints it; costs that scrypt refuses are none. */
const passwordHash = v.pipe(
  v.string(HASH_EXPECTED),
  v.check((value) => {
    const [N, r, p] = (HASH_FORM.exec(value) ?? []).slice(1).map(Number);
    if (N === undefined || r === undefined || p === undefined) return false;
    return N > 1 && N <= 2 ** 20 && Number.isInteger(Math.log2(N)) && r > 0 && p > 0;
  }, HASH_EXPECTED),
);

/** An extension: a number with a password, for people. */
export const extensionSettingsSchema = v.strictObject({
  id: numberSchema,
  name: text,
  passwordHash,
  /** Beyond the default ones; `"all"` for every privilege. */
  privileges: v.optional(
    v.union(
      [v.literal('all'), v.array(privilegeSchema)],
      `expected "all" or a list of ${PRIVILEGES.map((name) => `"${name}"`).join(', ')}`,
    ),
    [],
  ),
});

/** A webphone outside line: visitors of a web site call in by its token, which is public. */
export const webphoneLineSchema = v.strictObject({
  id: v.pipe(
    v.string('expected 1 to 32 letters, digits, "-" or "_"'),
    v.regex(/^[\w-]{1,32}$/, 'expected 1 to 32 letters, digits, "-" or "_"'),
  ),
  type: v.literal('webphone', 'expected "webphone"'),
  name: text,
  token: shortText(256),
  /** The extension that rings, or the conference that answers, when a visitor calls. */
  rings: numberSchema,
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
  /** The extension or conference to reach; `{number}` stands for the dialled number. */
  to: shortText(64),
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
  extensions: v.optional(v.array(extensionSettingsSchema), []),
  users: v.optional(v.array(userSchema), []),
  outsideLines: v.optional(v.array(webphoneLineSchema), []),
  /** Rooms: everybody who calls one hears everybody else in it. */
  conferences: v.optional(v.array(conferenceSchema), []),
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
  /** What programs must give as `Username` and `Password` with every command of the HTTP API. */
  httpApi: v.optional(v.strictObject({ username: shortText(128), passwordHash })),
  /** An Ogg/Opus file to play to parties on hold; the built-in tune without it. */
  holdMusic: v.optional(path),
});

/** A configuration as it may be written: what is left out has a default. */
export type SettingsInput = v.InferInput<typeof settingsSchema>;

/** The configuration with every default filled in. */
export type Settings = v.InferOutput<typeof settingsSchema>;
export type ExtensionSettings = v.InferOutput<typeof extensionSettingsSchema>;
export type WebphoneLineSettings = v.InferOutput<typeof webphoneLineSchema>;
export type UserSettings = v.InferOutput<typeof userSchema>;
export type DialRule = v.InferOutput<typeof dialRuleSchema>;
export type IceServerSettings = v.InferOutput<typeof iceServerSettingsSchema>;
