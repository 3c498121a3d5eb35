import type { Call } from '../port.js';
import type { CheckedOptions } from './options.js';
import type { Referral } from './transfer.js';

/** A call another side asked for, and who hears how it goes, or that it is not made. */
export interface Asked {
  readonly referral: Referral;
  readonly told: (call: Call) => void;
  readonly failed: () => void;
}

/** Calls that the other sides of calls ask this phone to make (REFER, RFC 3515), until the phone makes them. */
export class Referrals {
  readonly #asked = new Map<string, Asked>();

  /** @param ownHosts The hosts of this phone's own phone system. */
  constructor(
    private readonly transfers: CheckedOptions['transfers'],
    private readonly ownHosts: () => readonly string[],
  ) {}

  /** Whether somebody may have this phone call there. */
  may({ target }: Referral): boolean {
    if (this.transfers !== 'inside') return this.transfers === 'any';
    const bare = (host: string) => host.replace(/:\d+$/, '').toLowerCase();
    return this.ownHosts().some((host) => bare(host) === bare(target.host));
  }

  add(callId: string, asked: Asked): void {
    this.#asked.set(callId, asked);
  }

  /** What was asked as that call; from now on it is somebody else's concern. */
  take(callId: string): Asked | undefined {
    const asked = this.#asked.get(callId);
    this.#asked.delete(callId);
    return asked;
  }
}
