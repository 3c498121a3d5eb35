/** One client: a WebSocket on which requests are answered and events are told in order. */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { ERROR_CODES, ProtocolError } from '../../protocol/index.js';
import type {
  AnyEventData,
  AnyEventName,
  CheckedParams,
  Credentials,
  EventData,
  Method,
  RequestId,
  Result,
} from '../../protocol/index.js';
import { iceServersFor } from '../accounts/index.js';
import type { Accounts, SignedIn } from '../accounts/index.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { Exchange } from '../exchange/index.js';
import type { Log } from '../log.js';
import type { TextMessages } from '../messages/index.js';
import type { Contact, Registrar } from '../registrar/index.js';
import type { CallHistory } from '../storage/call-records.js';
import type { Availability } from './availability.js';
import type { Directory, Properties } from './directory.js';
import { readEnvelope, readMethod, readParams } from './envelope.js';
import { METHODS } from './methods.js';
import type { Caller, SignedInMethod } from './methods.js';
import type { SignInGuard } from './sign-in-guard.js';
import { TokenBucket } from '../token-bucket.js';

/** How long a client may take to sign in, in milliseconds. */
export const SIGN_IN_MS = 10_000;
/** Messages a client may send each second in the long run, and at once. */
export const MESSAGES_PER_SECOND = 50;
export const MESSAGE_BURST = 100;
/** A client that reads so slowly that this many bytes wait for it is dropped. */
export const MAX_WAITING_BYTES = 1024 * 1024;
/** Messages that are no requests, or too many, before a client is taken for broken. */
export const MAX_STRIKES = 10;
const MAX_REFUSED = 500;
/** Searches of the history each second in the long run, and at once: the database works while calls wait. */
export const SEARCHES_PER_SECOND = 2;
export const SEARCH_BURST = 10;
/** Text messages each second in the long run, and at once: an SMS gateway may take money for each. */
export const TEXTS_PER_SECOND = 1;
export const TEXT_BURST = 20;
/** Failed sign-ins on one connection. */
const MAX_SIGN_INS = 5;
/** How long a client may take to close its side, in milliseconds. */
const CLOSE_MS = 1000;

