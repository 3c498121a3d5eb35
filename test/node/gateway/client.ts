/** A client of the gateway that speaks the protocol over a real socket, and checks all it is told by its schemas. */
import { tmpdir } from 'node:os';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { hashPassword } from '../../../src/pbx/accounts/index.js';
import type { Clock } from '../../../src/pbx/clock.js';
import { settingsSchema } from '../../../src/pbx/config/settings.js';
import type { Settings } from '../../../src/pbx/config/settings.js';
import type { Log } from '../../../src/pbx/log.js';
import { createPhoneSystem } from '../../../src/pbx/phone-system.js';
import type { PhoneSystem } from '../../../src/pbx/phone-system.js';
import { openStorage } from '../../../src/pbx/storage/storage.js';
import type { Storage } from '../../../src/pbx/storage/storage.js';
import {
  check,
  controlEventSchemas,
  controlResultSchemas,
  errorName,
  eventSchemas,
  resultSchema,
  serverEnvelopeSchema,
} from '../../../src/protocol/index.js';
import type {
  AnyEventData,
  AnyEventName,
  Method,
  Params,
  Result,
  Schema,
} from '../../../src/protocol/index.js';
import { FakeMedia } from '../exchange/fake-media.js';

export interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly id: unknown;
  readonly retryAfterMs: number | undefined;
}

/** What a client says of itself when it connects. */
export interface ConnectOptions {
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Properties = NonNullable<Params<'connection.open'>['properties']>;

export class Client {
  readonly events: { name: AnyEventName; seq: number; data: unknown }[] = [];
  /** Errors that belong to no request. */
  readonly failures: Failure[] = [];
  /** Whether an answer may come again, because its request did. */
  repeats = false;
  readonly closed: Promise<number>;
  readonly #waiting = new Map<unknown, { method: Method; done: (outcome: unknown) => void }>();
  readonly #watchers = new Set<() => void>();
  #nextId = 1;
  static #nextIds = 0;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
    socket.on('message', (data) => this.#receive((data as Buffer).toString('utf8')));
  }

  static async connect(url: string, options: ConnectOptions = {}): Promise<Client> {
    const socket = new WebSocket(url, options);
    const client = new Client(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
      socket.on('unexpected-response', (_request, response) =>
        reject(new Error(`answered ${response.statusCode}`)),
      );
    });
    return client;
  }

