/** Answers the other tabs that show this phone. */
import { PhoneError } from '../handle.js';
import { newId } from '../new-id.js';
import type { PhoneState } from '../state.js';
import { COMMANDS, CONTROL_COMMANDS, DEVICE_COMMANDS, give } from './commands.js';
import { proofOf, readFollower, TOLD, type FollowerMessage, type LeaderMessage } from './messages.js';
import type { TabParts } from './tab.js';

/** A tab that was not heard for so long is gone, in milliseconds: one in the background says something each minute. */
const SILENT_MS = 150_000;
/** How many tickets are known to have been those of this phone. */
const TICKETS = 8;

type Command = Extract<FollowerMessage, { type: 'command' }>;
type Untold<M> = M extends unknown ? Omit<M, 'leader'> : never;

export class Leading {
  readonly #parts: TabParts;
  readonly #name: string;
  readonly #channel: BroadcastChannel;
  readonly #id = newId();
  /** When each of the other tabs was heard last. */
  readonly #heard = new Map<string, number>();
  readonly #tickets: string[];
  readonly #unsubscribe: () => void;
  #told: PhoneState;
  /** Opens the connection; the one that was left, until this tab has its own. */
  ticket: string | null;
  #unhear: () => void = () => {};
  #over = false;

  /** @param tickets Those that were this phone's before it was in this tab. */
  constructor(parts: TabParts, name: string, channel: BroadcastChannel, tickets: readonly string[] = []) {
    this.#parts = parts;
    this.#name = name;
    this.#channel = channel;
    this.#tickets = [...tickets];
    this.ticket = tickets.at(-1) ?? null;
    this.#told = parts.store.state;
    this.#learn();
    this.#unsubscribe = parts.store.subscribe(() => this.#changed());
    channel.onmessage = ({ data }) => this.hear(data);
  }

  /** Whether another tab takes the phone over when this one goes. */
  get followed(): boolean {
    const since = Date.now() - SILENT_MS;
    return [...this.#heard.values()].some((at) => at > since);
  }

  /** Tells the others that this tab has the phone from now on. */
  announce(): void {
    this.#tell({ type: 'leads' });
  }

  hear(data: unknown): void {
    const message = readFollower(data);
    if (!message) return;
    if (message.type === 'hello') return void this.#greet(message.from, message.proofs);
    if (message.type === 'bye') return void this.#heard.delete(message.from);
    // It missed that this tab has the phone now.
    if (!this.#heard.has(message.from)) return this.announce();
    this.#heard.set(message.from, Date.now());
    if (message.type === 'ask') this.#tell({ type: 'alive', to: message.from });
    if (message.type === 'command') void this.#carryOut(message);
  }

  stop(): void {
    this.#over = true;
    this.#unsubscribe();
    this.#unhear();
  }

  async #greet(from: string, shown: readonly string[]): Promise<void> {
    const { link, store } = this.#parts;
    const signIn = link.options?.signIn;
    const secrets = [...this.#tickets, ...(signIn && 'extension' in signIn ? [signIn.password] : [])];
    const proofs = await Promise.all(secrets.map((secret) => proofOf(this.#name, secret)));
    if (!shown.some((proof) => proofs.includes(proof))) return this.#tell({ type: 'refused', to: from });
    this.#heard.set(from, Date.now());
    this.#learn();
    this.#tell({ type: 'welcome', to: from, state: parts(store.state, TOLD), ticket: this.ticket });
  }

  /** Knows the ticket there is now; returns whether it is another one. */
  #learn(): boolean {
    const { link, store } = this.#parts;
    const connecting = store.state.connection.status === 'connecting';
    const ticket = link.port?.ticket ?? (connecting ? this.ticket : null);
    if (ticket === this.ticket) return false;
    this.ticket = ticket;
    if (ticket) this.#tickets.splice(0, Math.max(0, this.#tickets.length + 1 - TICKETS), ticket);
    return true;
  }

  #changed(): void {
    const before = this.#told;
    const now = (this.#told = this.#parts.store.state);
    const others = TOLD.filter((name) => now[name] !== before[name]);
    const learned = this.#learn();
    if ((others.length || learned) && this.#heard.size)
      this.#tell({ type: 'state', state: parts(now, others), ticket: this.ticket });
  }

  async #carryOut({ from, id, of, name, args }: Command): Promise<void> {
    try {
      const value = await this.#run(of, name, args);
      this.#tell({ type: 'answer', to: from, id, value, error: null });
    } catch (error) {
      const { code, message } =
        error instanceof PhoneError ? error : { code: 'internal', message: String(error) };
      this.#tell({ type: 'answer', to: from, id, value: null, error: { code, message } });
    }
  }

  async #run(of: Command['of'], name: string, args: unknown[]): Promise<unknown> {
    const { phone } = this.#parts;
    if (of === 'news') return this.#listen();
    if (of === 'devices') return give(DEVICE_COMMANDS, await phone.deviceCheck(), name, args);
    if (of === 'control') return give(CONTROL_COMMANDS, await phone.control(), name, args);
    return give(COMMANDS, phone, name, args);
  }

  /** From now on the others hear the news, too. */
  async #listen(): Promise<void> {
    const control = await this.#parts.phone.control();
    this.#unhear();
    this.#unhear = control.onNews((news) => this.#tell({ type: 'news', news, directory: control.directory }));
  }

  #tell(message: Untold<LeaderMessage>): void {
    // An answer may come when the phone is in another tab by then.
    if (!this.#over) this.#channel.postMessage({ ...message, leader: this.#id });
  }
}

function parts(state: PhoneState, names: readonly (keyof PhoneState)[]): Record<string, never> {
  return Object.fromEntries(names.map((name) => [name, state[name]])) as Record<string, never>;
}
