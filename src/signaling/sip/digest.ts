/** Digest authentication: RFC 7616 with MD5 for the many servers that have nothing else, and SHA-256 (RFC 8760). */
import { md5 } from './jssip.js';
import { newToken } from './random.js';

type Hash = (text: string) => string | Promise<string>;

const HASHES: Record<string, Hash> = { md5, 'sha-256': sha256 };

/** What a server wants to see a password proven for. */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: string;
  readonly opaque: string | undefined;
  readonly qop: boolean;
  /** The nonce was too old, the password may be right. */
  readonly stale: boolean;
}

export interface Secret {
  readonly user: string;
  readonly password: string;
}

/**
 * The challenge of a response that this client can answer and that is the strongest; null when there is none.
 * `text` is the whole message: of several such headers JsSIP keeps only the last.
 */
export function challengeOf(text: string, header: string): Challenge | null {
  const head = text.split('\r\n\r\n', 1)[0]!.replace(/\r\n[ \t]+/g, ' ');
  const found: Challenge[] = [];
  for (const line of head.split('\r\n')) {
    const [, name, rest] = /^([\w-]+)\s*:\s*Digest\s+(.*)$/i.exec(line) ?? [];
    if (name?.toLowerCase() !== header || !rest) continue;
    const field = (key: string) => {
      const match = new RegExp(
        `(?:^|[,\\s])${key}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))`,
        'i',
      ).exec(rest);
      return match?.[1] ?? match?.[2];
    };
    const [realm, nonce, qop] = [field('realm'), field('nonce'), field('qop')];
    const algorithm = (field('algorithm') ?? 'md5').toLowerCase();
    if (realm === undefined || !nonce || !Object.hasOwn(HASHES, algorithm)) continue;
    // `auth-int` alone is of servers nobody has.
    if (qop !== undefined && !/(^|[\s,])auth([\s,]|$)/.test(qop)) continue;
    const stale = field('stale')?.toLowerCase() === 'true';
    found.push({ realm, nonce, algorithm, opaque: field('opaque'), qop: qop !== undefined, stale });
  }
  return found.find(({ algorithm }) => algorithm !== 'md5') ?? found[0] ?? null;
}

/** The value of `Authorization` or `Proxy-Authorization` that answers a challenge. */
export async function authorization(
  { user, password }: Secret,
  { realm, nonce, algorithm, opaque, qop }: Challenge,
  request: { readonly method: string; readonly uri: string },
  cnonce = newToken(),
): Promise<string> {
  const hash = HASHES[algorithm]!;
  const nc = '00000001';
  const ha1 = await hash(`${user}:${realm}:${password}`);
  const ha2 = await hash(`${request.method}:${request.uri}`);
  const response = await hash([ha1, nonce, ...(qop ? [nc, cnonce, 'auth'] : []), ha2].join(':'));
  return [
    `Digest username="${user.replace(/["\\]/g, '\\$&')}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    `algorithm=${algorithm.toUpperCase()}`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
  ].join(', ');
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
