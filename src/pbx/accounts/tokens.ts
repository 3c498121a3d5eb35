/** Tokens an application gives out so that a page can sign in without a password. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Privilege } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import type { TokenGrant, TokenStore } from '../storage/token-store.js';

/** What every token allows. */
export const TOKEN_PRIVILEGES: readonly Privilege[] = ['sessions.view', 'calls.setup', 'history', 'users'];

/** What `AllowSessionModification` adds. */
export const MODIFYING_PRIVILEGES: readonly Privilege[] = ['sessions.modify', 'sessions.listen'];

/** How long a token is good for when nothing else is asked for: a day, in milliseconds. */
export const TOKEN_VALID_MS = 24 * 60 * 60_000;

/** What is asked for when a token is given out. */
export interface TokenRequest {
  /** Its holder may also change and listen to other people's sessions; not without it. */
  readonly allowSessionModification?: boolean | undefined;
  /** How long one can sign in with it, in milliseconds; a day without it. */
  readonly validMs?: number | undefined;
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

  /**
   * A new token of 22 characters (128 random bits).
   * @throws RangeError when it would not be good for any time at all.
   */
  issue({ allowSessionModification = false, validMs = TOKEN_VALID_MS }: TokenRequest): string {
    if (!Number.isFinite(validMs) || validMs <= 0) {
      throw new RangeError('A token is valid for some milliseconds, more than none and not for ever.');
    }
    const now = this.clock.now();
    this.store.purge(now);
    const token = randomBytes(16).toString('base64url');
    const privileges = [...TOKEN_PRIVILEGES, ...(allowSessionModification ? MODIFYING_PRIVILEGES : [])];
    this.store.put(hashToken(token), { privileges, expiresAt: Math.round(now + validMs) });
    return token;
  }

  /** What the token stands for; undefined when it is unknown or has expired. */
  verify(token: string): TokenGrant | undefined {
    const hash = hashToken(token);
    const kept = this.store.get(hash);
    // The hash is compared as a whole: how long that takes says nothing of how much of it is right.
    const right = timingSafeEqual(Buffer.from(hash), Buffer.from(kept?.hash ?? NO_HASH));
    return right && kept && kept.expiresAt > this.clock.now() ? kept : undefined;
  }
}

/** As long as every hash, and that of no token. */
const NO_HASH = '-'.repeat(hashToken('').length);
