import { REQUEST_TIMEOUT_MS } from '../../protocol/limits.js';
import { SignalingError, type LinkProblem } from '../port.js';
import type { Account } from './address.js';
import { inTime } from './in-time.js';
import { newToken } from './random.js';
import { Registration } from './registration.js';
import { SipSocket } from './socket.js';
import { UserAgent, type UserAgentObserver } from './user-agent.js';

/** How long signing out may take before the connection is closed anyway, in milliseconds. */
const SIGN_OUT_MS = 2000;

/** What a failed return is for the link; those not named here are `lost`. */
const PROBLEMS: Partial<Record<SignalingError['reason'], LinkProblem>> = {
  unauthorized: 'closed',
  'rate-limited': 'rate-limited',
  'invalid-address': 'invalid-address',
};

export interface ConnectionObserver extends Omit<UserAgentObserver, 'lost'> {
  /** It was there and is gone; `down` follows. */
  lost(): void;
  /** It is gone, or did not come back. */
  down(problem: LinkProblem, message: string, retryAfterMs?: number): void;
  /** It is back, perhaps at another server; commands that waited are carried out. */
  back(): void;
}

/**
 * The connection of one account to the servers it was given: signs in at the first that is there, stays registered,
 * finds out that it is lost, and comes back. What is said over it is others' concern.
 */
export class SipConnection {
  readonly #urls: readonly string[];
  readonly #observer: ConnectionObserver;
  #agent: UserAgent | null = null;
  #registration: Registration | null = null;
  /** Which of the servers is used, or tried next. */
  #at = 0;
  #registered = false;
  /** Stands for this client as long as it was signed in and is not signed out. */
  #ticket: string | null = null;
  #waiting: { resolve(): void; reject(error: SignalingError): void }[] = [];
  /** Counts attempts: what an earlier one still brings is not heard. */
  #turn = 0;
  /** Ends the attempt under way at once. */
  #abandon: (error: SignalingError) => void = () => {};

  constructor(urls: readonly string[], observer: ConnectionObserver) {
    this.#urls = urls;
    this.#observer = observer;
  }

  /** Throws `down` before the first sign-in, and after signing out. */
  get agent(): UserAgent {
    if (!this.#agent) throw noConnection();
    return this.#agent;
  }

  get ticket(): string | null {
    return this.#ticket;
  }

  get heardAt(): number {
    return this.#agent?.heardAt ?? 0;
  }

  get answeredAt(): number {
    return this.#agent?.answeredAt ?? 0;
  }

  get socket(): WebSocket | null {
    return this.#agent?.connected ? this.#agent.transport.socket : null;
  }

  /** The hosts of this account's own phone system. */
  get hosts(): string[] {
    return [this.#agent?.account.domain ?? '', ...this.#urls.map((url) => new URL(url).hostname)];
  }

  /** Says who signs in; {@link signIn} follows. */
  begin(account: Account, password: string): UserAgent {
    const agent = new UserAgent(account, password, {
      request: (request) => this.#observer.request(request),
      cancelled: (branch, cancel) => this.#observer.cancelled(branch, cancel),
      lost: () => this.#lost('lost', 'The connection to the SIP server is lost.'),
    });
    this.#agent = agent;
    this.#registration = new Registration(agent, (error) => {
      agent.detach();
      this.#lost(PROBLEMS[error.reason] ?? 'lost', error.message, error.retryAfterMs);
    });
    return agent;
  }

  async signIn(): Promise<void> {
    await this.#connect(REQUEST_TIMEOUT_MS);
    this.#ticket = newToken();
  }

