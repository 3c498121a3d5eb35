/** How much of the gateway one address may take: sockets, sign-ins and resumptions that fail. */
import { ProtocolError } from '../../protocol/index.js';
import { sourceOf } from '../client-address.js';
import type { Clock } from '../clock.js';
import type { LimitSettings } from '../config/settings.js';
import { TokenBucket } from '../token-bucket.js';

/** Addresses remembered at most, the one heard of longest ago forgotten first, so that knocking fills no memory. */
const MAX_REMEMBERED = 10_000;

/** A place of an address; each step is taken once, whatever comes twice. */
export interface Place {
  /** Who has it has signed in. */
  signedIn(): void;
  leave(): void;
}

interface Taken {
  open: number;
  signingIn: number;
  /** Forgets the address. */
  readonly forget: () => void;
}

export class Door {
  readonly #taken = new Map<string, Taken>();
  readonly #failures: Record<'sign-ins' | 'resumptions', Map<string, TokenBucket>> = {
    'sign-ins': new Map(),
    resumptions: new Map(),
  };

  constructor(
    private readonly limits: () => LimitSettings,
    private readonly clock: Clock,
  ) {}

  /** A place for one more socket from an address; null when it has too many. */
  enter(address: string): Place | null {
    const source = sourceOf(address);
    const taken = this.#taken.get(source) ?? this.#newcomer(source);
    const { connectionsPerAddress, signingInPerAddress } = this.limits();
    if (taken.open >= connectionsPerAddress || taken.signingIn >= signingInPerAddress) return null;
    this.#taken.set(source, taken);
    taken.open += 1;
    taken.signingIn += 1;
    return new TakenPlace(taken);
  }

  #newcomer(source: string): Taken {
    return { open: 0, signingIn: 0, forget: () => this.#taken.delete(source) };
  }

  /** Throws `rate-limited` when too many sign-ins or resumptions from this address failed lately. */
  mayTry(what: 'sign-ins' | 'resumptions', address: string): void {
    const waitMs = this.#failures[what].get(sourceOf(address))?.waitMs() ?? 0;
    if (waitMs > 0)
      throw new ProtocolError('rate-limited', `Too many failed ${what}. Try again later.`, waitMs);
  }

  failed(what: 'sign-ins' | 'resumptions', address: string): void {
    const buckets = this.#failures[what];
    const source = sourceOf(address);
    const { failedSignInsPerAddress, failedResumesPerAddress } = this.limits();
    const perMinute = what === 'sign-ins' ? failedSignInsPerAddress : failedResumesPerAddress;
    const bucket = buckets.get(source) ?? new TokenBucket(perMinute / 60, perMinute, this.clock);
    // Put in anew, so that the map is in the order of the latest failure.
    buckets.delete(source);
    buckets.set(source, bucket);
    bucket.take();
    const [oldest] = buckets.keys();
    if (buckets.size > MAX_REMEMBERED && oldest !== undefined) buckets.delete(oldest);
  }
}

class TakenPlace implements Place {
  #signedIn = false;
  #left = false;

  constructor(private readonly taken: Taken) {}

  signedIn(): void {
    if (this.#signedIn) return;
    this.#signedIn = true;
    this.taken.signingIn -= 1;
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.signedIn();
    this.taken.open -= 1;
    if (this.taken.open === 0) this.taken.forget();
  }
}
