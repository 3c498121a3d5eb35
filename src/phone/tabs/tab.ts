import type { MediaPort } from '../../media/port.js';
import { takeLock } from '../../page/tabs/lock.js';
import type { CallDesk } from '../call-desk.js';
import type { ConnectOptions, PhoneHandle } from '../handle.js';
import type { Link } from '../link.js';
import { once } from '../once.js';
import type { Store } from '../store.js';
import type { Succession } from '../succession.js';
import type { Leading } from './leading.js';

/** What of a phone the tabs share, and what is done with it when another tab takes it over. */
export interface TabParts {
  readonly phone: PhoneHandle;
  readonly store: Store;
  readonly desk: CallDesk;
  readonly link: Link;
  readonly media: MediaPort;
  /** Stops looking after a connection that this tab has no more. */
  rest(): void;
}

/** Answers other tabs, or shows the phone of one: an only tab needs neither. */
const others = () => import('./others.js');

/**
 * The place of this tab among those of its origin that have a phone of the same extension: the first one has the
 * phone, and all others show it and act through it. Where the browser has no locks, each tab has its own.
 */
export class Tab {
  readonly #parts: TabParts;
  #name = '';
  /** Gives the place up. */
  #stop = () => {};
  /** The phone of that name is this tab's. */
  mine = false;
  /** What answers the other tabs, once there are any. */
  leading: Leading | undefined;

  constructor(parts: TabParts) {
    this.#parts = parts;
  }

  /**
   * Whether this tab has the phone: resolves with false when another one has it, and this one shows it.
   *
   * @param kept What the page before left in this tab.
   */
  async leads({ server, signIn, tabs }: ConnectOptions, kept: Succession | null): Promise<boolean> {
    const extension = 'extension' in signIn ? signIn.extension : kept?.extension;
    const name = tabs && extension ? `ozeki-webphone 1 ${server} ${extension}` : '';
    if (name === this.#name && this.mine) return true;
    this.leave(name);
    this.mine = true;
    if (!name) return true;
    // Without locks each tab is the only one.
    const release = await takeLock(name, { ifAvailable: true }, () => this.lost(name)).catch(() => () => {});
    if (name !== this.#name) release?.();
    else if (release) this.lead(name, release);
    else return this.follow(name, kept);
    return true;
  }

  /**
   * Has the phone: answers the other tabs when there are any. Brings the way to be ready for them at once.
   *
   * @param tickets Those that were this phone's in another tab.
   */
  lead(name: string, release: () => void, tickets?: readonly string[]): () => Promise<Leading> {
    this.mine = true;
    const channel = new BroadcastChannel(name);
    const load = once(async () => {
      const { Leading } = await others();
      const part = new Leading(this.#parts, name, channel, tickets);
      if (this.#stop === stop) this.leading = part;
      else part.stop();
      return part;
    });
    channel.onmessage = ({ data }) => void load().then((part) => part.hear(data));
    const stop = (this.#stop = () => {
      this.leading?.stop();
      this.leading = undefined;
      channel.close();
      release();
    });
    return load;
  }

  /** Another tab has taken the phone. */
  lost(name: string): void {
    if (name !== this.#name) return;
    this.#parts.rest();
    // At once: nobody comes back to a connection that is another tab's.
    const ticket = this.#parts.link.handOver() ?? this.leading?.ticket;
    // Without that part it is asked for, and refused to this tab, by the phone system.
    this.follow(name, undefined, ticket).catch(console.warn);
  }

  /** Shows the phone that another tab has; resolves with whether this one has it after all. */
  async follow(name: string, kept?: Succession | null, ticket?: string | null): Promise<boolean> {
    this.mine = false;
    this.leave(name);
    const { Following } = await others();
    if (name !== this.#name) return false;
    const part = new Following(this.#parts, this, name, kept, ticket);
    this.#stop = () => part.stop();
    return part.leads;
  }

  /** Is no place of this phone's any more; `name`: but one of that phone, in another way. */
  leave(name = ''): void {
    this.#name = name;
    this.#stop();
    this.#stop = () => {};
  }
}
