/** One WebSocket: what comes over it is checked and limited, and handed to the client it belongs to. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { PAGE_GONE, ProtocolError } from '../../protocol/index.js';
import type { CheckedParams, Credentials, RequestEnvelope, RequestId, Result } from '../../protocol/index.js';
import type { SignedIn } from '../accounts/index.js';
import type { Log } from '../log.js';
import type { Contact } from '../registrar/index.js';
import type { Client, ClosingReason, Line } from './client.js';
import type { Clients, Greeted } from './clients.js';
import type { Place } from './door.js';
import { readEnvelope, readMethod, readParams } from './envelope.js';
import { holdForThisTurn, letGoNow } from './hold-for-turn.js';
import { answerText, eventText } from './outgoing.js';
import type { Outcome } from './outgoing.js';
import type { ConnectionParts } from './parts.js';
import { TokenBucket } from '../token-bucket.js';

/** How long a client may take to sign in, in milliseconds. */
export const SIGN_IN_MS = 10_000;
/** Messages a client may send each second in the long run, and at once. */
export const MESSAGES_PER_SECOND = 50;
export const MESSAGE_BURST = 100;
/** A client that reads so slowly that this many bytes wait for it is dropped. */
export const MAX_WAITING_BYTES = 1024 * 1024;
/** More than this is not held until the turn is over. */
const MAX_HELD_BYTES = 64 * 1024;
/** Messages that are no requests, or too many, before a client is taken for broken. */
export const MAX_STRIKES = 10;
const MAX_REFUSED = 500;
/** Failed sign-ins on one connection. */
const MAX_SIGN_INS = 5;
/** How long a client may take to close its side, in milliseconds. */
const CLOSE_MS = 1000;

/** WebSocket close codes (RFC 6455, section 7.4.1). */
const CLOSE_CODES: Record<ClosingReason, number> = {
  shutdown: 1001,
  'signed-out': 1000,
  'account-removed': 1008,
  'too-slow': 1013,
  'protocol-error': 1002,
};
/** Of a client that closes its socket on purpose, with a code or without one. Who is only gone has another. */
const CLOSED_ON_PURPOSE: readonly number[] = [1000, 1005];

/** Where a connection comes from. */
export interface Source {
  readonly program: NonNullable<Contact['client']>;
  /** The origin of the page; undefined for a program. */
  readonly origin: string | undefined;
  /** Its place among those of its address. */
  readonly place: Place;
  /** What the WebSocket runs over. */
  readonly stream: Duplex;
}

/** Prevents nothing: shared by all that wait for nothing. */
const nothing = (): void => {};
/** Connections of this process are told apart in the log by their number. */
let latest = 0;

export class Connection implements Line {
  readonly #number = (latest += 1);
  readonly program: Source['program'];
  readonly #origin: string | undefined;
  readonly #place: Place;
  readonly #stream: Duplex;
  readonly #bucket: TokenBucket;
  #stopSignInTimer: () => void;
  #stopCloseTimer = nothing;
  #client: Client | null = null;
  /** The id of the sign-in that is under way; undefined when none is, null when it wants no answer. */
  #signingIn: RequestId | null | undefined;
  #signIns = 0;
  #strikes = 0;
  #refused = 0;
  #alive = true;
  #closing = false;

