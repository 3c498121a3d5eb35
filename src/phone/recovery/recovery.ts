import { watchPage, type PageSign } from '../../page/signs.js';
import type { Link } from '../link.js';
import type { Store } from '../store.js';
import { Health } from './health.js';

/** What is looked after. */
export interface RecoveryParts {
  readonly link: Link;
  readonly store: Store;
}

/**
 * Keeps a phone going when things break. Loaded when the phone is connected, so that it is there when the network
 * is not.
 */
export class Recovery {
  readonly #parts: RecoveryParts;
  readonly #health: Health;
  readonly #stops: (() => void)[];
  #inCall = false;
  #connected = false;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
    const { store, link } = parts;
    this.#health = new Health(
      () => (this.#connected ? link.port : null),
      () => this.#inCall,
    );
    this.#stops = [store.subscribe(() => this.#follow()), watchPage((sign) => this.#see(sign))];
    this.#follow();
  }

  stop(): void {
    this.#health.stop();
    for (const stop of this.#stops) stop();
  }

  #follow(): void {
    const { calls, connection } = this.#parts.store.state;
    const inCall = calls.some(({ state }) => state !== 'ended');
    const connected = connection.status === 'connected';
    if (inCall === this.#inCall && connected === this.#connected) return;
    this.#inCall = inCall;
    this.#connected = connected;
    this.#health.look();
  }

  #see(sign: PageSign): void {
    // The other side should not wait for somebody who has left.
    if (sign === 'gone') void this.#parts.link.disconnect();
    // Something may have changed for the better: whoever waits need not wait any longer.
    else if (this.#connected) this.#health.ask();
    else this.#parts.link.retry(sign === 'online');
  }
}
