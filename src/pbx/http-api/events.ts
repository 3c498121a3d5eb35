/** `/events`: what happens between the phone system and web sites, as it happens (text/event-stream). */
import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProxySettings } from '../client-address.js';
import type { ApiJournal, JournalEntry } from '../journal.js';
import type { Access, AccessSettings } from './access.js';
import { Parameters } from './parameters.js';
import { credentialsOf, formOf, queryOf, requesterOf } from './requests.js';
import { CommandError, STATUS } from './status.js';

/** Streams at once; each holds a connection. */
const MAX_STREAMS = 32;
/** Proxies close connections on which nothing is said. */
const HEARTBEAT_MS = 15_000;
/** A reader for whom this many bytes wait is dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

export interface EventOptions {
  readonly settings: () => AccessSettings & ProxySettings;
  readonly access: Access;
  /** Null while the phone system starts or stops. */
  readonly journal: () => ApiJournal | null;
}

/**
 * Adds the stream, by GET and, for user name and password in a form, by POST. An address is kept in logs and
 * histories, so neither is taken from there.
 */
export function serveEvents(api: FastifyInstance, { settings, access, journal }: EventOptions): void {
  let streams = 0;
  api.route({
    method: ['GET', 'POST'],
    url: '/events',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const running = journal();
      if (!running) return refuse(reply, 503, 'The phone system is not ready.');
      if (/(?:^|&)(?:username|password)=/i.test(queryOf(request))) {
        return refuse(reply, 400, 'User name and password go into the Authorization header or the form.');
      }
      const form = new Parameters('', formOf(request));
      try {
        await access.check(requesterOf(request, settings()), () => credentialsOf(request, form));
        access.need('view', 'events');
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        return refuse(reply, HTTP_STATUS[error.code] ?? 400, error.message);
      }
      if (streams >= MAX_STREAMS) return refuse(reply, 503, 'Too many read the events already.');
      streams += 1;
      stream(request, reply, running, settings, () => (streams -= 1));
      return reply;
    },
  });
}

/** What the codes of the HTTP API are to HTTP, where a browser goes by that. */
const HTTP_STATUS: Readonly<Record<number, number>> = {
  [STATUS.authenticationRequired]: 401,
  [STATUS.authenticationFailed]: 401,
  [STATUS.forbiddenUser]: 403,
  [STATUS.forbiddenAddress]: 403,
};

function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  journal: ApiJournal,
  settings: () => AccessSettings,
  onEnd: () => void,
): void {
  const opened = settings().httpApi;
  const { raw } = reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // A proxy that gathers an answer before it passes it on would gather this one for ever.
    'x-accel-buffering': 'no',
  });
  const write = (text: string) => {
    // Who may read it was decided by settings that may be others now: it is to be asked for anew.
    if (!isDeepStrictEqual(settings().httpApi, opened)) raw.end();
    else if (raw.writableLength > MAX_WAITING_BYTES) raw.destroy();
    else raw.write(text);
  };
  const tell = (entry: JournalEntry) => write(`id: ${entry.id}\ndata: ${JSON.stringify(entry)}\n\n`);
  write(': the events of the HTTP API\n\n');
  for (const entry of journal.since(String(request.headers['last-event-id'] ?? ''))) tell(entry);
  const stop = journal.listen(tell);
  const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
  raw.on('close', () => {
    stop();
    clearInterval(heartbeat);
    onEnd();
  });
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send(`${message}\n`);
}
