/** Where security tokens are kept, under their hash; the tokens themselves are kept nowhere. */
import type { Privilege } from '../../protocol/index.js';

/** What a token stands for. */
export interface TokenGrant {
  /** What its holder may do. */
  readonly privileges: readonly Privilege[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface TokenStore {
  put(hash: string, grant: TokenGrant): void;
  /** The grant of that hash, with the hash as it is kept. */
  get(hash: string): (TokenGrant & { readonly hash: string }) | undefined;
  /** Forgets what has expired by then, in milliseconds since 1970. */
  purge(now: number): void;
}

/** Keeps grants until the process ends. */
export function memoryTokenStore(): TokenStore {
  const grants = new Map<string, TokenGrant>();
  return {
    put: (hash, grant) => void grants.set(hash, grant),
    get: (hash) => {
      const grant = grants.get(hash);
      return grant && { ...grant, hash };
    },
    purge: (now) => {
      for (const [hash, { expiresAt }] of grants) if (expiresAt <= now) grants.delete(hash);
    },
  };
}
