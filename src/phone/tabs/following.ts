/**
 * Shows the phone that another tab of this origin has, and takes it over when that tab is closed, silent, or when
 * the person wants it here.
 */
import { takeLock } from '../../page/tabs/lock.js';
import { Silence } from '../../page/tabs/silence.js';
import { nextTabState, type TabEvent, type TabState } from '../../page/tabs/tab-states.js';
import { onPageGone } from '../../page/gone.js';
import type { PhoneHandle } from '../handle.js';
import { newId } from '../new-id.js';
import type { PhoneState } from '../state.js';
import type { Succession } from '../succession.js';
import { Inheritance } from './inheritance.js';
import { proofOf, readLeader, type FollowerMessage, type LeaderMessage } from './messages.js';
import { Remote } from './remote.js';
import type { Tab, TabParts } from './tab.js';

/** How long calls that are over can be read, in milliseconds. */
const LINGER_MS = 5000;

/** How long an answer to hello may take before it is said again, in milliseconds. */
const HELLO_MS = 1000;

/** What is not known of a phone that is not this tab's any more. */
const NOTHING: Partial<PhoneState> = {
  ...{ identity: null, capabilities: null, calls: [], selectedCallId: null },
  ...{ sessions: [], extensions: [], following: false },
};

/** What a tab needs that takes over, there before it is needed. */
function prepare(): void {
  const parts = [import('../recovery/recovery.js'), import('../recovery/voice.js')];
  Promise.all(parts).catch(console.warn);
}

type Unsigned<M> = M extends unknown ? Omit<M, 'from'> : never;

export class Following {
  /** Resolves with whether this tab is to connect by itself, when it is known. */
  readonly leads: Promise<boolean>;
  #decide: (leads: boolean) => void = () => {};
  /** Somebody waits for that. */
  #awaited: boolean;
  readonly #id = newId();
  readonly #parts: TabParts;
  readonly #tab: Tab;
  readonly #name: string;
  readonly #kept: Succession | null;
  readonly #channel: BroadcastChannel;
  readonly #stopPage: () => void;
  readonly #waiting = new AbortController();
  readonly #remote: Remote;
  readonly #own: PhoneHandle;
  #silence: Silence | undefined;
  #state: TabState = 'asking';
  #over = false;
  #leader = '';
  /** When this tab said hello last. */
  #saidAt = 0;
  /** Opens the connection of the tab that has the phone. */
  #ticket: string | null;
  /** Those that did. */
  readonly #tickets: string[] = [];
  #release: () => void = () => {};
  #taken: Promise<void> | undefined;
  #took: () => void = () => {};

  /**
   * @param kept What the page before left, for who waits to connect; undefined when this tab had the phone, and another
   *   one has taken it.
   * @param ticket Opens the connection this tab had.
   */
  constructor(
    parts: TabParts,
    tab: Tab,
    name: string,
    kept?: Succession | null,
    ticket: string | null = null,
  ) {
    this.#parts = parts;
    this.#tab = tab;
    this.#name = name;
    this.#kept = kept ?? null;
    this.#awaited = kept !== undefined;
    this.leads = new Promise((resolve) => (this.#decide = resolve));
    const { phone, store } = parts;
    this.#own = { ...phone };
    this.#remote = new Remote({
      own: this.#own,
      send: (command) => this.#say({ type: 'command', ...command }),
      takeOver: () => this.#takeOver(),
    });
    this.#ticket = ticket;
    if (kept === undefined) this.#yield();
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#stopPage = onPageGone(() => this.#say({ type: 'bye' }));
    if (kept === undefined) {
      Object.assign(phone, this.#remote.commands());
      store.set({ following: true });
    }
    void this.#hello();
    this.#silence = new Silence(
      () => this.#say({ type: 'ask' }),
      () => this.#step('silent'),
    );
    this.#wait({});
    prepare();
  }

  /** Is no place of this phone's any more. */
  stop(): void {
    this.#step('leave');
  }