  constructor(
    private readonly socket: WebSocket,
    { program, origin, place, stream }: Source,
    private readonly parts: ConnectionParts,
    private readonly clients: Clients,
    onGone: (connection: Connection) => void,
  ) {
    this.program = program;
    this.#origin = origin;
    this.#place = place;
    this.#stream = stream;
    this.#bucket = new TokenBucket(MESSAGES_PER_SECOND, MESSAGE_BURST, parts.clock);
    this.#stopSignInTimer = parts.clock.setTimeout(() => {
      this.close('protocol-error', 'Nobody signed in.');
    }, SIGN_IN_MS);
    socket.on('message', (data, isBinary) => this.#message(data as Buffer, isBinary));
    socket.on('pong', () => (this.#alive = true));
    // An oversized or malformed frame is an error of ws; it closes the socket with the fitting code.
    socket.on('error', (error) => this.#log.info({ problem: error.message }, 'broken connection'));
    socket.on('close', (code) => {
      this.#stopSignInTimer();
      this.#stopCloseTimer();
      if (CLOSED_ON_PURPOSE.includes(code)) this.#client?.end('hung-up');
      this.#letGo(code === PAGE_GONE);
      this.#closing = true;
      this.#log.info({}, 'disconnected');
      onGone(this);
    });
    this.#log.info({ address: program.address }, 'connected');
  }

  /** Made when it is needed: nearly all the time there is nothing to say. */
  get #log(): Log {
    return this.parts.log.child({ connection: this.#number });
  }

  /** Asks whether the client is still there; one that has not answered the last time is cut off. */
  ping(): void {
    if (!this.#alive) {
      this.terminate();
      return;
    }
    this.#alive = false;
    this.socket.ping();
  }

  send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    holdForThisTurn(this.#stream);
    this.socket.send(text);
    // Only what the system does not take says that somebody reads too slowly.
    if (this.socket.bufferedAmount > MAX_HELD_BYTES) letGoNow(this.#stream);
    if (this.#closing || this.socket.bufferedAmount <= MAX_WAITING_BYTES) return;
    this.close('too-slow', 'Messages are read too slowly.');
  }

  /** The client has another socket. */
  replaced(): void {
    this.#client = null;
    this.#closing = true;
    this.terminate();
  }

  /** Tells the client why and closes the connection. The client itself is kept, to come back, if it may. */
  close(reason: ClosingReason, message: string, retryAfterMs?: number): void {
    if (this.#closing) return;
    this.#closing = true;
    const seq = (this.#client?.seq ?? 0) + 1;
    const more = retryAfterMs === undefined ? {} : { retryAfterMs };
    // The last word has the next number and is not counted: it is not told again.
    this.send(eventText(seq, 'connection.closing', { reason, message, ...more }));
    this.#stopSignInTimer();
    if (reason === 'protocol-error') this.#client?.end('connection-lost');
    this.#letGo();
    this.#log.info({ reason }, 'closing');
    this.socket.close(CLOSE_CODES[reason]);
    this.#stopCloseTimer = this.parts.clock.setTimeout(() => this.terminate(), CLOSE_MS);
  }

  /** Cuts the connection off without a word. */
  terminate(): void {
    // What was said before is on its way.
    letGoNow(this.#stream);
    this.socket.terminate();
  }

  #letGo(pageGone = false): void {
    this.#client?.lose(this, pageGone);
    this.#client = null;
  }

  #message(data: Buffer, isBinary: boolean): void {
    if (this.#closing) return;
    try {
      if (isBinary) throw new ProtocolError('invalid-request', 'Messages are text, not binary.');
      this.#request(readEnvelope(data.toString('utf8')));
    } catch (error) {
      this.send(answerText(null, { error }, this.#log));
      this.#strikes += 1;
      if (this.#strikes >= MAX_STRIKES) this.close('protocol-error', 'Too many messages were no requests.');
    }
  }

  /** Throws `invalid-request` for what is no request; whatever else goes wrong is answered. */
  #request({ id, method, params }: RequestEnvelope): void {
    const refusal = this.#limit();
    if (refusal) this.#answer(id, { error: refusal });
    else if (this.#client) this.#client.request(id, method, params);
    else if (id !== undefined && id === this.#signingIn) {
      throw new ProtocolError('invalid-request', 'There is an unanswered request with this id already.');
    } else this.#arrive(id, method, params);
  }

  /** What can be asked before signing in. */
  #arrive(id: RequestId | undefined, name: string, unchecked: Record<string, unknown>): void {
    try {
      const method = readMethod(name);
      const params = readParams(method, unchecked);
      switch (method) {
        case 'connection.open':
          void this.#open(id, params as CheckedParams<'connection.open'>);
          return;
        case 'connection.resume':
          this.#welcome(id, this.#resume(params as CheckedParams<'connection.resume'>));
          return;
        case 'webphone.check': {
          const asked = params as CheckedParams<'webphone.check'>;
          const available = this.parts.availability.check(asked.id, this.program.address, null);
          this.#answer(id, { result: { available } });
          return;
        }
        default:
          throw new ProtocolError('not-signed-in', 'Sign in with connection.open first.');
      }
    } catch (error) {
      this.#answer(id, { error });
    }
  }

  async #open(
    id: RequestId | undefined,
    { credentials, properties }: CheckedParams<'connection.open'>,
  ): Promise<void> {
    try {
      if (this.#signingIn !== undefined) throw new ProtocolError('wrong-state', 'Already signing in.');
      this.#signingIn = id ?? null;
      const signedIn = await this.#signIn(credentials).finally(() => (this.#signingIn = undefined));
      if (this.#closing) throw new ProtocolError('shutting-down', 'The connection is closing.');
      if (this.#client) throw new ProtocolError('wrong-state', 'Already signed in.');
      this.#welcome(id, this.clients.enter({ signedIn, origin: this.#origin, properties }, this));
    } catch (error) {
      this.#answer(id, { error });
    }
  }

  async #signIn(credentials: Credentials): Promise<SignedIn> {
    const { accounts, registrar, guard, door } = this.parts;
    const { address } = this.program;
    this.#countSignIn();
    door.mayTry('sign-ins', address);
    const signedIn = await guard.check(address, credentials, () =>
      accounts.signIn(credentials, (number) => registrar.isOnline(number)),
    );
    if (!signedIn) {
      door.failed('sign-ins', address);
      this.#log.warn({ address, kind: credentials.kind }, 'sign-in failed');
      throw new ProtocolError('unauthorized', 'The extension, password or token is wrong.');
    }
    return signedIn;
  }

  #resume(params: CheckedParams<'connection.resume'>): Greeted<Result<'connection.resume'>> {
    const { door } = this.parts;
    const { address } = this.program;
    this.#countSignIn();
    door.mayTry('resumptions', address);
    const resumed = this.clients.resume(params, this, this.#origin);
    if (resumed) return resumed;
    door.failed('resumptions', address);
    throw new ProtocolError('unauthorized', 'This connection cannot be resumed. Sign in anew.');
  }

  #countSignIn(): void {
    this.#signIns += 1;
    if (this.#signIns > MAX_SIGN_INS) {
      throw new ProtocolError('rate-limited', 'Too many sign-ins on one connection. Connect anew.', 1000);
    }
  }

  /** Answers who has arrived; only then it is told of events. */
  #welcome(id: RequestId | undefined, { client, greeting }: Greeted<unknown>): void {
    this.#stopSignInTimer();
    this.#stopSignInTimer = nothing;
    this.#place.signedIn();
    this.#client = client;
    this.#answer(id, { result: greeting });
    client.release();
  }

  /** Refuses what is too much; a client that does not care is closed. */
  #limit(): ProtocolError | null {
    const waitMs = this.#bucket.take();
    if (waitMs === 0) {
      this.#refused = 0;
      return null;
    }
    this.#refused += 1;
    if (this.#refused > MAX_REFUSED) this.close('protocol-error', 'Too many messages.');
    return new ProtocolError('rate-limited', 'Too many messages. Slow down.', waitMs);
  }

  #answer(id: RequestId | undefined, outcome: Outcome): void {
    const text = answerText(id ?? null, outcome, this.#log);
    if (id !== undefined) this.send(text);
  }
}
