/**
 * Keeps a line registered at its server (RFC 3261, 10): asks for it, renews it, notices when the server is gone, and
 * tries again for as long as the line is wanted. A line without registration is asked by OPTIONS instead.
 */
import type { IncomingResponseMessage, OutgoingRequest } from 'sip.js/lib/core/index.js';
import { next } from '../exchange/state-machine.js';
import type { Clock } from '../clock.js';
import type { SipLineSettings } from '../config/settings.js';
import type { Endpoint } from './endpoint.js';
import { REGISTRATION_TABLE } from './registration-states.js';
import type { RegistrationEvent, RegistrationState } from './registration-states.js';

export interface RegistrationParts {
  readonly endpoint: Endpoint;
  readonly settings: SipLineSettings;
  readonly clock: Clock;
  /** It is in another state, or failed for another reason. */
  readonly onChange: (state: RegistrationState, problem: string | null) => void;
}

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 8000;
/** Who wants to know often, wants to know soon. */
const LEAST_ANSWER_MS = 2000;
/** The pauses after failures, in milliseconds: each twice the last. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** Who is refused is not let in a second later either, and may be shut out for trying. */
const REFUSED_PAUSE_MS = 60_000;
const LONGEST_REFUSED_PAUSE_MS = 1_800_000;

/** Why an attempt came to nothing. */
interface Failure {
  readonly problem: string;
  /** The server does not want this account: what is configured is wrong. */
  readonly refused: boolean;
  /** How long the server wants to be left alone, in milliseconds. */
  readonly pauseMs: number;
}

export class Registration {
  #state: RegistrationState = 'off';
  #problem: string | null = null;
  #failures = 0;
  #seconds: number;
  #cseq = 0;
  #callId: string | undefined;
  #request: OutgoingRequest | null = null;
  #stopTimer = () => {};
  #stopAnswerTimer = () => {};
  #stopKeepAlive = () => {};

  constructor(private readonly parts: RegistrationParts) {
    this.#seconds = parts.settings.registerSeconds;
  }

  get state(): RegistrationState {
    return this.#state;
  }

  /** Why it is not registered; null when it is, or nothing is known yet. */
  get problem(): string | null {
    return this.#problem;
  }

  start(): void {
    this.#step('try');
    void this.#connect();
  }

  /** The connection is gone, or the server. */
  lost(reason: string): void {
    if (this.#state === 'registered' || this.#state === 'trying') {
      this.#fail({ problem: reason, refused: false, pauseMs: 0 });
    }
  }