  /** Another tab has the phone: its calls go on there. */
  #yield(): void {
    const { desk, media, store } = this.#parts;
    for (const { id, state } of store.state.calls) {
      // Nobody else knows of it.
      if (state === 'preparing') desk.end(id, 'cancelled');
    }
    for (const id of [...desk.lines.keys()]) desk.close(id, 'connection-lost');
    media.tones.play(null, '');
  }

  /** Waits for the lock, or takes it. */
  #wait(how: LockOptions): void {
    const name = this.#name;
    takeLock(name, how.steal ? how : { ...how, signal: this.#waiting.signal }, () => {
      if (this.#state === 'leading') this.#tab.lost(name);
    }).then(
      (release) => {
        if (!release) return;
        if (nextTabState(this.#state, 'granted')) this.#release = release;
        else release();
        this.#step('granted');
      },
      // The lock is waited for no more when it is taken.
      () => how.steal && this.#step('failed'),
    );
  }

  #step(event: TabEvent): void {
    const next = nextTabState(this.#state, event);
    if (!next) return;
    this.#state = next;
    if (next === 'following') this.#follow();
    else if (next === 'taking') {
      this.#waiting.abort();
      this.#wait({ steal: true });
    } else this.#end(next);
  }

  /** The tab that has the phone tells what it knows. */
  #follow(): void {
    const { phone } = this.#parts;
    Object.assign(phone, this.#remote.commands());
    this.#kept?.forget();
    this.#answer(false);
  }

  #takeOver(): Promise<void> {
    this.#taken ??= new Promise((resolve) => (this.#took = resolve));
    this.#takeWanted();
    return this.#taken;
  }

  /** A tab that is just taking the phone over itself is let come to an end: two would use its ticket at once. */
  #takeWanted(): void {
    const { connection } = this.#parts.store.state;
    if (this.#taken && connection.status !== 'connecting') this.#step('wanted');
  }

  #end(state: TabState): void {
    const { phone, store, link } = this.#parts;
    this.#silence?.stop();
    this.#waiting.abort();
    this.#stopPage();
    if (state !== 'leading') this.#say({ type: 'bye' });
    // Before anybody else finds out that the other tab is gone.
    else this.#channel.postMessage({ type: 'leads', leader: this.#id } satisfies LeaderMessage);
    this.#over = true;
    this.#channel.close();
    Object.assign(phone, this.#own);
    if (state === 'leading') this.#lead();
    else {
      this.#tab.mine = state === 'alone';
      store.set(NOTHING);
    }
    void this.#remote.stop();
    if (this.#answer(state !== 'left') || state === 'left') this.#took();
    else void link.goOn(this.#inheritance()).then(() => this.#took());
  }

  /** Tells who waits for it whether this tab is to connect; false when nobody does. */
  #answer(leads: boolean): boolean {
    const awaited = this.#awaited;
    this.#awaited = false;
    this.#decide(leads);
    return awaited;
  }

  #lead(): void {
    const { store, desk } = this.#parts;
    const tickets = this.#ticket ? [...this.#tickets, this.#ticket] : this.#tickets;
    const ready = this.#tab.lead(this.#name, this.#release, tickets);
    ready().then((part) => part.announce(), console.warn);
    store.set({ following: false });
    for (const { id, state, direction } of store.state.calls) {
      if (state === 'ended') setTimeout(() => desk.dismiss(id), LINGER_MS);
      else if (state === 'preparing') desk.end(id, 'cancelled');
      else {
        const media = state === 'active' || direction === 'outgoing' ? 'connecting' : 'idle';
        desk.patch(id, { media, camera: 'off', pending: null });
      }
    }
  }

  #inheritance(): Inheritance | null {
    if (this.#state === 'leading' && this.#ticket) return new Inheritance(this.#ticket, this.#parts);
    this.#parts.desk.endAll('connection-lost');
    return null;
  }

  async #hello(): Promise<void> {
    this.#saidAt = Date.now();
    const signIn = this.#parts.link.options?.signIn;
    const password = signIn && 'extension' in signIn ? signIn.password : null;
    const secrets = [this.#ticket, this.#kept?.ticket, password].filter(
      (secret) => typeof secret === 'string',
    );
    const proofs = await Promise.all(secrets.map((secret) => proofOf(this.#name, secret)));
    this.#say({ type: 'hello', proofs });
  }

  #hear(data: unknown): void {
    const message = readLeader(data);
    if (!message) return;
    if ('to' in message && message.to !== this.#id) return;
    this.#silence?.heard();
    if (message.type === 'welcome') this.#leader = message.leader;
    if (message.type === 'refused') return this.#step('refused');
    if (message.type === 'leads') {
      this.#remote.changed();
      void this.#hello();
    } else if (message.leader === this.#leader) this.#take(message);
    // Another one has the phone by now.
    else if (Date.now() - this.#saidAt > HELLO_MS) void this.#hello();
  }

  #take(message: LeaderMessage): void {
    switch (message.type) {
      case 'welcome':
      case 'state':
        if (this.#ticket && message.ticket !== this.#ticket) this.#tickets.push(this.#ticket);
        this.#ticket = message.ticket;
        // What is not told is not there.
        this.#show(message.state as Partial<PhoneState>);
        this.#step('welcomed');
        break;
      case 'answer':
      case 'news':
        this.#remote.hear(message);
    }
  }

  #show(told: Partial<PhoneState>): void {
    const { connection, ...rest } = told;
    // That tab is signed out: this one is not, and takes the phone as soon as it can.
    const out = connection?.status === 'signed-out' || connection?.status === 'refused';
    this.#parts.store.set({
      ...rest,
      ...(connection && {
        connection: out ? { ...connection, status: 'connecting', problem: null } : connection,
      }),
      following: true,
    });
    this.#takeWanted();
  }

  #say(message: Unsigned<FollowerMessage>): void {
    if (!this.#over) this.#channel.postMessage({ ...message, from: this.#id });
  }
}
