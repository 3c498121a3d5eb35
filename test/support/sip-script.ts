/** A SIP server over WebSocket that does what a test tells it, message by message: for what no real one can be made to do. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** A message as it came. */
export interface SipText {
  /** `INVITE`, and of a response the method it answers. */
  readonly method: string;
  /** Null for a request. */
  readonly code: number | null;
  readonly target: string;
  readonly body: string;
  readonly text: string;
  /** The values of a header, in order. */
  all(name: string): string[];
  /** The first of them; empty where there is none. */
  get(name: string): string;
}

export function readSip(text: string): SipText {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => [line.split(':', 1)[0]!.toLowerCase(), line] as const);
  const all = (name: string) =>
    headers.filter(([key]) => key === name).map(([, line]) => line.slice(line.indexOf(':') + 1).trim());
  const code = /^SIP\/2\.0 (\d+)/.exec(first)?.[1];
  return {
    method: all('cseq')[0]?.split(' ')[1] ?? '',
    code: code === undefined ? null : Number(code),
    target: first.split(' ')[1] ?? '',
    body: text.slice(end + 4),
    text,
    all,
    get: (name) => all(name)[0] ?? '',
  };
}

let made = 0;
const token = () => `t${++made}x${process.pid}`;
const tagOf = (value: string) => /;tag=([^;>\s]+)/.exec(value)?.[1] ?? '';
const uriOf = (value: string) => /<([^>]+)>/.exec(value)?.[1] ?? value;

interface Parts {
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly type?: string;
}

function compose(
  first: string,
  headers: readonly string[],
  { headers: more = [], body = '', type }: Parts,
): string {
  const kind = body ? [`Content-Type: ${type ?? 'application/sdp'}`] : [];
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  return [first, ...headers, ...more, ...kind, length, '', body].join('\r\n');
}

export class SipScript {
  /** Whatever came, in order. */
  readonly received: SipText[] = [];
  /** What answers requests by itself; a test may put in its own, or take one away. */
  readonly answers: Record<string, ((request: SipText) => void) | undefined> = {
    REGISTER: (request) => this.accept(request),
    SUBSCRIBE: (request) => this.reply(request, 489, 'Bad Event'),
    BYE: (request) => this.reply(request, 200),
  };
  #socket: WebSocket | undefined;
  #heard: () => void = () => {};
  #taken = new Set<SipText>();

  private constructor(private readonly server: WebSocketServer) {
    server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (!text.trim()) return;
        const message = readSip(text);
        this.received.push(message);
        if (message.code === null) this.answers[message.method]?.(message);
        this.#heard();
      });
    });
  }

  static async start(): Promise<SipScript> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' });
    await once(server, 'listening');
    return new SipScript(server);
  }

  get address(): string {
    return `sip+ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Where the client is, as it registered. */
  get contact(): string {
    const registered = this.received.findLast(({ method, code }) => method === 'REGISTER' && code === null);
    return uriOf(registered!.get('contact'));
  }

  /** Waits for the next message that fits and that nobody waited for. */
  async next(fits: (message: SipText) => boolean): Promise<SipText> {
    for (const end = Date.now() + 30_000; ;) {
      const found = this.received.find((message) => !this.#taken.has(message) && fits(message));
      if (found) {
        this.#taken.add(found);
        return found;
      }
      if (Date.now() > end) {
        const heads = this.received.map(({ text }) => text.split('\r\n', 1)[0]);
        throw new Error(`It did not come. There were:\n${heads.join('\n')}`);
      }
      await Promise.race([
        new Promise<void>((resolve) => (this.#heard = resolve)),
        new Promise((resolve) => setTimeout(resolve, 250)),
      ]);
    }
  }

  request(method: string): Promise<SipText> {
    return this.next((message) => message.code === null && message.method === method);
  }

  response(method: string, code: number): Promise<SipText> {
    return this.next((message) => message.code === code && message.method === method);
  }

  /** Answers a request; `tag` is this side's, in a dialog. */
  reply(
    request: SipText,
    code: number,
    phrase = 'Said',
    parts: Parts & { readonly tag?: string } = {},
  ): void {
    const to = request.get('to');
    const headers = [
      ...request.all('via').map((via) => `Via: ${via}`),
      `From: ${request.get('from')}`,
      `To: ${tagOf(to) ? to : `${to};tag=${parts.tag ?? token()}`}`,
      `Call-ID: ${request.get('call-id')}`,
      `CSeq: ${request.get('cseq')}`,
    ];
    this.send(compose(`SIP/2.0 ${code} ${phrase}`, headers, parts));
  }

  /** Registers the client, for ten minutes. */
  accept(request: SipText): void {
    this.reply(request, 200, 'OK', { headers: [`Contact: ${request.get('contact')}`] });
  }

  /** A call to the client; without a body, one without an offer. */
  call(parts: Parts = {}): ScriptedCall {
    const call = new ScriptedCall(this, {
      callId: token(),
      local: `<sip:mallory@127.0.0.1>;tag=${token()}`,
      remote: '<sip:101@127.0.0.1>',
      target: this.contact,
    });
    call.send('INVITE', parts);
    return call;
  }

  /** The call an INVITE of the client began; `reply` first. */
  called(invite: SipText, tag: string): ScriptedCall {
    return new ScriptedCall(this, {
      callId: invite.get('call-id'),
      local: `${invite.get('to')};tag=${tag}`,
      remote: invite.get('from'),
      target: uriOf(invite.get('contact')),
    });
  }

  /** A request that belongs to no dialog. */
  ask(method: string, parts: Parts = {}): void {
    new ScriptedCall(this, {
      callId: token(),
      local: `<sip:mallory@127.0.0.1>;tag=${token()}`,
      remote: '<sip:101@127.0.0.1>',
      target: this.contact,
    }).send(method, parts);
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  async stop(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** One side of a call with the client. */
export class ScriptedCall {
  #seq = 0;
  #invited = 0;

  constructor(
    private readonly script: SipScript,
    private readonly dialog: { callId: string; local: string; remote: string; target: string },
  ) {}

  /** Sends a request within the call. */
  send(method: string, parts: Parts = {}): void {
    const { callId, local, remote, target } = this.dialog;
    if (method !== 'ACK') this.#seq++;
    if (method === 'INVITE') this.#invited = this.#seq;
    const headers = [
      `Via: SIP/2.0/WS script.invalid;branch=z9hG4bK${token()}`,
      'Max-Forwards: 70',
      `From: ${local}`,
      `To: ${remote}`,
      `Call-ID: ${callId}`,
      `CSeq: ${method === 'ACK' ? this.#invited : this.#seq} ${method}`,
      'Contact: <sip:mallory@script.invalid;transport=ws>',
    ];
    this.script.send(compose(`${method} ${target} SIP/2.0`, headers, parts));
  }

  /** Takes the client's 200 and acknowledges it. */
  async accepted(parts: Parts = {}): Promise<SipText> {
    const response = await this.script.response('INVITE', 200);
    this.dialog.remote = response.get('to');
    this.dialog.target = uriOf(response.get('contact'));
    this.send('ACK', parts);
    return response;
  }
}
