import * as v from 'valibot';
import { errorName, type ErrorName } from '../../protocol/errors.js';
import { eventSchemas, type ServerEvent } from '../../protocol/events.js';
import { serverEnvelopeSchema } from '../../protocol/json-rpc.js';
import { PING_INTERVAL_MS, REQUEST_TIMEOUT_MS } from '../../protocol/limits.js';
import type { Method, Params } from '../../protocol/requests.js';
import { resultSchema, type Result } from '../../protocol/results.js';
import { SignalingError, type LinkProblem } from '../port.js';

/** What a failed request is called above the gateway; those not named here are `internal`. */
const REASONS: Partial<Record<ErrorName, SignalingError['reason']>> = {
  'invalid-request': 'unsupported',
  'unknown-method': 'unsupported',
  'unsupported-version': 'unsupported',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'wrong-state': 'wrong-state',
  'rate-limited': 'rate-limited',
  'media-failed': 'media-failed',
  'not-signed-in': 'down',
  'shutting-down': 'down',
};

/** Why the phone system closed the connection, as a problem of the link. */
const CLOSING = {
  shutdown: 'shutdown',
  'signed-out': 'closed',
  'account-removed': 'closed',
  'too-slow': 'lost',
  'protocol-error': 'unsupported',
} as const;

/** What a client hears of its connection. */
export interface RpcObserver {
  /** An event, checked and in sequence. */
  event(event: ServerEvent): void;
  /** An event that is not of the core, in sequence; false when it is not as it should be. */
  other(name: string, data: unknown): boolean;
  /** The connection is over; told once, and never after {@link RpcClient.close}. */
  down(problem: LinkProblem, message: string, retryAfterMs?: number): void;
}

/** {@link RpcClient.request} with the schema of the result, for methods the core does not know the result of. */
export type Ask = <M extends Method>(
  method: M,
  params: Params<M>,
  schema?: v.GenericSchema,
) => Promise<Result<M>>;

interface Waiting {
  readonly method: Method;
  readonly schema: v.GenericSchema;
  readonly timer: ReturnType<typeof setTimeout>;
  readonly resolve: (result: never) => void;
  readonly reject: (error: SignalingError) => void;
}

/**
 * One JSON-RPC 2.0 connection over one WebSocket: requests with time-outs, events in sequence, and a ping when
 * it is quiet. It lives once: when it is down, the next connection is a new object.
 */
export class RpcClient {
  readonly #socket: WebSocket;
  readonly #observer: RpcObserver;
  readonly #waiting = new Map<unknown, Waiting>();
  #nextId = 1;
  /** The number of the last event; null until the snapshot that events follow. */
  #seq: number | null = null;
  #heard = false;
  #over = false;
  #timer: ReturnType<typeof setInterval>;

