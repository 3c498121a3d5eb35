/** A SIP provider in a test: a socket that answers what it is told to, and can say anything. */
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';

/** What it answers a request with; nothing when null. */
export type Answer = (request: Received) => string | null;

export interface Received {
  readonly method: string;
  readonly text: string;
  header(name: string): string;
}

export class Provider {
  readonly received: Received[] = [];
  answer: Answer = (request) => respond(request, 200, [`Contact: ${request.header('contact')}`]);
  #phoneSystem = 0;
  #look = () => {};

  private constructor(private readonly socket: Socket) {
    socket.on('message', (data, { port }) => {
      this.#phoneSystem = port;
      const received = read(data.toString('latin1'));
      this.received.push(received);
      const answer =
        received.method === 'ACK' || received.method === 'SIP/2.0' ? null : this.answer(received);
      if (answer !== null) socket.send(answer, port, '127.0.0.1');
      this.#look();
    });
  }

  static async start(): Promise<Provider> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Provider(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  get server(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Where the line is reached. */
  get line(): number {
    return this.#phoneSystem;
  }

  send(text: string | Buffer): void {
    this.socket.send(text, this.#phoneSystem, '127.0.0.1');
  }

  /** The first that fits of what comes from the `from`th message on. */
  async gets(fits: (received: Received) => boolean, from = 0): Promise<Received> {
    const end = AbortSignal.timeout(8000);
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
    this.socket.close();
  }
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
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
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
