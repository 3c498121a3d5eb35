/** What all three HTTP servers have in common: TLS or not, time limits, and plain answers to bad requests. */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Log } from '../log.js';
import type { TlsFiles } from './tls.js';

/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;
/** The only bodies are the forms of commands, so the largest one is small. */
const BODY_LIMIT_BYTES = 16 * 1024;

export interface AppOptions {
  readonly log: Log;
  readonly tls: TlsFiles | null;
}

/** A server without routes. */
export function createApp({ log, tls }: AppOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    // Stopping does not wait for browsers that keep a connection open.
    forceCloseConnections: true,
    serverFactory: (handler) => {
      const server = tls
        ? createTlsServer({ cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' }, handler)
        : createServer(handler);
      server.requestTimeout = REQUEST_TIMEOUT_MS;
      server.headersTimeout = REQUEST_TIMEOUT_MS;
      return server;
    },
    frameworkErrors: unreadableAddress,
  });

  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('referrer-policy')) reply.header('referrer-policy', 'same-origin');
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('There is nothing at this address.\n'),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    const ours = status >= 500;
    if (ours) log.error({ err: error, method: request.method, path: request.url }, 'A request failed.');
    return reply
      .code(status)
      .type('text/plain; charset=utf-8')
      .send(ours ? 'The phone system could not answer. Its log says why.\n' : `${error.message}\n`);
  });
  return app;
}

/** Answers what never reaches a route, such as an address with a broken percent sign. */
function unreadableAddress(_error: Error, _request: unknown, reply: FastifyReply): void {
  void reply.code(400).type('text/plain; charset=utf-8').send('The address cannot be read.\n');
}