  /** Asks, and resolves with the result or, with `reason`, the failure. */
  async ask<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const outcome = await this.send({ id: this.#nextId++, method, params });
    if ('reason' in (outcome as object)) throw new Error(JSON.stringify(outcome));
    return outcome as Result<M>;
  }

  /** Asks for something that must fail. */
  async fails(method: string, params: unknown = {}): Promise<Failure> {
    const outcome = (await this.send({ id: this.#nextId++, method, params })) as Failure;
    assert.ok(typeof outcome.reason === 'string', `${method} fails`);
    return outcome;
  }

  /** Sends any request; resolves with its outcome. */
  send(request: { id: unknown; method: string; params: unknown }): Promise<unknown> {
    return new Promise((done) => {
      this.#waiting.set(request.id, { method: request.method as Method, done });
      this.raw(JSON.stringify({ jsonrpc: '2.0', ...request }));
    });
  }

  raw(message: string | Buffer): void {
    this.socket.send(message);
  }

  open(extension: string, properties: Properties = {}): Promise<Result<'connection.open'>> {
    const credentials = { kind: 'password', extension, password: `demo-${extension}` } as const;
    return this.ask('connection.open', { protocol: 1, credentials, properties });
  }

  openByToken(token: string, properties: Properties = {}): Promise<Result<'connection.open'>> {
    return this.ask('connection.open', { protocol: 1, credentials: { kind: 'token', token }, properties });
  }

  /** Resolves with the first event, of those that came and will come, that fits. */
  async event<E extends AnyEventName>(name: E, fits: (data: AnyEventData<E>) => boolean = () => true) {
    await this.until(() => this.told(name).some(fits));
    return this.told(name).find(fits)!;
  }

  /** What was told by events of a name, in order. */
  told<E extends AnyEventName>(name: E): AnyEventData<E>[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data as AnyEventData<E>);
  }

  /** Resolves when something has come true by what was received. */
  async until(come: () => boolean): Promise<void> {
    while (!come()) {
      await new Promise<void>((resolve, reject) => {
        // Its socket keeps the test going; once that has closed, nothing is waited for.
        const timer = setTimeout(() => reject(new Error('nothing came')), 30_000).unref();
        const watcher = () => {
          clearTimeout(timer);
          this.#watchers.delete(watcher);
          resolve();
        };
        this.#watchers.add(watcher);
      });
    }
  }

  /** Goes on as the client that lost its socket; `seq` null for one that knows nothing any more. */
  resume(connectionId: string, secret: string, seq: number | null): Promise<Result<'connection.resume'>> {
    // The ids of one client go on over all its sockets.
    this.#nextId = Client.#nextIds += 1000;
    return this.ask('connection.resume', { protocol: 1, connectionId, secret, seq });
  }

  /** Breaks the socket, as a network does. */
  cut(): Promise<number> {
    this.socket.terminate();
    return this.closed;
  }

  /** Closes the socket on purpose. */
  close(code?: number): Promise<number> {
    this.socket.close(code);
    return this.closed;
  }

  #receive(text: string): void {
    const message = check(serverEnvelopeSchema, JSON.parse(text));
    if (message.method !== undefined) {
      assert.ok(message.params);
      const schemas: Record<string, Schema> = { ...eventSchemas, ...controlEventSchemas };
      const schema = schemas[message.method];
      assert.ok(schema, `${message.method} is an event`);
      assert.deepEqual(check(schema, message.params.data), message.params.data, 'nothing beyond the schema');
      this.events.push({ name: message.method as AnyEventName, ...message.params });
    } else if (message.error) {
      const failure: Failure = {
        reason: errorName(message.error.code),
        message: message.error.message,
        id: message.id,
        retryAfterMs: message.error.data?.retryAfterMs,
      };
      const waiting = this.#waiting.get(message.id);
      if (waiting) waiting.done(failure);
      else this.failures.push(failure);
      this.#waiting.delete(message.id);
    } else {
      const waiting = this.#waiting.get(message.id);
      if (!waiting && this.repeats) return;
      assert.ok(waiting, 'an answer belongs to a request');
      this.#waiting.delete(message.id);
      const control = (controlResultSchemas as Partial<Record<Method, Schema>>)[waiting.method];
      const result = check(control ?? resultSchema(waiting.method), message.result);
      assert.deepEqual(result, message.result, 'nothing beyond the schema');
      waiting.done(result);
    }
    for (const watcher of [...this.#watchers]) watcher();
  }
}

export interface House {
  readonly url: string;
  readonly server: Server;
  readonly system: PhoneSystem;
  readonly media: FakeMedia;
  readonly settings: Settings;
  readonly storage: Storage;
  /** Everything that was logged, one JSON text a line. */
  readonly logged: string[];
  connect(options?: ConnectOptions & { path?: string }): Promise<Client>;
  close(): Promise<void>;
}

const hashes = new Map<string, Promise<string>>();
const hash = (password: string) => {
  const made = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, made);
  return made;
};

/** A phone system on a free port, with real sockets; only its media is not real. */
export async function startHouse(
  more: Record<string, unknown> = {},
  { clock, path, data = ':memory:' }: { clock?: Clock; path?: string; data?: string } = {},
): Promise<House> {
  const settings = v.parse(settingsSchema, {
    extensions: await Promise.all(
      ['1001', '1002', '1003', '1004'].map(async (id) => ({
        id,
        name: `Desk ${id}`,
        passwordHash: await hash(`demo-${id}`),
        privileges: id === '1004' ? 'all' : [],
      })),
    ),
    outsideLines: [{ id: 'website', type: 'webphone', name: 'Web site', token: 'website', rings: '1001' }],
    ...more,
  });
  const media = new FakeMedia();
  const logged: string[] = [];
  const log = collectingLog(logged);
  const storage = openStorage(data, log);
  const system = createPhoneSystem({
    recordings: { folder: tmpdir(), urlOf: (name) => name },
    settings,
    log,
    media,
    records: storage,
    history: storage,
    tokens: storage.tokens,
    sentMessages: storage.sentMessages,
    texts: storage.texts,
    extensions: storage.extensions,
    live: storage.live,
    ...(clock === undefined ? {} : { clock }),
  });
  const server = createServer((_request, response) => response.end());
  system.attach(server, path === undefined ? {} : { path });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    server,
    system,
    media,
    settings,
    storage,
    logged,
    connect: ({ path: at = path ?? '', ...options } = {}) => Client.connect(url + at, options),
    close: async () => {
      await system.close();
      storage.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function collectingLog(lines: string[]): Log {
  const write = (level: string) => (details: object, message: string) => {
    lines.push(JSON.stringify({ level, message, ...details }, textOfError));
  };
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
  };
  return log;
}

function textOfError(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value;
}
