/** A real mail server (SMTP) that keeps what it takes. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

/** An e-mail as it came over the wire. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The user name the sender signed in with; empty without one. */
  readonly user: string;
  readonly secure: boolean;
  /** Headers and body as they were sent. */
  readonly raw: string;
}

export class MailServer {
  readonly received: ReceivedMail[] = [];
  readonly #server: SMTPServer;
  #arrived: (() => void)[] = [];

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      // Without a certificate of its own it would offer one that everybody has the key of.
      ...(options.key === undefined && { disabledCommands: ['STARTTLS'] }),
      ...options,
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            user: String(session.user ?? ''),
            secure: Boolean(session.secure),
            raw: Buffer.concat(parts).toString('latin1'),
          });
          done();
          for (const arrived of this.#arrived.splice(0)) arrived();
        });
      },
    });
    // A client that breaks off, or does not trust the certificate, is no failure of the server's.
    this.#server.on('error', () => {});
  }

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', () => resolve()));
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** Resolves with an e-mail once that many have come. */
  async mail(count = 1): Promise<ReceivedMail> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.#arrived.push(resolve));
    return this.received[count - 1]!;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** The headers of an e-mail by their names in lower case, unfolded; and the body. */
export function readMail(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf(':');
    headers.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim());
  }
  return { headers, body: raw.slice(end + 4) };
}