  /** @param onOpen Called when requests can be sent. */
  constructor(socket: WebSocket, observer: RpcObserver, onOpen: () => void) {
    this.#socket = socket;
    this.#observer = observer;
    const unreachable = () => this.#down('unreachable', 'Nobody answers at the address of the phone system.');
    this.#timer = setTimeout(unreachable, REQUEST_TIMEOUT_MS);
    let opened = false;
    socket.onopen = () => {
      if (this.#over) return;
      opened = true;
      clearTimeout(this.#timer);
      this.#timer = setInterval(() => this.#ping(), PING_INTERVAL_MS);
      onOpen();
    };
    socket.onmessage = ({ data }) => this.#message(data);
    // An error is always followed by a close, which says the same.
    socket.onerror = () => {};
    socket.onclose = () =>
      opened ? this.#down('lost', 'The connection to the phone system is lost.') : unreachable();
  }

  /** Asks the phone system; rejects with a {@link SignalingError}. */
  request<M extends Method>(
    method: M,
    params: Params<M>,
    schema: v.GenericSchema = resultSchema(method),
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<Result<M>> {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(new SignalingError('down', 'There is no connection to the phone system.'));
        return;
      }
      const id = this.#nextId++;
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new SignalingError('timeout', `The phone system did not answer ${method} in time.`));
      }, timeoutMs);
      this.#waiting.set(id, { method, schema, timer, resolve, reject });
      this.#send({ id, method, params });
    });
  }

  /** Tells the phone system something that needs no answer. */
  notify<M extends Method>(method: M, params: Params<M>): void {
    if (!this.#over) this.#send({ method, params });
  }

  /** Events up to this number are in the snapshot; the next one follows it. */
  startEvents(seq: number): void {
    this.#seq = seq;
  }

  /** Ends the connection; whatever still waits is rejected. */
  close(): void {
    this.#end('The connection was closed.');
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }

  #message(data: unknown): void {
    if (this.#over) return;
    this.#heard = true;
    const parsed = v.safeParse(serverEnvelopeSchema, parse(data));
    const message = parsed.success ? parsed.output : null;
    if (message?.method !== undefined && message.params) {
      this.#event(message.method, message.params.seq, message.params.data);
      return;
    }
    if (message?.id === undefined) {
      this.#garbled('a message that is not of this protocol');
      return;
    }
    const { id, result: outcome, error: failure } = message;
    // An answer nobody waits for came after its time-out.
    const waiting = this.#waiting.get(id);
    if (waiting) {
      this.#waiting.delete(id);
      clearTimeout(waiting.timer);
    }
    if (failure) {
      const { code, message: text, data: more } = failure;
      const reason = REASONS[errorName(code)] ?? 'internal';
      waiting?.reject(new SignalingError(reason, text, more?.retryAfterMs));
    } else if (waiting) {
      const result = v.safeParse(waiting.schema, outcome);
      if (result.success) waiting.resolve(result.output as never);
      else {
        const error = `an answer to ${waiting.method} that is not of this protocol`;
        waiting.reject(new SignalingError('unsupported', error));
        this.#garbled(error);
      }
    }
  }

  #event(name: string, seq: number, data: unknown): void {
    const closing = name === 'connection.closing';
    // The last word may come before the first snapshot. Other events from before it are in it.
    if (this.#seq === null ? !closing : seq <= this.#seq) return;
    if (this.#seq !== null && seq > this.#seq + 1) {
      this.#down('lost', 'Messages of the phone system were lost.');
      return;
    }
    this.#seq = seq;
    const garbled = `an event ${name} that is not of this protocol`;
    if (!Object.hasOwn(eventSchemas, name)) {
      if (!this.#observer.other(name, data)) this.#garbled(garbled);
      return;
    }
    const known = name as keyof typeof eventSchemas;
    const parsed = v.safeParse(eventSchemas[known], data);
    if (!parsed.success) {
      this.#garbled(garbled);
      return;
    }
    const event = { name: known, seq, data: parsed.output } as ServerEvent;
    if (event.name === 'connection.closing') {
      this.#down(CLOSING[event.data.reason], event.data.message, event.data.retryAfterMs);
    } else this.#observer.event(event);
  }

  #ping(): void {
    if (this.#heard) {
      this.#heard = false;
      return;
    }
    this.request('connection.ping', {}).catch((error: SignalingError) => {
      if (error.reason === 'timeout') this.#down('lost', 'The phone system does not answer any more.');
    });
  }

  #garbled(what: string): void {
    this.#down('unsupported', `The phone system sent ${what}.`);
  }

  #down(problem: LinkProblem, message: string, retryAfterMs?: number): void {
    if (this.#over) return;
    this.#end(message);
    this.#observer.down(problem, message, retryAfterMs);
  }

  #end(message: string): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket.close();
    for (const { timer, reject } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new SignalingError('down', message));
    }
    this.#waiting.clear();
  }
}

/** Browsers refuse some addresses themselves, for example `ws:` from an https page. */
export function openSocket(address: string): WebSocket {
  try {
    return new WebSocket(address);
  } catch {
    throw new SignalingError('invalid-address', `The browser does not connect from this page to ${address}.`);
  }
}

function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