/** What the gateway stands on. */
export interface GatewayParts {
  /** The configuration as it is now. */
  readonly settings: () => Settings;
  readonly accounts: Accounts;
  readonly registrar: Registrar;
  readonly exchange: Exchange;
  readonly history: CallHistory;
  readonly messages: TextMessages;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a connection works with: the same, and what all connections share. */
export interface ConnectionParts extends GatewayParts {
  readonly guard: SignInGuard;
  readonly availability: Availability;
  readonly directory: Directory;
}

type ClosingReason = EventData<'connection.closing'>['reason'];

/** WebSocket close codes (RFC 6455, section 7.4.1). */
const CLOSE_CODES: Record<ClosingReason, number> = {
  shutdown: 1001,
  'signed-out': 1000,
  'account-removed': 1008,
  'too-slow': 1013,
  'protocol-error': 1002,
};

export class Connection {
  readonly id = randomUUID();
  readonly #log: Log;
  readonly #bucket: TokenBucket;
  readonly #searches: TokenBucket;
  readonly #texts: TokenBucket;
  readonly #inFlight = new Set<RequestId>();
  readonly #stopSignInTimer: () => void;
  #stopCloseTimer: () => void = () => {};
  #contact: Contact | null = null;
  #signedIn: SignedIn | null = null;
  /** Events since the snapshot, as long as the answer with the snapshot is not sent. */
  #held: object[] | null = null;
  #seq = 0;
  #signingIn = false;
  #signIns = 0;
  #strikes = 0;
  #refused = 0;
  #alive = true;
  #closing = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly address: string,
    private readonly parts: ConnectionParts,
    onGone: () => void,
  ) {
    this.#log = parts.log.child({ connection: this.id });
    this.#bucket = new TokenBucket(MESSAGES_PER_SECOND, MESSAGE_BURST, parts.clock);
    this.#searches = new TokenBucket(SEARCHES_PER_SECOND, SEARCH_BURST, parts.clock);
    this.#texts = new TokenBucket(TEXTS_PER_SECOND, TEXT_BURST, parts.clock);
    this.#stopSignInTimer = parts.clock.setTimeout(() => {
      this.close('protocol-error', 'Nobody signed in.');
    }, SIGN_IN_MS);
    socket.on('message', (data, isBinary) => this.#message(data as Buffer, isBinary));
    socket.on('pong', () => (this.#alive = true));
    // An oversized or malformed frame is an error of ws; it closes the socket with the fitting code.
    socket.on('error', (error) => this.#log.info({ problem: error.message }, 'broken connection'));
    socket.on('close', () => {
      this.#stopSignInTimer();
      this.#stopCloseTimer();
      this.#leave('connection-lost');
      this.#closing = true;
      this.#log.info({}, 'disconnected');
      onGone();
    });
    this.#log.info({ address }, 'connected');
  }

  /** Asks whether the client is still there; one that has not answered the last time is cut off. */
  ping(): void {
    if (!this.#alive) {
      this.socket.terminate();
      return;
    }
    this.#alive = false;
    this.socket.ping();
  }

  /** Tells the client why and closes the connection. */
  close(reason: ClosingReason, message: string, retryAfterMs?: number): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#write(
      this.#event('connection.closing', {
        reason,
        message,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      }),
    );
    this.#stopSignInTimer();
    this.#leave(reason === 'signed-out' ? 'hung-up' : 'connection-lost');
    this.#log.info({ reason }, 'closing');
    this.socket.close(CLOSE_CODES[reason]);
    this.#stopCloseTimer = this.parts.clock.setTimeout(() => this.socket.terminate(), CLOSE_MS);
  }

  /** Cuts the connection off without a word. */
  terminate(): void {
    this.socket.terminate();
  }

  #message(data: Buffer, isBinary: boolean): void {
    if (this.#closing) return;
    try {
      if (isBinary) throw new ProtocolError('invalid-request', 'Messages are text, not binary.');
      const { id, method, params } = readEnvelope(data.toString('utf8'));
      if (id !== undefined && this.#inFlight.has(id)) {
        // An answer with this id would be taken for the other request's.
        throw new ProtocolError('invalid-request', 'There is an unanswered request with this id already.');
      }
      void this.#request(id, method, params);
    } catch (error) {
      this.#answer(null, { error });
      this.#strikes += 1;
      if (this.#strikes >= MAX_STRIKES) this.close('protocol-error', 'Too many messages were no requests.');
    }
  }

  /** Carries out a request and answers it; a notification is not answered, whatever becomes of it. */
  async #request(id: RequestId | undefined, name: string, unchecked: Record<string, unknown>): Promise<void> {
    if (id !== undefined) this.#inFlight.add(id);
    const tasks: (() => void)[] = [];
    try {
      this.#limit();
      const method = readMethod(name);
      const params = readParams(method, unchecked);
      const outcome = this.#perform(method, params, (task) => tasks.push(task));
      // What is known at once is answered at once: no event may come between a snapshot and its answer.
      this.#answer(id, { result: outcome instanceof Promise ? await outcome : outcome });
      this.#release();
    } catch (error) {
      this.#answer(id, { error });
    }
    for (const task of tasks) task();
  }

  #perform(method: Method, params: CheckedParams<Method>, afterwards: Caller['afterwards']): unknown {
    switch (method) {
      case 'connection.open':
        return this.#open(params as CheckedParams<'connection.open'>);
      case 'webphone.check': {
        const { id } = params as CheckedParams<'webphone.check'>;
        return { available: this.parts.availability.check(id, this.address, this.#contact) };
      }
      default:
        return this.#performSignedIn(method, params, afterwards);
    }
  }

  #performSignedIn(
    method: SignedInMethod,
    params: CheckedParams<Method>,
    afterwards: Caller['afterwards'],
  ): unknown {
    if (!this.#contact) throw new ProtocolError('not-signed-in', 'Sign in with connection.open first.');
    const { exchange, directory, history, messages, clock } = this.parts;
    const caller: Caller = {
      contact: this.#contact,
      exchange,
      directory,
      history,
      messages,
      clock,
      limitSearches: () => take(this.#searches, 'searches'),
      limitMessages: () => take(this.#texts, 'messages'),
      afterwards,
      signOut: () => this.close('signed-out', 'Signed out.'),
    };
    // The table's type ties each method to its parameters; `readParams` has checked these against it.
    const handler = METHODS[method] as (caller: Caller, params: CheckedParams<Method>) => unknown;
    return handler(caller, params);
  }

  async #open({
    credentials,
    properties,
  }: CheckedParams<'connection.open'>): Promise<Result<'connection.open'>> {
    if (this.#contact || this.#signingIn) throw new ProtocolError('wrong-state', 'Already signed in.');
    this.#signingIn = true;
    try {
      const signedIn = await this.#signIn(credentials);
      if (this.#closing) throw new ProtocolError('shutting-down', 'The connection is closing.');
      return this.#enter(signedIn, properties);
    } finally {
      this.#signingIn = false;
    }
  }

  async #signIn(credentials: Credentials): Promise<SignedIn> {
    const { accounts, registrar, guard } = this.parts;
    this.#signIns += 1;
    if (this.#signIns > MAX_SIGN_INS) {
      throw new ProtocolError('rate-limited', 'Too many sign-ins on one connection. Connect anew.', 1000);
    }
    const signedIn = await guard.check(this.address, credentials, () =>
      accounts.signIn(credentials, (number) => registrar.isOnline(number)),
    );
    if (!signedIn) {
      this.#log.warn({ address: this.address, kind: credentials.kind }, 'sign-in failed');
      throw new ProtocolError('unauthorized', 'The extension, password or token is wrong.');
    }
    return signedIn;
  }

  /** Registers the phone and takes the snapshot; both in one go, so that no change falls between them. */
  #enter(signedIn: SignedIn, properties: Properties): Result<'connection.open'> {
    const { registrar, exchange, directory, settings, clock } = this.parts;
    this.#stopSignInTimer();
    this.#signedIn = signedIn;
    const contact = this.#newContact(signedIn);
    registrar.add(contact);
    directory.enter(contact, properties);
    // What is told before this line is in the snapshot.
    this.#contact = contact;
    this.#held = [];
    const { identity, account } = signedIn;
    this.#log.info({ kind: identity.kind, account: account.id }, 'signed in');
    const now = clock.now();
    return {
      connectionId: this.id,
      serverTime: now,
      seq: this.#seq,
      identity,
      iceServers: iceServersFor(identity.number, settings().iceServers, now),
      calls: exchange.callsOf(contact),
      sessions: exchange.sessionsFor(contact),
      extensions: identity.kind === 'line' ? [] : registrar.list(),
    };
  }

  /** The accounts were replaced: who is gone from them is signed out, and what others may do is as it is now. */
  renew(): void {
    if (!this.#signedIn || this.#closing) return;
    this.#signedIn = this.parts.accounts.renew(this.#signedIn);
    if (!this.#signedIn) this.close('account-removed', 'The account is gone or its secret has changed.');
  }

  /** The contact of this phone. What it may do is looked up each time, because it can change. */
  #newContact(first: SignedIn): Contact {
    const now = () => this.#signedIn ?? first;
    return {
      id: this.id,
      get identity() {
        return now().identity;
      },
      get account() {
        return now().account;
      },
      get rings() {
        return now().rings;
      },
      tell: (event, data) => this.#tell(event, data),
    };
  }

  /** Ends what the client was part of. */
  #leave(reason: 'connection-lost' | 'hung-up'): void {
    const contact = this.#contact;
    if (!contact) return;
    this.#contact = null;
    this.parts.registrar.remove(contact);
    this.parts.directory.leave(contact);
    this.parts.exchange.contactGone(contact, reason);
  }

  /** Throws `rate-limited` when the client sends too much; one that does not care is closed. */
  #limit(): void {
    const waitMs = this.#bucket.take();
    if (waitMs === 0) {
      this.#refused = 0;
      return;
    }
    this.#refused += 1;
    if (this.#refused > MAX_REFUSED) this.close('protocol-error', 'Too many messages.');
    throw new ProtocolError('rate-limited', 'Too many messages. Slow down.', waitMs);
  }

  #answer(id: RequestId | null | undefined, outcome: { result: unknown } | { error: unknown }): void {
    if (id !== undefined && id !== null) this.#inFlight.delete(id);
    if ('error' in outcome) {
      const error = this.#failure(outcome.error);
      if (id !== undefined) this.#write({ jsonrpc: '2.0', id, error });
    } else if (id !== undefined) {
      this.#write({ jsonrpc: '2.0', id, result: outcome.result });
    }
  }

  /** The error object of an answer. What was not foreseen is logged and not told. */
  #failure(error: unknown): object {
    if (!(error instanceof ProtocolError)) {
      this.#log.error({ err: error }, 'a request failed for a reason nobody foresaw');
      return { code: ERROR_CODES.internal, message: 'Something went wrong in the phone system.' };
    }
    const { reason, message, retryAfterMs } = error;
    return {
      code: ERROR_CODES[reason],
      message,
      ...(retryAfterMs === undefined ? {} : { data: { retryAfterMs } }),
    };
  }

  #tell<E extends AnyEventName>(name: E, data: AnyEventData<E>): void {
    if (this.#closing || !this.#contact) return;
    const event = this.#event(name, data);
    if (this.#held) this.#held.push(event);
    else this.#write(event);
  }

  /** An event with the next number. */
  #event<E extends AnyEventName>(method: E, data: AnyEventData<E>): object {
    this.#seq += 1;
    return { jsonrpc: '2.0', method, params: { seq: this.#seq, data } };
  }

  /** Tells what was held back until the client had its snapshot. */
  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const event of held) this.#write(event);
  }

  #write(message: object): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(JSON.stringify(message));
    if (this.#closing || this.socket.bufferedAmount <= MAX_WAITING_BYTES) return;
    this.close('too-slow', 'Messages are read too slowly.');
  }
}

function take(bucket: TokenBucket, what: string): void {
  const waitMs = bucket.take();
  if (waitMs > 0) throw new ProtocolError('rate-limited', `Too many ${what}. Slow down.`, waitMs);
}
