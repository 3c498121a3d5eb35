/** Slows down guessing: after a few failed sign-ins from one address as one account, it has to wait. */
import { createHash } from 'node:crypto';
import { ProtocolError } from '../../protocol/index.js';
import type { Credentials } from '../../protocol/index.js';
import { sourceOf } from '../client-address.js';
import type { Clock } from '../clock.js';

/** Failures that cost nothing: people mistype. */
const FREE_FAILURES = 5;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** After that long without a failure everything is forgiven. */
const FORGET_MS = 30 * 60_000;
/** Accounts and addresses remembered at most, the oldest forgotten first, so that guessing fills no memory. */
const MAX_REMEMBERED = 10_000;

interface Failures {
  readonly count: number;
  readonly at: number;
}

export class SignInGuard {
  readonly #failures = new Map<string, Failures>();
  /** The last attempt under way for each key. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(private readonly clock: Clock) {}

  /**
   * Checks credentials, unless they have to wait: then it throws `rate-limited`. Attempts for the same account
   * from the same address take turns, so that guessing on many connections at once gains nothing.
   */
  async check<T>(
    address: string,
    credentials: Credentials,
    verify: () => Promise<T | null>,
  ): Promise<T | null> {
    const key = keyOf(address, credentials);
    const attempt = (this.#underWay.get(key) ?? Promise.resolve()).then(() => this.#attempt(key, verify));
    const done = attempt.catch(() => {});
    this.#underWay.set(key, done);
    try {
      return await attempt;
    } finally {
      if (this.#underWay.get(key) === done) this.#underWay.delete(key);
    }
  }

  async #attempt<T>(key: string, verify: () => Promise<T | null>): Promise<T | null> {
    const waitMs = this.#waitMs(key);
    if (waitMs > 0) {
      throw new ProtocolError('rate-limited', 'Too many failed sign-ins. Try again later.', waitMs);
    }
    const result = await verify();
    if (result === null) this.#failed(key);
    else this.#failures.delete(key);
    return result;
  }

  #waitMs(key: string): number {
    const failures = this.#failures.get(key);
    if (!failures || failures.count < FREE_FAILURES) return 0;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures.count - FREE_FAILURES));
    return Math.max(0, failures.at + wait - this.clock.now());
  }

  #failed(key: string): void {
    const now = this.clock.now();
    const before = this.#failures.get(key);
    const count = before && now - before.at < FORGET_MS ? before.count + 1 : 1;
    // Put in anew, so that the map is in the order of the latest failure.
    this.#failures.delete(key);
    this.#failures.set(key, { count, at: now });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MAX_REMEMBERED && oldest !== undefined) this.#failures.delete(oldest);
  }
}

/**
 * An extension from one address. A token is its own account: tokens are too long to be guessed, and one that
 * has expired somewhere must not lock out the other visitors behind the same address.
 */
function keyOf(address: string, credentials: Credentials): string {
  const account =
    credentials.kind === 'password'
      ? `extension ${credentials.extension}`
      : `token ${createHash('sha256').update(credentials.token).digest('base64url')}`;
  return `${sourceOf(address)} ${account}`;
}
