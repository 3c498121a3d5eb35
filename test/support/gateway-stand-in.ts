/** A WebSocket server whose every answer a test decides, for what a healthy phone system never does. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** A request as it arrived. */
export interface Asked {
  readonly id?: number;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

/** What `connection.open` is answered with, unless a test wants something else. */
export const WELCOME = {
  connectionId: 'c1',
  serverTime: 0,
  seq: 0,
  identity: { number: '1001', name: 'Front desk', kind: 'extension', privileges: [] },
  iceServers: [],
  resumeSecret: 'r1',
  calls: [],
  sessions: [],
  extensions: [],
} as const;

/** What `connection.resume` is answered with when nothing is lost. */
export const RESUMED = { serverTime: 0, seq: 0, iceServers: [], resumeSecret: 'r2', snapshot: null } as const;

/** The code of `unauthorized`: there is nothing to resume. */
export const EXPIRED = -32001;

export class GatewayStandIn {
  readonly asked: Asked[] = [];
  #socket: WebSocket | null = null;
  #waiting: { method: string; found: (asked: Asked) => void }[] = [];

  private constructor(readonly server: WebSocketServer) {
    server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data) => this.#take(JSON.parse((data as Buffer).toString()) as Asked));
    });
  }

  static async start(): Promise<GatewayStandIn> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    return new GatewayStandIn(server);
  }

  get address(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** The next request of a method. */
  next(method: string): Promise<Asked> {
    const index = this.asked.findIndex((asked) => asked.method === method);
    if (index >= 0) return Promise.resolve(this.asked.splice(index, 1)[0]!);
    return new Promise((found) => this.#waiting.push({ method, found }));
  }

  /** Answers the next request of a method. */
  async answer(method: string, result: unknown): Promise<Asked> {
    const asked = await this.next(method);
    this.reply(asked.id, result);
    return asked;
  }

  /** Answers a request that came by {@link next}. */
  reply(id: Asked['id'], result: unknown): void {
    this.send({ jsonrpc: '2.0', id, result });
  }

  async fail(method: string, code: number, data?: object): Promise<void> {
    const { id } = await this.next(method);
    this.send({ jsonrpc: '2.0', id, error: { code, message: 'no', ...(data && { data }) } });
  }

  event(seq: number, method: string, data: unknown): void {
    this.send({ jsonrpc: '2.0', method, params: { seq, data } });
  }

  send(message: unknown): void {
    this.#socket!.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  sendBinary(bytes: Uint8Array): void {
    this.#socket!.send(bytes);
  }

  /** Cuts the connection as a broken network does. */
  cut(): void {
    this.#socket!.terminate();
  }

  async close(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #take(asked: Asked): void {
    const index = this.#waiting.findIndex(({ method }) => method === asked.method);
    if (index >= 0) this.#waiting.splice(index, 1)[0]!.found(asked);
    else this.asked.push(asked);
  }
}

/** Node 20 has no WebSocket of its own; this is the one with the browser's interface. */
export function provideWebSocket(): void {
  Object.assign(globalThis, { WebSocket });
}
