import {
  SignalingError,
  type Capabilities,
  type LinkProblem,
  type SignalingEvent,
  type SignalingPort,
  type Welcome,
} from '../signaling/port.js';
import { RESUME_MS } from '../protocol/limits.js';
import { backOff, STEADY_MS } from './back-off.js';
import { nextStatus, problemOf, PROBLEMS, type ConnectionEvent } from './connection-states.js';
import type { ConnectOptions, SignIn } from './handle.js';
import { credentialsFor } from './sign-in.js';
import type { PhoneParts } from './phone.js';
import type { ConnectionState } from './state.js';
import type { Succession } from './succession.js';

/** How long an attempt may take for somebody who waits, in milliseconds. */
const URGENT_MS = 3000;

export interface LinkObserver {
  /** The connection's state changed. */
  changed(connection: ConnectionState): void;
  /** The calls the page before left for whoever connects so; null when there are none. */
  returning(options: ConnectOptions): Promise<Succession | null> | null;
  /** Whether this tab has the phone; resolves with false when another one has it, which is shown then. */
  leads(options: ConnectOptions, returning: Succession | null): Promise<boolean>;
  /** Signed in, perhaps to take up the calls of the page before; what was known before is outdated. */
  opened(welcome: Welcome, capabilities: Capabilities, returning: Succession | null): void;
  event(event: SignalingEvent): void;
  /** The link that was open is given up, and with it what was going on. */
  gone(): void;
  /** Whether somebody waits for the link. */
  urgent(): boolean;
}

/** Keeps the link to the phone system: connects, notices when it breaks, and comes back. */
export class Link {
  readonly #create: PhoneParts['signaling'];
  readonly #observer: LinkObserver;
  /** What it is kept for; null when it is not wanted. */
  options: ConnectOptions | null = null;
  #returning: Succession | null = null;
  #state: ConnectionState = { status: 'signed-out', problem: null, retryAt: null, server: '' };
  #port: SignalingPort | null = null;
  /** Counts links: what an earlier one still has to say is not heard. */
  #turn = 0;
  /** Signed in, and not given up since: what happens meanwhile is kept, with or without a connection. */
  #live = false;
  #attempt = 0;
  #openedAt = 0;
  #lostAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connecting: Promise<void> = Promise.resolve();

  constructor(create: PhoneParts['signaling'], observer: LinkObserver) {
    this.#create = create;
    this.#observer = observer;
  }

  /** Whether what the page before left is being taken up. */
  get returning(): boolean {
    return !!this.#returning;
  }

  /** The link; null when there is none. While it is looked for, commands wait in it. */
  get port(): SignalingPort | null {
    return this.#live ? this.#port : null;
  }

  connect(options: ConnectOptions): Promise<void> {
    const busy = this.#state.status === 'connecting' || this.#state.status === 'connected';
    // A copy: what the caller does to its object later is not part of this.
    const wanted = JSON.stringify(options);
    if (busy && wanted === JSON.stringify(this.options)) return this.#connecting;
    void this.#drop();
    this.options = JSON.parse(wanted) as ConnectOptions;
    return this.goOn(null);
  }

  /** Connects as wanted, to go on as a client that was left; with null as one of its own. */
  goOn(returning: Succession | null): Promise<void> {
    this.#returning = returning;
    this.#attempt = 0;
    this.#enter('connect', { server: this.options!.server });
    return this.#try();
  }

  /** Leaves the link there is to another page, which goes on as this client; brings its ticket. */
  handOver(): string | null {
    const ticket = this.port?.ticket ?? null;
    void this.#drop(true);
    return ticket;
  }

  async disconnect(): Promise<void> {
    this.options = null;
    this.#returning?.forget();
    const left = this.#drop();
    this.#enter('disconnect', { server: '' });
    await left;
  }

  /** Tries now. `anew`: also when an attempt is under way, which may wait for a network that is gone. */
  retry(anew = false): void {
    const { status, retryAt } = this.#state;
    const waiting = status === 'reconnecting' ? anew || retryAt !== null : status !== 'connecting';
    if (this.options && waiting && nextStatus(status, 'retry')) this.#again('retry');
  }

