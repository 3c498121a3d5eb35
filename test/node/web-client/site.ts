/** Small web sites for tests, on this machine. */
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { after } from 'node:test';

/** Starts a server on a free port; it is stopped, with all its connections, when the suite ends. */
export async function start(server: Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  after(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Site {
  readonly url: string;
  readonly port: number;
  /** What came in, oldest first. */
  readonly received: readonly Received[];
  /** The next request that comes in. */
  next(): Promise<Received>;
}

/** A site that answers as it is told, after the whole request is there. */
export async function startSite(
  answer: (response: ServerResponse, request: Received) => void,
  wrap: (listener: RequestListener) => Server = createServer,
): Promise<Site> {
  const received: Received[] = [];
  const waiting: ((request: Received) => void)[] = [];
  const port = await start(
    wrap((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        const got = { method, path, headers, body: Buffer.concat(chunks).toString() };
        received.push(got);
        answer(response, got);
        for (const told of waiting.splice(0)) told(got);
      });
    }),
  );
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    next: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

/** A site that takes one request byte by byte, answers with nothing and keeps what came. */
export async function startRawSite(
  answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
): Promise<{ port: number; request: Promise<string> }> {
  let told: (text: string) => void = () => {};
  const request = new Promise<string>((resolve) => (told = resolve));
  const port = await start(
    createTcpServer((socket) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        const [head, body] = text.split('\r\n\r\n');
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head ?? '')?.[1] ?? 0);
        if (body === undefined || body.length < length) return;
        told(text);
        socket.end(answer);
      });
    }),
  );
  return { port, request };
}
