import type { Extension } from '../port.js';
import { DialogInfo } from './dialog-info.js';
import { Subscription } from './subscription.js';
import type { UserAgent } from './user-agent.js';

const KIND = { event: 'dialog', accept: 'application/dialog-info+xml' };

/** The most extensions one page may watch; each is a subscription of its own. */
const MOST = 200;

/** What extensions are doing, from the dialog event package (RFC 4235): one subscription for each that is asked for. */
export class BusyLamps {
  readonly #agent: UserAgent;
  readonly #tell: (extension: Extension) => void;
  readonly #lamps = new Map<string, Subscription>();

  constructor(agent: UserAgent, tell: (extension: Extension) => void) {
    this.#agent = agent;
    this.#tell = tell;
  }

  watch(id: string): void {
    const target = this.#agent.address(id);
    if (!target || this.#lamps.has(id) || this.#lamps.size >= MOST) return;
    const info = new DialogInfo();
    const tell = (status: Extension['status']) =>
      this.#tell({ id, name: '', kind: 'extension', type: 'SIP', status });
    const subscription = new Subscription(this.#agent, target, KIND, {
      notified: (body) => {
        // An empty document says nothing about anything: nobody calls.
        if (!body.trim() || info.take(body)) tell(info.status);
      },
      refused: () => tell('offline'),
    });
    this.#lamps.set(id, subscription);
    subscription.begin();
  }

  /** There is another connection. */
  again(): void {
    for (const subscription of this.#lamps.values()) subscription.begin();
  }

  stop(): void {
    for (const subscription of this.#lamps.values()) subscription.stop();
  }
}