  /** Tries once to come back; told by `back` or `down`. */
  resume(timeoutMs: number = REQUEST_TIMEOUT_MS): void {
    const attempt = this.#connect(timeoutMs);
    const turn = this.#turn;
    attempt.then(
      () => {
        for (const { resolve } of this.#waiting.splice(0)) resolve();
        this.#observer.back();
      },
      ({ reason, message, retryAfterMs }: SignalingError) => {
        if (turn === this.#turn) this.#down(PROBLEMS[reason] ?? 'unreachable', message, retryAfterMs);
      },
    );
  }

  /** Asks the server whether it is there (OPTIONS); without an answer in time the connection is lost. */
  probe(timeoutMs: number): void {
    const agent = this.#agent;
    if (!agent || !this.#registered) return;
    const registrar = agent.configuration.uri.clone();
    registrar.user = null;
    const { response } = agent.ask(agent.compose({ method: 'OPTIONS', target: registrar }));
    const timer = setTimeout(() => {
      agent.detach();
      this.#lost('lost', 'The SIP server does not answer any more.');
    }, timeoutMs);
    // Whatever it says: it is there. Without a connection, that was told.
    response.catch(() => {}).finally(() => clearTimeout(timer));
  }

  giveUp(): void {
    this.#agent?.detach();
    this.#lost('lost', 'The connection was given up.');
  }

  /** Resolves when there is a connection, at once or later; rejects with `down` when there will be none. */
  up(): Promise<void> {
    if (this.#registered) return Promise.resolve();
    if (!this.#ticket) return Promise.reject(noConnection());
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Signs out, after what is still to be said, and within two seconds. */
  async close(left: Promise<unknown>[]): Promise<void> {
    const [agent, registration] = [this.#agent, this.#registration];
    const signedIn = this.#registered;
    this.#next();
    this.#registered = false;
    this.#ticket = null;
    for (const { reject } of this.#waiting.splice(0))
      reject(new SignalingError('down', 'The connection was closed.'));
    registration?.stop();
    if (signedIn && registration) left.push(registration.unregister());
    // Whether or not it hears of it: this side is gone.
    let timer: ReturnType<typeof setTimeout>;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, SIGN_OUT_MS)));
    await Promise.race([Promise.allSettled(left), patience]).finally(() => clearTimeout(timer));
    this.#agent = null;
    agent?.detach();
  }

  /** Connects to the next server that is there, and registers with it; takes the place of an attempt under way. */
  async #connect(timeoutMs: number): Promise<void> {
    const turn = this.#next();
    const abandoned = new Promise<never>((_, reject) => (this.#abandon = reject));
    abandoned.catch(() => {});
    const { agent } = this;
    let failure: unknown;
    for (let tries = 0; tries < this.#urls.length; tries++) {
      try {
        const opening = SipSocket.open(this.#urls[this.#at]!, timeoutMs);
        opening.then(
          (socket) => turn === this.#turn || socket.close(),
          () => {},
        );
        agent.attach(await Promise.race([abandoned, opening]));
        await Promise.race([abandoned, inTime(this.#registration!.register(), timeoutMs)]);
        this.#registered = true;
        return;
      } catch (error) {
        if (turn !== this.#turn) throw error;
        agent.detach();
        failure = error;
        // Another server would say the same.
        if (error instanceof SignalingError && error.reason === 'unauthorized') throw error;
        this.#at = (this.#at + 1) % this.#urls.length;
      }
    }
    throw failure;
  }

  /** From now on an attempt under way is none any more. */
  #next(): number {
    this.#abandon(new SignalingError('down', 'The connection was closed.'));
    return ++this.#turn;
  }

  #lost(problem: LinkProblem, message: string, retryAfterMs?: number): void {
    // While it signs in, that fails instead.
    if (!this.#registered) return;
    this.#registered = false;
    this.#registration?.stop();
    this.#observer.lost();
    this.#down(problem, message, retryAfterMs);
  }

  #down(problem: LinkProblem, message: string, retryAfterMs?: number): void {
    if (problem === 'closed') this.#ticket = null;
    this.#observer.down(problem, message, retryAfterMs);
  }
}

function noConnection(): SignalingError {
  return new SignalingError('down', 'There is no connection to the SIP server.');
}
