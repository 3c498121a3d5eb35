/** What proves that whoever connects is the client that lost its socket. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret is kept as its SHA-256, so that what is kept opens nothing. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

const NONE: readonly string[] = [];

/**
 * A secret that is good for one use. The one that was used stays good until its successor was seen to arrive: the
 * answer that brings the new one may be lost with the socket.
 */
export class ResumeSecret {
  /** In base64url: a text takes a third of the memory of a buffer. */
  #hashes: readonly string[];
  #used: readonly string[] = NONE;

  /** @param kept The hashes of those that are good, of a client an earlier process knew. */
  constructor(kept: readonly string[] = []) {
    this.#hashes = kept.length > 0 ? [...kept] : NONE;
  }

  /** The hashes of those that are good, to be kept. */
  get hashes(): string[] {
    return [...this.#hashes];
  }

  /** Makes the next secret: 256 random bits. */
  issue(): string {
    const secret = randomBytes(32).toString('base64url');
    this.#hashes = [hashOf(secret), ...this.#used];
    return secret;
  }

  /** The client has the latest: none before it is good any more. Returns whether another one was till now. */
  arrived(): boolean {
    const more = this.#hashes.length > 1;
    if (more) this.#hashes = this.#hashes.slice(0, 1);
    this.#used = NONE;
    return more;
  }

  /** Whether this is one of those that are good. All are compared, so that the time it takes tells nothing. */
  use(secret: string): boolean {
    const hash = hashOf(secret);
    const same = this.#hashes.filter((kept) => isSame(kept, hash));
    if (same.length === 0) return false;
    this.#used = same;
    return true;
  }
}
