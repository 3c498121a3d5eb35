import { errorName, type ErrorName } from '../../protocol/errors.js';
import { eventSchemas, type ServerEvent } from '../../protocol/events.js';
import { serverEnvelopeSchema } from '../../protocol/server-envelope.js';
import { PAGE_GONE, REQUEST_TIMEOUT_MS } from '../../protocol/limits.js';
import type { Method, Params } from '../../protocol/requests.js';
import { resultSchema, type Result } from '../../protocol/results.js';
import { read, type Schema } from '../../protocol/schema.js';
import { SignalingError, type LinkProblem } from '../port.js';

/** What a failed request is called above the gateway, where that is not its name. */
const REASONS = {
  'parse-error': 'internal',
  'invalid-params': 'internal',
  'invalid-request': 'unsupported',
  'unknown-method': 'unsupported',
  'unsupported-version': 'unsupported',
  'not-signed-in': 'down',
  'shutting-down': 'down',
} as const satisfies Partial<Record<ErrorName, SignalingError['reason']>>;

function reasonOf(name: ErrorName): SignalingError['reason'] {
  return name in REASONS
    ? REASONS[name as keyof typeof REASONS]
    : (name as Exclude<ErrorName, keyof typeof REASONS>);
}

/** Why the phone system closed the connection, as a problem of the link. */
const CLOSING = {
  shutdown: 'shutdown',
  'signed-out': 'closed',
  'account-removed': 'closed',
  'too-slow': 'lost',
  'protocol-error': 'incompatible',
} as const;

/** The requests that begin or go on with a connection. */
type Greeting = 'connection.open' | 'connection.resume';

/** What can be asked on a socket before it is greeted; all else waits until then. None outlasts its socket. */
const FIRST: readonly Method[] = ['connection.open', 'connection.resume', 'webphone.check'];

/** What a client hears of its connection. */
export interface RpcObserver {
  /** Signed in, or there again; events follow. */
  up(greeting: Result<Greeting>): void;
  /** An event, checked and in sequence. */
  event(event: ServerEvent): void;
  /** An event that is not of the core, in sequence; false when it is not as it should be. */
  other(name: string, data: unknown): boolean;
  /**
   * The socket is gone; told once for each, and never after {@link RpcClient.close}.
   *
   * @param message What the phone system said of it.
   */
  down(problem: LinkProblem, message?: string, retryAfterMs?: number): void;
}

/** {@link RpcClient.request} with the schema of the result, for methods the core does not know the result of. */
export type Ask = <M extends Method>(
  method: M,
  params: Params<M>,
  schema?: Schema<object>,
  timeoutMs?: number,
) => Promise<Result<M>>;

interface Waiting {
  readonly method: Method;
  readonly text: string;
  readonly schema: Schema<object>;
  readonly timeoutMs: number;
  timer?: ReturnType<typeof setTimeout>;
  readonly resolve: (result: never) => void;
  readonly reject: (error: SignalingError) => void;
}

/** Closes a socket that is given up; one of its own (RFC 6455, 7.4.2) says that this client means to come back. */
const GIVEN_UP = 4000;

/**
 * One JSON-RPC 2.0 client over one WebSocket after the other: requests with time-outs, events in sequence. Without a
 * socket, requests wait; they are sent, or sent again, once the next socket is greeted.
 */
export class RpcClient {
  readonly #observer: RpcObserver;
  readonly #waiting = new Map<unknown, Waiting>();
  /** What goes over it now; for faults that are simulated. */
  socket: WebSocket | null = null;
  /** Signed in or resumed on this socket. */
  greeted = false;
  #nextId = 1;
  #over = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The number of the last event; null until the snapshot that events follow. */
  seq: number | null = null;
  /** When the last message came, and the last answer (`Date.now()`). */
  heardAt = 0;
  answeredAt = 0;

  constructor(observer: RpcObserver) {
    this.#observer = observer;
  }

