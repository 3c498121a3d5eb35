/** Passwords as they are kept: `scrypt$N$r$p$salt$hash`, salt and hash in base64 (RFC 7914). */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** The cost of a new hash: 16 MiB of memory and about 50 ms. */
const COST = { N: 16_384, r: 8, p: 1 };
const HASH_BYTES = 32;

/** At most this many hashes are worked out at once, so that sign-ins cannot eat the machine's memory. */
const MAX_AT_ONCE = 4;

interface StoredPassword {
  readonly cost: { readonly N: number; readonly r: number; readonly p: number };
  readonly salt: Buffer;
  readonly hash: Buffer;
}

let working = 0;
const waiting: (() => void)[] = [];

/** Works out a hash, in its turn. */
async function derive(password: string, salt: Buffer, bytes: number, cost: StoredPassword['cost']) {
  if (working >= MAX_AT_ONCE) await new Promise<void>((turn) => waiting.push(turn));
  else working += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const maxmem = 256 * cost.N * cost.r + 1024 * 1024;
      scrypt(password.normalize('NFKC'), salt, bytes, { ...cost, maxmem }, (error, key) => {
        if (error) reject(error);
        else resolve(key);
      });
    });
  } finally {
    const next = waiting.shift();
    // The place is handed on to the next in line, or given back.
    if (next) next();
    else working -= 1;
  }
}

/** Reads a stored hash; throws when it is not one. */
function parse(stored: string): StoredPassword {
  const [scheme, N, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) {
    throw new Error('A password hash must look like scrypt$N$r$p$salt$hash.');
  }
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** Hashes a password for the configuration file, with a fresh salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Whether the password belongs to the stored hash; takes as long for a wrong one as for the right one. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const { cost, salt, hash } = parse(stored);
  return timingSafeEqual(await derive(password, salt, hash.length, cost), hash);
}

/** A hash no password fits, as dear to check as `like`: what an unknown extension is checked against. */
export function decoyHash(like: string | undefined): string {
  const cost = like === undefined ? COST : parse(like).cost;
  const salt = randomBytes(16).toString('base64');
  const hash = randomBytes(HASH_BYTES).toString('base64');
  return ['scrypt', cost.N, cost.r, cost.p, salt, hash].join('$');
}
