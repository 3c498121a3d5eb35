/** Whether a webphone could be called now. Pages ask before they sign in, so the answer gives little away. */
import { ProtocolError } from '../../protocol/index.js';
import type { Accounts } from '../accounts/index.js';
import { sourceOf } from '../client-address.js';
import type { Clock } from '../clock.js';
import type { Contact, Registrar } from '../registrar/index.js';
import { TokenBucket } from '../token-bucket.js';

/** Questions an address may ask each second in the long run, and at once. */
export const CHECKS_PER_SECOND = 2;
export const CHECK_BURST = 20;
/** Addresses remembered at most, the one that asked longest ago forgotten first. */
const MAX_REMEMBERED = 10_000;
/** A number that nobody can have. */
const NOBODY = '';

export class Availability {
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly accounts: Accounts,
    private readonly registrar: Registrar,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether this is the token of an outside line whose extension is online or, for who has signed in and is no
   * visitor, the number of an extension that is. Whatever else it is, the answer is the same no.
   * @throws ProtocolError `rate-limited` when the address asks too often.
   */
  check(id: string, address: string, contact: Contact | null): boolean {
    const waitMs = this.#bucketOf(sourceOf(address)).take();
    if (waitMs > 0) throw new ProtocolError('rate-limited', 'Asked too often. Slow down.', waitMs);
    const mayAskForExtensions = contact !== null && contact.identity.kind !== 'line';
    // What is no number at all is looked for too: the time the answer takes tells no more than the answer.
    const number = this.accounts.ringsByToken(id) ?? (mayAskForExtensions ? id : NOBODY);
    const [service, phones] = [this.accounts.isService(number), this.registrar.contactsOf(number)];
    return service || phones.length > 0;
  }

  #bucketOf(source: string): TokenBucket {
    const bucket = this.#buckets.get(source) ?? new TokenBucket(CHECKS_PER_SECOND, CHECK_BURST, this.clock);
    // Put in anew, so that the map is in the order of the latest question.
    this.#buckets.delete(source);
    this.#buckets.set(source, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MAX_REMEMBERED && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket;
  }
}
