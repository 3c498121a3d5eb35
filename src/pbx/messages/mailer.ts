/** Sends e-mail through the mail server of the configuration. */
import { isDeepStrictEqual } from 'node:util';
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { EmailSettings } from '../config/settings.js';
import type { Log } from '../log.js';
import { readRecipients, readSender } from './mail-addresses.js';
import { MessageError } from './message-error.js';
import type { MessageProblem } from './message-error.js';

/** A file that goes with an e-mail. */
export interface MailAttachment {
  readonly filename: string;
  readonly content: Buffer | Readable;
  /** Its media type; told by the name without it. */
  readonly contentType?: string;
}

export interface Mail {
  /** Whom it is from; the address of the configuration without it. */
  readonly from?: string;
  /** One address or several, separated by commas. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface Mailer {
  /**
   * Hands an e-mail to the mail server; resolves when it has taken it for everybody.
   * @throws MessageError `not-configured`, `invalid`, `destination-not-found`, `unreachable`, `unauthorized` or `refused`.
   */
  send(mail: Mail): Promise<{ messageId: string }>;
  /** Ends the connections; what has not been sent by then fails as `unreachable`. */
  close(): void;
}

export interface MailerOptions {
  /** The mail server as the configuration has it now. */
  readonly settings: () => EmailSettings | undefined;
  readonly log: Log;
  /** Certificates (PEM) to trust instead of those of the system. */
  readonly ca?: string;
}

/** Connections to the mail server at once; further e-mails wait. */
const MAX_CONNECTIONS = 3;
/** How long the mail server may take to be reached, and to say its next word, in milliseconds. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

const PORTS: Record<EmailSettings['security'], number> = { tls: 465, starttls: 587, none: 25 };

/** What the codes of nodemailer's errors mean here; those not named are refusals. */
const PROBLEMS: Record<string, MessageProblem> = {
  ECONNECTION: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ESOCKET: 'unreachable',
  EDNS: 'unreachable',
  ETLS: 'unreachable',
  EPROTOCOL: 'unreachable',
  EAUTH: 'unauthorized',
  ENOAUTH: 'unauthorized',
};

type Transport = ReturnType<typeof connectTo>;

export function createMailer({ settings, log, ca }: MailerOptions): Mailer {
  let current: { server: EmailSettings; transport: Transport } | null = null;

  /** The connections to the server of the configuration, anew when that has changed. */
  const transportTo = (server: EmailSettings): Transport => {
    if (current && isDeepStrictEqual(current.server, server)) return current.transport;
    current?.transport.close();
    current = { server, transport: connectTo(server, ca) };
    return current.transport;
  };

  return {
    async send({ from, to, subject, text, attachments = [] }) {
      const server = settings();
      if (!server) {
        throw new MessageError(
          'not-configured',
          'No e-mail can be sent: the key "email" of the configuration names the mail server.',
        );
      }
      const recipients = readRecipients(to);
      const sender = from === undefined ? readSender(server.from) : readSender(from);
      const sent = await transportTo(server)
        .sendMail({
          from: sender,
          to: recipients,
          // Where it comes back to is always ours: mail servers let nobody else's address through there.
          envelope: {
            from: readSender(server.from).address,
            to: recipients.map(({ address }) => address),
          },
          subject: subject.replace(/\p{Cc}+/gu, ' '),
          text,
          attachments: attachments.map((attachment) => ({ ...attachment })),
          // So that no out-of-office reply comes back (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        .catch((error: unknown) => {
          const failure = explain(error, server);
          log.warn({ problem: failure.problem, host: server.host }, 'an e-mail could not be sent');
          throw failure;
        });
      if (sent.rejected.length > 0) {
        throw new MessageError(
          'destination-not-found',
          `The mail server does not know ${sent.rejected.length} of the recipients; the others have the e-mail.`,
        );
      }
      return { messageId: sent.messageId };
    },
    close() {
      current?.transport.close();
      current = null;
    },
  };
}

function connectTo({ host, port, security, username, password }: EmailSettings, ca: string | undefined) {
  return createTransport({
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    host,
    port: port ?? PORTS[security],
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(username !== undefined && { auth: { user: username, pass: password } }),
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
}

/** What went wrong, in words that help; the answer of a mail server is quoted, what was sent to it is not. */
function explain(error: unknown, { host }: EmailSettings): MessageError {
  const { code, responseCode, response, command } = error as {
    code?: string;
    responseCode?: number;
    response?: string;
    command?: string;
  };
  const answer = response === undefined ? '' : ` It said: ${response.slice(0, 200)}`;
  const problem = PROBLEMS[code ?? ''];
  const options = { cause: error };
  if (problem === 'unauthorized') {
    const words = `The mail server ${host} does not take the user name and password of the key "email".${answer}`;
    return new MessageError(problem, words, options);
  }
  if (problem === 'unreachable' && responseCode === undefined) {
    return new MessageError(
      problem,
      `The mail server ${host} cannot be reached or broke off (${code}).`,
      options,
    );
  }
  if (code === 'EENVELOPE' && command === 'RCPT TO') {
    return new MessageError(
      'destination-not-found',
      `The mail server ${host} does not know the recipient.${answer}`,
      options,
    );
  }
  return new MessageError('refused', `The mail server ${host} did not take the e-mail.${answer}`, options);
}
