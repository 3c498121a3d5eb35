/** Tokens an application gives out so that a page can sign in without a password. */
import { createHash, randomBytes } from 'node:crypto';
import type { Privilege } from '../../protocol/index.js';
import type { Clock } from '../clock.js';

/** What a token stands for. */
export interface TokenGrant {
  /** The extension its holder signs in as. */
  readonly extension: string;
  /** What its holder may do, instead of what the extension may. */
  readonly privileges: readonly Privilege[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Where grants are kept, under the hash of their token; the token itself is kept nowhere. */
export interface TokenStore {
  put(hash: string, grant: TokenGrant): void;
  get(hash: string): TokenGrant | undefined;
  delete(hash: string): void;
  /** Every grant there is, for sweeping out the expired. */
  entries(): Iterable<[string, TokenGrant]>;
}

/** Keeps grants until the process ends. */
export function memoryTokenStore(): TokenStore {
  const grants = new Map<string, TokenGrant>();
  return {
    put: (hash, grant) => void grants.set(hash, grant),
    get: (hash) => grants.get(hash),
    delete: (hash) => void grants.delete(hash),
    entries: () => [...grants],
  };
}

/** The name under which a token is kept: its SHA-256, so that a stolen store opens nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Gives out tokens and knows them again. */
export class Tokens {
  constructor(
    private readonly store: TokenStore,
    private readonly clock: Clock,
  ) {}

  /** A new token of 22 characters (128 random bits), good for `validMs` milliseconds. */
  issue(extension: string, privileges: readonly Privilege[], validMs: number): string {
    this.#sweep();
    const token = randomBytes(16).toString('base64url');
    this.store.put(hashToken(token), { extension, privileges, expiresAt: this.clock.now() + validMs });
    return token;
  }

  /** What the token stands for; undefined when it is unknown or has expired. */
  verify(token: string): TokenGrant | undefined {
    const hash = hashToken(token);
    const grant = this.store.get(hash);
    if (grant && grant.expiresAt <= this.clock.now()) {
      this.store.delete(hash);
      return undefined;
    }
    return grant;
  }

  #sweep(): void {
    for (const [hash, grant] of this.store.entries()) {
      if (grant.expiresAt <= this.clock.now()) this.store.delete(hash);
    }
  }
}
