import {
  SignalingError,
  type Capabilities,
  type LinkProblem,
  type SignalingEvent,
  type SignalingPort,
  type Welcome,
} from '../signaling/port.js';
import { backOff, STEADY_MS } from './back-off.js';
import { nextStatus, PROBLEMS, type ConnectionEvent } from './connection-states.js';
import type { ConnectOptions } from './handle.js';
import { credentialsFor } from './sign-in.js';
import type { ConnectionState } from './state.js';

/** What a failed sign-in is as a problem of the link; those not named here are `unreachable`. */
const OPEN_PROBLEMS: Partial<Record<SignalingError['reason'], LinkProblem>> = {
  unauthorized: 'unauthorized',
  'rate-limited': 'rate-limited',
  unsupported: 'unsupported',
  'invalid-address': 'invalid-address',
};

export interface LinkObserver {
  /** The connection's state changed. */
  changed(connection: ConnectionState): void;
  /** Signed in; what was known before is outdated. */
  opened(welcome: Welcome, capabilities: Capabilities): void;
  event(event: SignalingEvent): void;
  /** The link that was open is gone, or was given up. */
  gone(): void;
}

/** Keeps the link to the phone system: connects, notices when it breaks, and comes back. */
export class Link {
  readonly #create: (server: string) => Promise<SignalingPort>;
  readonly #observer: LinkObserver;
  #options: ConnectOptions | null = null;
  #state: ConnectionState = { status: 'signed-out', problem: null, retryAt: null, server: '' };
  #port: SignalingPort | null = null;
  /** Counts links: what an earlier one still has to say is not heard. */
  #turn = 0;
  #attempt = 0;
  #openedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connecting: Promise<void> = Promise.resolve();

  constructor(create: (server: string) => Promise<SignalingPort>, observer: LinkObserver) {
    this.#create = create;
    this.#observer = observer;
  }

  /** The open link; null when there is none. */
  get port(): SignalingPort | null {
    return this.#state.status === 'connected' ? this.#port : null;
  }

  connect(options: ConnectOptions): Promise<void> {
    const busy = this.#state.status === 'connecting' || this.#state.status === 'connected';
    // A copy: what the caller does to its object later is not part of this.
    const wanted = JSON.stringify(options);
    if (busy && wanted === JSON.stringify(this.#options)) return this.#connecting;
    void this.#drop();
    this.#options = JSON.parse(wanted) as ConnectOptions;
    this.#attempt = 0;
    this.#enter('connect', { server: options.server });
    return this.#try();
  }

  async disconnect(): Promise<void> {
    this.#options = null;
    const left = this.#drop();
    this.#enter('disconnect', { server: '' });
    await left;
  }

  retry(): void {
    const { status, retryAt } = this.#state;
    const waiting = status === 'reconnecting' ? retryAt !== null : status !== 'connecting';
    if (!this.#options || !waiting || !nextStatus(status, 'retry')) return;
    this.#enter('retry');
    void this.#try();
  }

  /** Leaves the link there is. */
  #drop(): Promise<void> {
    this.#turn++;
    clearTimeout(this.#timer);
    const port = this.#port;
    const open = this.port !== null;
    this.#port = null;
    const left = port?.close();
    if (open) this.#observer.gone();
    return left ?? Promise.resolve();
  }

  #try(): Promise<void> {
    this.#connecting = this.#open(this.#options!);
    return this.#connecting;
  }

  async #open(options: ConnectOptions): Promise<void> {
    void this.#drop();
    const turn = this.#turn;
    try {
      const credentials = await credentialsFor(options.signIn);
      const port = await this.#create(options.server);
      if (turn !== this.#turn) return;
      this.#port = port;
      port.listen((event) => {
        if (turn !== this.#turn) return;
        if (event.type === 'down') this.#down(event.problem, event.retryAfterMs);
        else this.#observer.event(event);
      });
      const welcome = await port.open(credentials, options.properties ?? {});
      if (turn !== this.#turn) return;
      this.#openedAt = Date.now();
      this.#observer.opened(welcome, port.capabilities);
      this.#enter('opened');
    } catch (error) {
      if (turn !== this.#turn) return;
      const known = error instanceof SignalingError ? error : null;
      this.#down((known && OPEN_PROBLEMS[known.reason]) ?? 'unreachable', known?.retryAfterMs);
    }
  }

  #down(problem: LinkProblem, retryAfterMs?: number): void {
    const steady = this.port !== null && Date.now() - this.#openedAt > STEADY_MS;
    void this.#drop();
    const { event, again } = PROBLEMS[problem];
    const wait = again ? backOff(steady ? 0 : this.#attempt, retryAfterMs) : null;
    this.#attempt = steady ? 1 : this.#attempt + 1;
    this.#enter(event, { problem, retryAt: wait === null ? null : Date.now() + wait });
    if (wait === null) return;
    this.#timer = setTimeout(() => {
      this.#update({ ...this.#state, retryAt: null });
      void this.#try();
    }, wait);
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