  /**
   * Leaves while the page can hear nothing, so that nothing says it could; {@link retry} comes back. `stay`: as
   * the client it is, if it can; otherwise whoever calls meanwhile is told that nobody is here.
   */
  rest(stay: boolean): void {
    if (stay && this.port?.ticket) this.port.giveUp();
    else {
      void this.#drop();
      this.#enter('down', { problem: 'lost', retryAt: Date.now() });
    }
  }

  /** Leaves the link there is; `kept`: somebody else goes on with it. */
  #drop(kept = false): Promise<void> {
    this.#turn++;
    clearTimeout(this.#timer);
    const left = this.#port?.close(kept);
    this.#port = null;
    if (this.#live) {
      this.#live = false;
      if (!kept) this.#observer.gone();
    }
    return left ?? Promise.resolve();
  }

  #try(): Promise<void> {
    this.#connecting = this.#open(this.options!);
    return this.#connecting;
  }

  async #open(options: ConnectOptions): Promise<void> {
    void this.#drop();
    const turn = this.#turn;
    try {
      const found = this.#observer.returning(options);
      const returning = (this.#returning ??= found && (await found));
      if (turn !== this.#turn) return;
      if (!returning && 'resume' in options.signIn) return await this.disconnect();
      const leads = await this.#observer.leads(options, returning);
      if (turn !== this.#turn || !leads) return;
      const credentials = returning
        ? ({ kind: 'ticket', ticket: returning.ticket } as const)
        : // One that is taken up has what the page before left.
          await credentialsFor(options.signIn as Exclude<SignIn, { readonly resume: true }>);
      const port = await this.#create(options.server, options.sip);
      if (turn !== this.#turn) return;
      this.#port = port;
      port.listen((event) => {
        if (turn !== this.#turn) return;
        if (event.type === 'down') this.#down(event.problem, event.retryAfterMs);
        else if (event.type === 'up') this.#up(port, event.welcome, null);
        else this.#observer.event(event);
      });
      const welcome = await port.open(credentials, options.properties ?? {});
      if (turn !== this.#turn) return;
      this.#returning = null;
      this.#up(port, welcome, returning);
    } catch (error) {
      if (turn !== this.#turn) return;
      const known = error instanceof SignalingError ? error : null;
      if (this.#returning?.expired(known)) {
        this.#returning = null;
        return this.#open(options);
      }
      this.#down(problemOf(known?.reason), known?.retryAfterMs);
    }
  }

  #up({ capabilities }: SignalingPort, welcome: Welcome | null, returning: Succession | null): void {
    this.#openedAt = Date.now();
    this.#live = true;
    if (welcome) this.#observer.opened(welcome, capabilities, returning);
    this.#enter('opened');
  }

  #down(problem: LinkProblem, retryAfterMs?: number): void {
    const now = Date.now();
    const wasUp = this.#state.status === 'connected';
    const { event, again } = PROBLEMS[problem];
    if (wasUp) this.#lostAt = now;
    // It was not kept, so there is nothing to wait for.
    const expired = this.#live && again && !wasUp && !this.#port?.ticket;
    // The phone system keeps nothing longer than that.
    if (!again || !this.#port?.ticket || now - this.#lostAt > RESUME_MS) void this.#drop();
    if (wasUp && now - this.#openedAt > STEADY_MS) this.#attempt = 0;
    const urgency = this.#observer.urgent() ? 'urgent' : this.port?.ticket ? 'kept' : 'idle';
    const patience = expired ? 0 : backOff(this.#attempt, retryAfterMs, urgency);
    const wait = again ? patience : null;
    this.#attempt++;
    this.#enter(event, { problem, retryAt: wait === null ? null : now + wait });
    clearTimeout(this.#timer);
    if (wait !== null) this.#timer = setTimeout(() => this.#again(), wait);
  }

  /** Comes back as the client it was, or signs in anew. */
  #again(event?: ConnectionEvent): void {
    clearTimeout(this.#timer);
    if (event) this.#enter(event);
    else this.#update({ ...this.#state, retryAt: null });
    if (this.port?.ticket) this.port.resume(this.#observer.urgent() ? URGENT_MS : undefined);
    else void this.#try();
  }

  #enter(event: ConnectionEvent, change: Partial<ConnectionState> = {}): void {
    const status = nextStatus(this.#state.status, event);
    if (status) this.#update({ server: this.#state.server, problem: null, retryAt: null, ...change, status });
  }

  #update(state: ConnectionState): void {
    this.#state = state;
    this.#observer.changed(state);
  }
}
