/** A network between clients and a server that a test can break: TCP connections pass through it, byte by byte. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** One connection on its way through. */
interface Passage {
  readonly near: Socket;
  readonly far: Socket;
}

export class Network {
  readonly #passages = new Set<Passage>();
  #offline = false;
  #silent = false;
  #delayMs = 0;
  /** Connections that were made in all. */
  connections = 0;
  #arrived: () => void = () => {};

  private constructor(
    readonly server: Server,
    private target: { host: string; port: number },
  ) {
    server.on('connection', (near) => this.#pass(near));
  }

  /** Opens a way to a server; `port` 0 takes any free one. */
  static async to(address: string, port = 0): Promise<Network> {
    const url = new URL(address);
    const server = createServer({ allowHalfOpen: true });
    const network = new Network(server, { host: url.hostname, port: Number(url.port) });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return network;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The address by which a WebSocket goes this way. */
  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Leads to another server from now on. */
  redirect(address: string): void {
    const url = new URL(address);
    this.target = { host: url.hostname, port: Number(url.port) };
  }

  /** Breaks every connection there is, on both sides. New ones can be made. */
  cut(): void {
    for (const { near, far } of [...this.#passages]) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Breaks every connection, and takes none until {@link online}. */
  offline(): void {
    this.#offline = true;
    this.cut();
  }

  online(): void {
    this.#offline = false;
    this.#silent = false;
    for (const { near, far } of this.#passages) {
      near.resume();
      far.resume();
    }
  }

  /** Half open: connections stay, new ones can be made, and nothing passes, until {@link online}. */
  silence(): void {
    this.#silent = true;
    for (const { near, far } of this.#passages) {
      near.pause();
      far.pause();
    }
  }

  /** Everything takes this long to arrive, each way. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Resolves when the next connection is made. */
  next(): Promise<void> {
    return new Promise((resolve) => (this.#arrived = resolve));
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #pass(near: Socket): void {
    if (this.#offline) {
      near.resetAndDestroy();
      return;
    }
    this.connections += 1;
    const far = connect({ ...this.target, allowHalfOpen: true });
    const passage = { near, far };
    this.#passages.add(passage);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => this.#carry(() => to.write(bytes)));
      from.on('end', () => this.#carry(() => to.end()));
      from.on('error', () => {});
      from.on('close', () => {
        this.#passages.delete(passage);
        to.destroy();
      });
      if (this.#silent) from.pause();
    }
    this.#arrived();
  }

  #carry(deliver: () => void): void {
    if (this.#delayMs > 0) setTimeout(deliver, this.#delayMs);
    else deliver();
  }
}
