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

const MAX_SERVERS = 16;
const MAX_URLS = 8;
const MAX_TEXT = 512;
const TRANSFERS = ['inside', 'any', 'none'] as const;
const ICE_URL = /^(?:stun|turn)s?:[^\s/@]+$/i;

/**
 * Takes the options of a page.
 *
 * @throws SignalingError `invalid-address`, and tells the page's author on the console, when they cannot be used.
 */
export function sipOptions(given: unknown): CheckedOptions {
  const options = given === '' ? {} : typeof given === 'string' ? parse(given) : (given ?? {});
  known(options, '', ['iceServers', 'transfers']);
  const { iceServers = [], transfers = 'inside' } = options;
  const transfer = TRANSFERS.find((choice) => choice === transfers);
  if (!transfer) refuse('.transfers', `expected one of ${TRANSFERS.join(', ')}`);
  if (!Array.isArray(iceServers) || iceServers.length > MAX_SERVERS)
    refuse('.iceServers', `expected a list of at most ${MAX_SERVERS} servers`);
  return { iceServers: iceServers.map(iceServer), transfers: transfer };
}

function iceServer(given: unknown, index: number): IceServer {
  const at = `.iceServers.${index}`;
  known(given, at, ['urls', 'username', 'credential']);
  const { username, credential } = given;
  const urls: unknown[] = Array.isArray(given.urls) ? given.urls : [given.urls];
  if (!urls.length || urls.length > MAX_URLS || !urls.every(isIceUrl))
    refuse(`${at}.urls`, 'expected "stun:host" or "turn:host:port", or a list of them');
  for (const [key, value] of Object.entries({ username, credential }))
    if (value !== undefined && !isShort(value)) refuse(`${at}.${key}`, 'expected a text');
  if (urls.some((url) => /^turn/i.test(url)) && !(username && credential))
    refuse(at, 'a TURN server needs username and credential');
  return {
    urls,
    ...(isShort(username) && { username }),
    ...(isShort(credential) && { credential }),
  };
}

function isIceUrl(value: unknown): value is string {
  return isShort(value) && ICE_URL.test(value);
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT;
}

/** Goes on with an object that has no other keys. */
function known(
  given: unknown,
  at: string,
  keys: readonly string[],
): asserts given is Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) refuse(at, 'expected an object');
  const other = Object.keys(given).find((key) => !keys.includes(key));
  if (other !== undefined) refuse(at, `it has a key beside ${keys.join(', ')}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('', 'it is not JSON');
  }
}

/** What was given is not repeated: there may be a password in it. */
function refuse(at: string, why: string): never {
  const message = `The option sip${at} cannot be used: ${why}.`;
  console.error(message);
  throw new SignalingError('invalid-address', message);
}
