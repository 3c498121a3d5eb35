/** A SIP provider in a test: a socket that answers what it is told to, and can say anything. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What it answers a request with; nothing when null. */
export type Answer = (request: Received) => string | null;

export interface Received {
  readonly method: string;
  readonly text: string;
  header(name: string): string;
}

/** What it speaks by: UDP, or a connection. */
interface Way {
  readonly host: string;
  readonly port: number;
  /** Sends to the line, once something came from there. */
  send(text: string | Buffer): void;
  close(): void;
}

export class Provider {
  readonly received: Received[] = [];
  answer: Answer = registers;
  /** Where the line is reached. */
  line = 0;
  #way!: Way;
  #look = () => {};

  static async start(way: 'udp' | 'tcp' | 'udp6' = 'udp'): Promise<Provider> {
    const provider = new Provider();
    const heard = (text: string, port: number) => provider.#heard(text, port);
    provider.#way = await (way === 'tcp'
      ? overTcp(heard)
      : overUdp(heard, way === 'udp6' ? '::1' : '127.0.0.1'));
    return provider;
  }

  get server(): string {
    return `${this.#way.host}:${this.#way.port}`;
  }

  send(text: string | Buffer): void {
    this.#way.send(text);
  }

  /** The first that fits of what comes from the `from`th message on. */
  async gets(fits: (received: Received) => boolean, from = 0): Promise<Received> {
    const end = AbortSignal.timeout(30_000);
    for (;;) {
      const found = this.received.slice(from).find(fits);
      if (found) return found;
      await new Promise<void>((resolve, reject) => {
        this.#look = resolve;
        end.addEventListener('abort', () =>
          reject(
            new Error(
              `not received, but ${this.received.map(({ text }) => text.split('\r\n')[0]).join(' | ')}`,
            ),
          ),
        );
      });
    }
  }

  close(): void {
    this.#way.close();
  }

  #heard(text: string, port: number): void {
    this.line = port;
    const received = read(text);
    this.received.push(received);
    const isRequest = received.method !== 'ACK' && received.method !== 'SIP/2.0';
    const answer = isRequest ? this.answer(received) : null;
    if (answer !== null) this.#way.send(answer);
    this.#look();
  }
}

type Heard = (text: string, port: number) => void;

async function overUdp(heard: Heard, address: string): Promise<Way> {
  const six = address.includes(':');
  const socket = createSocket(six ? 'udp6' : 'udp4').bind(0, address);
  await once(socket, 'listening');
  let line = 0;
  socket.on('message', (data, { port }) => {
    line = port;
    heard(data.toString('latin1'), port);
  });
  return {
    host: six ? `[${address}]` : address,
    port: socket.address().port,
    send: (text) => socket.send(text, line, address),
    close: () => socket.close(),
  };
}

/** Each message in two pieces, as a network may deliver them. */
async function overTcp(heard: Heard): Promise<Way> {
  let line: Socket | undefined;
  const server = createServer((socket) => {
    line = socket;
    let left = '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
      left += data.toString('latin1');
      for (;;) {
        const head = left.indexOf('\r\n\r\n') + 4;
        const length = Number(/^content-length:\s*(\d+)/im.exec(left.slice(0, head))?.[1]);
        if (head < 4 || left.length < head + length) return;
        const text = left.slice(0, head + length);
        left = left.slice(head + length);
        heard(text, socket.remotePort!);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    send(text) {
      const middle = Math.floor(text.length / 2);
      line?.setNoDelay(true);
      line?.write(text.slice(0, middle));
      setImmediate(() => line?.write(text.slice(middle)));
    },
    close() {
      line?.destroy();
      server.close();
    },
  };
}

/** Registers the line, and says yes to all else. */
export function registers(request: Received): string {
  const contact = request.header('contact');
  return respond(request, 200, contact === '' ? [] : [`Contact: ${contact}`]);
}

/** A response to a request. */
export function respond(
  request: Received,
  status: number,
  headers: readonly string[] = [],
  body = '',
): string {
  const to = request.header('to');
  return [
    `SIP/2.0 ${status} So`,
    `Via: ${request.header('via')}`,
    `From: ${request.header('from')}`,
    `To: ${to.includes('tag=') ? to : `${to};tag=provider`}`,
    `Call-ID: ${request.header('call-id')}`,
    `CSeq: ${request.header('cseq')}`,
    ...headers,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/** A request to the line. */
export function ask(
  method: string,
  {
    branch = `z9hG4bK${Math.random()}`,
    callId = 'a-call',
    cseq = 1,
    to = '<sip:line@provider.test>',
    from = '"Ann" <sip:+3615550100@provider.test>;tag=ann',
    headers = [] as readonly string[],
    body = '',
    type = 'application/sdp',
  } = {},
): string {
  return [
    `${method} sip:line@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=${branch}`,
    'Max-Forwards: 70',
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...headers,
    ...(body === '' ? [] : [`Content-Type: ${type}`]),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

function read(text: string): Received {
  return {
    method: text.split(' ')[0]!,
    text,
    header: (name) => new RegExp(`^${name}:\\s*(.*?)\\r$`, 'im').exec(text)?.[1] ?? '',
  };
}