  /** Goes over this socket from now on. `onOpen` is called when it can be greeted. */
  attach(socket: WebSocket, onOpen: () => void, timeoutMs = REQUEST_TIMEOUT_MS): void {
    this.#leave(GIVEN_UP);
    this.socket = socket;
    const is = () => socket === this.socket;
    const unreachable = () => is() && this.down('unreachable');
    this.#timer = setTimeout(unreachable, timeoutMs);
    socket.onopen = () => {
      if (!is()) return;
      clearTimeout(this.#timer);
      socket.onclose = () => is() && this.down('lost');
      onOpen();
    };
    socket.onmessage = ({ data }) => is() && this.#message(data);
    // An error is always followed by a close, which says the same.
    socket.onerror = () => {};
    socket.onclose = unreachable;
  }

  /** Asks the phone system; rejects with a {@link SignalingError}. */
  request<M extends Method>(
    method: M,
    params: Params<M>,
    schema: Schema<object> = resultSchema(method),
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<Result<M>> {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(new SignalingError('down', 'Not connected to the phone system.'));
        return;
      }
      const id = this.#nextId++;
      const text = JSON.stringify({ jsonrpc: '2.0', id, method, params });
      this.#waiting.set(id, { method, text, schema, timeoutMs, resolve, reject });
      if (this.greeted || FIRST.includes(method)) this.#send(id);
    });
  }

  /** Ends the connection; whatever still waits is rejected. `kept`: another page goes on with it. */
  close(kept = false): void {
    this.#over = true;
    this.#leave(kept ? PAGE_GONE : undefined);
    const over = new SignalingError('down', 'The connection was closed.');
    for (const { reject } of this.#waiting.values()) reject(over);
    this.#waiting.clear();
  }

  /** Gives the socket up. What waits for an answer goes on waiting. */
  down(problem: LinkProblem, message?: string, retryAfterMs?: number): void {
    if (!this.socket) return;
    this.#leave(GIVEN_UP);
    this.#observer.down(problem, message, retryAfterMs);
  }

  #leave(code?: number): void {
    const socket = this.socket;
    this.socket = null;
    this.greeted = false;
    clearTimeout(this.#timer);
    // Time stands still for those who wait.
    for (const [id, { method, timer, reject }] of this.#waiting) {
      clearTimeout(timer);
      if (!FIRST.includes(method)) continue;
      this.#waiting.delete(id);
      reject(new SignalingError('down', 'The connection was lost.'));
    }
    socket?.close(code);
  }

  #send(id: unknown): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    waiting.timer = setTimeout(() => {
      this.#waiting.delete(id);
      waiting.reject(
        new SignalingError('timeout', `The phone system did not answer ${waiting.method} in time.`),
      );
    }, waiting.timeoutMs);
    this.socket?.send(waiting.text);
  }

  #message(data: unknown): void {
    this.heardAt = Date.now();
    const message = read(serverEnvelopeSchema, parse(data));
    if (message?.method !== undefined && message.params) {
      this.#event(message.method, message.params.seq, message.params.data);
      return;
    }
    if (message?.id === undefined) {
      this.down('incompatible');
      return;
    }
    this.answeredAt = this.heardAt;
    const { id, result: outcome, error: failure } = message;
    // An answer nobody waits for came after its time-out, or twice.
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (failure) {
      const { code, message: text, data: more } = failure;
      waiting.reject(new SignalingError(reasonOf(errorName(code)), text, more?.retryAfterMs));
      return;
    }
    const result = read(waiting.schema, outcome);
    if (result) {
      if (waiting.method === 'connection.open' || waiting.method === 'connection.resume')
        this.#greet(result as Result<Greeting>);
      waiting.resolve(result as never);
    } else {
      const error = `The phone system's answer to ${waiting.method} is not of this protocol.`;
      waiting.reject(new SignalingError('unsupported', error));
      this.down('incompatible');
    }
  }

  /** The next message may be an event already: this must not wait for a promise. */
  #greet(greeting: Result<Greeting>): void {
    this.seq = greeting.seq;
    this.greeted = true;
    this.#observer.up(greeting);
    for (const id of [...this.#waiting.keys()]) this.#send(id);
  }

  #event(name: string, seq: number, data: unknown): void {
    const closing = name === 'connection.closing';
    if (!closing) {
      // Events from before the snapshot are in it.
      if (this.seq === null || seq <= this.seq) return;
      if (seq > this.seq + 1) {
        this.down('lost');
        return;
      }
      this.seq = seq;
    }
    if (!Object.hasOwn(eventSchemas, name)) {
      if (!this.#observer.other(name, data)) this.down('incompatible');
      return;
    }
    const known = name as keyof typeof eventSchemas;
    const event = { name: known, seq, data: read<object>(eventSchemas[known], data) } as ServerEvent;
    if (!event.data) this.down('incompatible');
    else if (event.name === 'connection.closing') {
      this.down(CLOSING[event.data.reason], event.data.message, event.data.retryAfterMs);
    } else this.#observer.event(event);
  }
}

/** Browsers refuse some addresses themselves, for example `ws:` from an https page. */
export function openSocket(address: string): WebSocket {
  try {
    return new WebSocket(address);
  } catch {
    throw new SignalingError('invalid-address', `This page cannot connect to ${address}.`);
  }
}

function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
