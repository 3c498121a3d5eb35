import * as v from 'valibot';
import type { IceServer } from '../../protocol/entities.js';
import { SignalingError } from '../port.js';

/** What a SIP server is used with; all of it may be left out. */
export interface SipOptions {
  /** STUN and TURN servers for the media of calls, as `RTCPeerConnection` takes them; at most 16. */
  readonly iceServers?: readonly {
    /** `stun:host`, `turn:host:port?transport=tcp`, `turns:host` … */
    readonly urls: string | readonly string[];
    /** Needed for TURN, as the credential is. */
    readonly username?: string;
    readonly credential?: string;
  }[];
  /**
   * Where the other side of a call may have this phone call instead of it (a transfer, REFER of RFC 3515): `inside`, at
   * this phone system's own domain, as without it; `any`; or `none`. It is this account that calls, and pays.
   */
  readonly transfers?: 'inside' | 'any' | 'none';
}

/** The options with what is usual in place of what was left out. */
export interface CheckedOptions {
  readonly iceServers: readonly IceServer[];
  readonly transfers: 'inside' | 'any' | 'none';
}

const iceUrl = v.pipe(
  v.string(),
  v.regex(/^(?:stun|turn)s?:[^\s/@]+$/i, 'expected "stun:host" or "turn:host:port"'),
);
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(512));

const iceServer = v.pipe(
  v.strictObject({
    urls: v.union(
      [
        v.pipe(
          iceUrl,
          v.transform((url) => [url]),
        ),
        v.pipe(v.array(iceUrl), v.minLength(1), v.maxLength(8)),
      ],
      'expected "stun:host" or "turn:host:port", or a list of them',
    ),
    username: v.optional(text),
    credential: v.optional(text),
  }),
  v.check(
    ({ urls, username, credential }) => !urls.some((url) => /^turn/i.test(url)) || !!(username && credential),
    'a TURN server needs username and credential',
  ),
);

const options = v.strictObject({
  iceServers: v.optional(v.pipe(v.array(iceServer), v.maxLength(16)), []),
  transfers: v.optional(v.picklist(['inside', 'any', 'none']), 'inside'),
});

/**
 * Takes the options of a page.
 *
 * @throws SignalingError `invalid-address`, and tells the page's author on the console, when they cannot be used.
 */
export function sipOptions(given: unknown): CheckedOptions {
  const parsed = v.safeParse(
    options,
    given === '' ? {} : typeof given === 'string' ? parse(given) : (given ?? {}),
  );
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  // What was given is not repeated: there may be a password in it.
  const words = /^Invalid (?:type|key|length)/.test(issue.message)
    ? `expected ${issue.expected}`
    : issue.message;
  const message = `The option sip${at(issue)} cannot be used: ${words}.`;
  console.error(message);
  throw new SignalingError('invalid-address', message);
}

const NOT_JSON = 'not JSON';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function at(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path ? `.${path}` : '';
}
