/** Which pages may read what the HTTP API answers: the phone system's own, at its web port (Fetch standard, CORS). */
import type { FastifyInstance } from 'fastify';

const ALLOWED_HEADERS = 'authorization, content-type, last-event-id';

/** Lets the pages read answers, and answers browsers that ask first; `webPort` is the port of the pages. */
export function allowOwnPages(api: FastifyInstance, webPort: () => number): void {
  api.addHook('onRequest', async ({ headers: { origin, host }, protocol }, reply) => {
    reply.header('vary', 'origin');
    if (origin !== undefined && origin === originOf(protocol, host, webPort())) {
      reply.header('access-control-allow-origin', origin);
    }
  });
  api.options('/*', (_request, reply) => {
    if (!reply.hasHeader('access-control-allow-origin')) return reply.callNotFound();
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': ALLOWED_HEADERS,
        'access-control-max-age': '600',
      })
      .send();
  });
}

/** The origin of the pages at the host that is asked; empty when that is none. */
function originOf(protocol: string, host: string | undefined, webPort: number): string {
  const own = `${protocol}://${host ?? ''}`;
  if (!URL.canParse(own)) return '';
  const url = new URL(own);
  url.port = String(webPort);
  return url.origin;
}
