/** The HTTP API at port 7780: commands by GET or POST, answered in XML. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log.js';
import type { PhoneSystem } from '../phone-system.js';
import { escapeXml } from '../xml/index.js';
import { Access } from './access.js';
import type { AccessSettings, Requester } from './access.js';
import { findCommand } from './commands.js';
import { Parameters } from './parameters.js';
import { CommandError, parseError, STATUS } from './status.js';

export interface HttpApiOptions {
  readonly settings: () => AccessSettings;
  /** The phone system; null while it starts or stops. */
  readonly phoneSystem: () => PhoneSystem | null;
  readonly log: Log;
}

const FORM = 'application/x-www-form-urlencoded';

/** Adds the API under every path of a server; which one is asked for does not matter. */
export function serveHttpApi(app: FastifyInstance, { settings, phoneSystem, log }: HttpApiOptions): void {
  const access = new Access(settings);
  void app.register((api, _options, done) => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
    api.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if (error instanceof CommandError) return send(reply, error.code, error.message);
      // A body that is too long or of another type; its address may hold a password and is not repeated.
      if ((error.statusCode ?? 500) < 500) {
        const failure = parseError(`the body must be of the type ${FORM} and not too long`);
        return send(reply, failure.code, failure.message);
      }
      log.error({ err: error, method: request.method }, 'A command of the HTTP API failed.');
      return reply
        .code(500)
        .type('text/plain; charset=utf-8')
        .send('The phone system could not answer. Its log says why.\n');
    });
    api.route({
      method: ['GET', 'POST'],
      url: '/*',
      handler: async (request, reply) => {
        const running = phoneSystem();
        if (!running) {
          return reply
            .code(503)
            .header('retry-after', '1')
            .type('text/plain; charset=utf-8')
            .send('The phone system is not ready.\n');
        }
        const parameters = readParameters(request);
        await access.check(requesterOf(request), () => ({
          username: parameters.find('Username') ?? '',
          password: parameters.find('Password') ?? '',
        }));
        const payload = findCommand(parameters)(parameters, running);
        return send(reply, STATUS.ok, 'Command successfully executed', payload);
      },
    });
    done();
  });
}

function requesterOf({ ip, headers }: FastifyRequest): Requester {
  const fetchSite = headers['sec-fetch-site'];
  return {
    address: ip,
    host: headers.host,
    origin: headers.origin,
    fetchSite: fetchSite === undefined ? undefined : String(fetchSite),
  };
}

function readParameters({ raw, body }: FastifyRequest): Parameters {
  const [, query = ''] = /\?([^#]*)/.exec(raw.url ?? '') ?? [];
  return new Parameters(query, typeof body === 'string' ? body : '');
}

/** Every answer is 200 to HTTP; how it went is in the code. */
function send(reply: FastifyReply, code: number, message: string, payload = ''): FastifyReply {
  return reply
    .code(200)
    .headers({ 'cache-control': 'no-store' })
    .type('application/xml; charset=utf-8')
    .send(
      '<?xml version="1.0"?><Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
        `xmlns:xsd="http://www.w3.org/2001/XMLSchema"><Code>${code}</Code>` +
        `<Message>${escapeXml(message)}</Message>${payload}</Response>`,
    );
}
