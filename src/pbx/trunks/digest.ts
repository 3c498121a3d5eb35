/** Proves the password to a server that asks for it (RFC 8760: MD5 and SHA-256), in place of the library's MD5 alone. */
import { createHash, randomBytes } from 'node:crypto';
import { DigestAuthentication } from 'sip.js/lib/core/messages/digest-authentication.js';
import type { LoggerFactory } from 'sip.js/lib/core/log/index.js';
import type { OutgoingRequestMessage } from 'sip.js/lib/core/messages/outgoing-request-message.js';

const ALGORITHMS: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** What a server asks, as the library reads it. */
interface Challenge {
  readonly realm?: unknown;
  readonly nonce?: unknown;
  readonly opaque?: unknown;
  readonly algorithm?: unknown;
  readonly qop?: unknown;
}

export interface Account {
  readonly username: string;
  readonly password: string;
}

export class Digest extends DigestAuthentication {
  #header = '';
  #count = 0;

  constructor(
    loggerFactory: LoggerFactory,
    private readonly account: Account,
  ) {
    // The password stays here.
    super(loggerFactory, undefined, account.username, undefined);
  }

  override authenticate(request: OutgoingRequestMessage, challenge: Challenge): boolean {
    const { realm, nonce, opaque, qop } = challenge;
    const algorithm = typeof challenge.algorithm === 'string' ? challenge.algorithm.toUpperCase() : 'MD5';
    const hashName = ALGORITHMS[algorithm];
    if (hashName === undefined || !isQuotable(realm) || !isQuotable(nonce)) return false;
    const offered = [qop].flat().filter((kind) => typeof kind === 'string');
    if (offered.length > 0 && !offered.includes('auth')) return false;
    const hash = (text: string) => createHash(hashName).update(text).digest('hex');
    const uri = request.ruri.toRaw();
    const a1 = hash(`${this.account.username}:${realm}:${this.account.password}`);
    const a2 = hash(`${request.method}:${uri}`);
    const fields = [
      `username="${this.account.username}"`,
      `realm="${realm}"`,
      `nonce="${nonce}"`,
      `uri="${uri}"`,
      `algorithm=${algorithm}`,
    ];
    if (offered.length > 0) {
      this.#count += 1;
      const cnonce = randomBytes(12).toString('hex');
      const nc = this.#count.toString(16).padStart(8, '0');
      fields.push(`response="${hash(`${a1}:${nonce}:${nc}:${cnonce}:auth:${a2}`)}"`);
      fields.push('qop=auth', `cnonce="${cnonce}"`, `nc=${nc}`);
    } else fields.push(`response="${hash(`${a1}:${nonce}:${a2}`)}"`);
    if (isQuotable(opaque)) fields.push(`opaque="${opaque}"`);
    this.#header = `Digest ${fields.join(', ')}`;
    return true;
  }

  override toString(): string {
    return this.#header;
  }
}

/** A text that can be given back between quotes. */
function isQuotable(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/["\r\n]/.test(value);
}
