import type { MediaPort } from '../../media/port.js';
import { watchPage, type PageSign } from '../../page/signs.js';
import type { CallDesk } from '../call-desk.js';
import type { Link } from '../link.js';
import { once } from '../once.js';
import type { Store } from '../store.js';
import { Health } from './health.js';
import { leaveCalls } from './leaving.js';
import { MediaWatch } from './media-watch.js';

/** What is looked after. */
export interface RecoveryParts {
  readonly link: Link;
  readonly store: Store;
  readonly desk: CallDesk;
  readonly media: MediaPort;
  /** Whether it comes to a link that stands; else to one that broke. */
  readonly well: boolean;
  /** Whether another tab takes over when this one goes. */
  followed(): boolean;
}

/**
 * Keeps a phone going when things break. Loaded with the first call that is up, or when the phone has been connected
 * for a while, so that it is there when the network is not; and when the phone system cannot be reached.
 */
export class Recovery {
  readonly #parts: RecoveryParts;
  readonly #health: Health;
  readonly #watch: MediaWatch;
  readonly #stops: (() => void)[];
  #takeBack: (() => void) | null = null;
  #inCall = false;
  #connected = false;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
    const { store, link, desk, media } = parts;
    this.#health = new Health(
      () => (this.#connected ? link.port : null),
      () => this.#inCall,
      () => {
        link.rest(true);
        link.retry();
      },
    );
    this.#watch = new MediaWatch({ desk, media, store, port: () => link.port }, parts.well);
    this.#stops = [store.subscribe(() => this.#follow()), watchPage((sign) => this.#see(sign))];
    this.#follow();
  }

  readonly #inBackground = once(async () => {
    const { Background } = await import('./background.js');
    this.#stops.push(new Background({ ...this.#parts, health: this.#health }).begin());
  });

  stop(): void {
    this.#health.stop();
    this.#watch.stop();
    for (const stop of this.#stops) stop();
  }

  #follow(): void {
    const { calls, connection } = this.#parts.store.state;
    const inCall = calls.some(({ state }) => state !== 'ended');
    const connected = connection.status === 'connected';
    this.#watch.follow(calls, connected);
    if (inCall === this.#inCall && connected === this.#connected) return;
    this.#inCall = inCall;
    this.#connected = connected;
    this.#health.look();
  }

  #see(sign: PageSign): void {
    const { store, link, followed } = this.#parts;
    if (sign === 'hidden') {
      this.#inBackground().catch(console.warn);
      return;
    }
    // What was left is this page's again.
    this.#takeBack?.();
    this.#takeBack = null;
    if (sign === 'left' || sign === 'gone') {
      this.#takeBack = link.options?.resume === false ? null : leaveCalls(store.state, link.port?.ticket);
      if (!link.port) return;
      // Without calls or tabs that could go on, nobody should wait for somebody who has left.
      const awaited = !!this.#takeBack || followed();
      if (sign === 'left') link.rest(awaited);
      else if (awaited) link.handOver();
      else void link.disconnect();
      return;
    }
    // Something may have changed for the better: whoever waits need not wait any longer.
    if (this.#connected) this.#health.look(true);
    else link.retry(sign === 'online');
    if (sign === 'online') this.#watch.doubt();
  }
}