  /** Signs off. Resolves when the server knows, or has had a second to. */
  async stop(): Promise<void> {
    const registered = this.#state === 'registered';
    if (this.#state !== 'off') this.#step('stop');
    this.#stopTimers();
    if (!registered || !this.parts.settings.register) return;
    await new Promise<void>((resolve) => {
      const stopWaiting = this.parts.clock.setTimeout(resolve, 1000);
      const done = () => {
        stopWaiting();
        resolve();
      };
      this.#register(0, done, done);
    });
  }

  async #connect(): Promise<void> {
    try {
      await this.parts.endpoint.open();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (this.#state === 'trying') {
        this.#fail({ problem: `The server cannot be reached: ${reason}`, refused: false, pauseMs: 0 });
      }
      return;
    }
    if (this.#state === 'trying') this.#ask();
  }

  /** Asks for registration, or for its renewal. */
  #ask(): void {
    this.#stopTimer();
    this.#stopAnswerTimer = this.parts.clock.setTimeout(() => {
      this.#fail({ problem: 'The server does not answer.', refused: false, pauseMs: 0 });
    }, ANSWER_MS);
    if (!this.parts.settings.register) return this.#ping(() => this.#accept(null));
    this.#register(
      this.#seconds,
      (response) => this.#accept(response),
      (response) => this.#rejected(response),
    );
  }

  #register(
    seconds: number,
    accepted: (response: IncomingResponseMessage) => void,
    rejected: (response: IncomingResponseMessage) => void,
  ): void {
    const { endpoint } = this.parts;
    const headers = [`Contact: ${endpoint.contact};expires=${seconds}`, `Expires: ${seconds}`];
    const again = this.#callId === undefined ? {} : { callId: this.#callId };
    const request: OutgoingRequest = endpoint.request(
      'REGISTER',
      { ...again, cseq: this.#cseq + 1, headers },
      {
        onAccept: ({ message }) => this.#answered(request, () => accepted(message)),
        onReject: ({ message }) => this.#answered(request, () => rejected(message)),
        onRedirect: ({ message }) => this.#answered(request, () => rejected(message)),
      },
    );
    this.#callId = request.message.callId;
    this.#request = request;
  }

  /** Takes an answer to the latest request only. */
  #answered(request: OutgoingRequest, take: () => void): void {
    // The password takes a second request, with a number of its own.
    this.#cseq = Math.max(this.#cseq, request.message.cseq);
    if (this.#request !== request) return;
    this.#request = null;
    this.#stopAnswerTimer();
    take();
  }

  #accept(response: IncomingResponseMessage | null): void {
    if (this.#state !== 'trying' && this.#state !== 'registered') return;
    this.#stopAnswerTimer();
    this.#failures = 0;
    this.#problem = null;
    this.#step('accept');
    const granted = response ? this.#granted(response) : this.#seconds;
    // Half-way, so that there is time to try again before it runs out.
    const { clock, settings } = this.parts;
    if (settings.register) this.#stopTimer = clock.setTimeout(() => this.#ask(), (granted * 1000) / 2);
    this.#keepAlive();
  }

  /** How long the server registers this line for, in seconds. */
  #granted(response: IncomingResponseMessage): number {
    const own = this.parts.endpoint.contactUri;
    for (let index = 0; index < response.getHeaders('contact').length; index += 1) {
      const contact = response.parseHeader('contact', index) as
        { uri?: { host?: string; port?: number }; getParam?: (name: string) => unknown } | undefined;
      if (contact?.uri?.host !== own.host || contact.uri.port !== own.port) continue;
      const seconds = Number(contact.getParam?.('expires'));
      if (seconds > 0) return Math.max(10, seconds);
    }
    const seconds = Number(response.getHeader('expires'));
    return seconds > 0 ? Math.max(10, seconds) : this.#seconds;
  }

  #rejected(response: IncomingResponseMessage): void {
    const status = response.statusCode ?? 0;
    const least = Number(response.getHeader('min-expires'));
    if (status === 423 && least > this.#seconds && least <= 86_400) {
      this.#seconds = least;
      return this.#ask();
    }
    const pause = /^\s*(\d{1,6})/.exec(response.getHeader('retry-after') ?? '')?.[1] ?? '0';
    const own = isOwn(response);
    this.#fail({
      problem: own ? 'The server does not answer.' : problemOf(status),
      refused: !own && status >= 400 && status < 500 && ![408, 480].includes(status),
      pauseMs: Math.min(3600, Number(pause)) * 1000,
    });
  }

  #fail({ problem, refused, pauseMs }: Failure): void {
    if (this.#state !== 'trying' && this.#state !== 'registered') return;
    this.#stopTimers();
    this.#request = null;
    this.#problem = problem;
    const [first, longest] = refused
      ? [REFUSED_PAUSE_MS, LONGEST_REFUSED_PAUSE_MS]
      : [FIRST_PAUSE_MS, LONGEST_PAUSE_MS];
    const pause = Math.max(pauseMs, Math.min(longest, first * 2 ** Math.min(this.#failures, 16)));
    this.#failures += 1;
    this.#step('fail');
    // Not all lines of a server that was restarted come back in the same moment.
    this.#stopTimer = this.parts.clock.setTimeout(() => this.start(), pause * (1 + Math.random() / 4));
  }

  /** Asks now and then whether the server is still there; that also keeps the way through a NAT open. */
  #keepAlive(): void {
    this.#stopKeepAlive();
    const { clock, settings } = this.parts;
    const every = settings.keepAliveSeconds * 1000;
    const patience = Math.min(ANSWER_MS, Math.max(LEAST_ANSWER_MS, every));
    let stopWaiting = () => {};
    const stopPause = clock.setTimeout(() => {
      stopWaiting = clock.setTimeout(() => this.lost('The server does not answer any more.'), patience);
      this.#ping(() => {
        stopWaiting();
        if (this.#state === 'registered') this.#keepAlive();
      });
    }, every);
    this.#stopKeepAlive = () => {
      stopPause();
      stopWaiting();
    };
  }

  /** Calls back when the server answers, whatever it says. */
  #ping(answered: () => void): void {
    const heard = ({ message }: { message: IncomingResponseMessage }) => {
      if (!isOwn(message)) answered();
    };
    this.parts.endpoint.request('OPTIONS', {}, { onAccept: heard, onReject: heard, onRedirect: heard });
  }

  #stopTimers(): void {
    this.#stopTimer();
    this.#stopAnswerTimer();
    this.#stopKeepAlive();
  }

  #step(event: RegistrationEvent): void {
    this.#state = next(REGISTRATION_TABLE, this.#state, event);
    this.parts.onChange(this.#state, this.#problem);
  }
}

/** Whether a response was made up by the library because none came. */
function isOwn(response: IncomingResponseMessage): boolean {
  return !response.data;
}

function problemOf(status: number): string {
  if (status === 401 || status === 407 || status === 403) {
    return `The server refuses the user name or the password (${status}).`;
  }
  if (status === 404) return 'The server does not know this user name (404).';
  return `The server refuses the registration (${status}).`;
}
