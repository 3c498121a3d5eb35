import type { Extension, SignalingEvent } from '../port.js';
import { DialogInfo } from './dialog-info.js';
import { presenceIn } from './presence.js';
import { Subscription, type Subscriber } from './subscription.js';
import type { UserAgent } from './user-agent.js';
import { WatchedSessions } from './watched-sessions.js';

const DIALOGS = { event: 'dialog', accept: 'application/dialog-info+xml' };
const PRESENCE = { event: 'presence', accept: 'application/pidf+xml' };

/** The most extensions one page may watch; each is subscriptions of its own. */
const MOST = 200;

/** What is known of one extension. */
interface Lamp {
  readonly subscriptions: readonly Subscription[];
  /** Null where the server does not tell. */
  dialogs: Extension['status'] | null;
  presence: Extension['status'] | null;
}

/**
 * What extensions are doing, of those that are asked for: from the dialog event package (RFC 4235), with their calls as
 * sessions, and, where the server has it, from their presence (RFC 3856): whether somebody is there at all.
 */
export class BusyLamps {
  readonly #agent: UserAgent;
  readonly #tell: (event: SignalingEvent) => void;
  readonly #lamps = new Map<string, Lamp>();
  readonly #sessions: WatchedSessions;

  constructor(agent: UserAgent, tell: (event: SignalingEvent) => void) {
    this.#agent = agent;
    this.#tell = tell;
    this.#sessions = new WatchedSessions(tell);
  }

  watch(id: string): void {
    const target = this.#agent.address(id);
    if (!target || this.#lamps.has(id) || this.#lamps.size >= MOST) return;
    const subscribe = (kind: typeof DIALOGS, subscriber: Subscriber) =>
      new Subscription(this.#agent, target, kind, subscriber);
    const info = new DialogInfo(this.#agent.account.domain);
    const lamp: Lamp = {
      dialogs: null,
      presence: null,
      subscriptions: [
        subscribe(DIALOGS, {
          notified: (body) => {
            // An empty document says nothing about anything: nobody calls.
            if (body.trim() && !info.take(body)) return;
            lamp.dialogs = info.status;
            this.#show(id, lamp);
            this.#sessions.take(id, info.dialogs);
          },
          refused: () => {
            lamp.dialogs = null;
            this.#show(id, lamp);
            this.#sessions.take(id, new Map());
          },
        }),
        subscribe(PRESENCE, {
          notified: (body) => {
            lamp.presence = presenceIn(body);
            // What the extension does, it may not have been told yet.
            if (lamp.presence || lamp.dialogs) this.#show(id, lamp);
          },
          refused: () => {
            lamp.presence = null;
          },
        }),
      ],
    };
    this.#lamps.set(id, lamp);
    for (const subscription of lamp.subscriptions) subscription.begin();
  }

  /** There is another connection. */
  again(): void {
    for (const { subscriptions } of this.#lamps.values())
      for (const subscription of subscriptions) subscription.begin();
  }

  stop(): void {
    for (const { subscriptions } of this.#lamps.values())
      for (const subscription of subscriptions) subscription.stop();
  }

  /** A call says more than presence does, which people also set by hand. */
  #show(id: string, { dialogs, presence }: Lamp): void {
    const status = dialogs && dialogs !== 'idle' ? dialogs : (presence ?? dialogs ?? 'offline');
    this.#tell({ type: 'extension', extension: { id, name: '', kind: 'extension', type: 'SIP', status } });
  }
}
