/** The HTTP API at port 7780: commands by GET or POST, answered in XML. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log.js';
import type { PhoneSystem } from '../phone-system.js';
import { Access } from './access.js';
import type { AccessSettings } from './access.js';
import { answerXml, doneXml } from './answer.js';
import type { CallCommands } from './call-commands.js';
import { readValues } from './command.js';
import { Parameters } from './parameters.js';
import { credentialsOf, requesterOf } from './requests.js';
import { CommandError, notImplemented, parseError } from './status.js';
import { findCommand } from './table.js';

export { CallCommandError } from './call-commands.js';
export type {
  ActiveCall,
  CallCommandProblem,
  CallCommands,
  CallState,
  Party as CallParty,
} from './call-commands.js';

export interface HttpApiOptions {
  readonly settings: () => AccessSettings;
  /** The phone system; null while it starts or stops. */
  readonly phoneSystem: () => PhoneSystem | null;
  /** What acts on calls; without it the commands for calls are answered 301. */
  readonly calls?: () => CallCommands | null;
  readonly log: Log;
}

const FORM = 'application/x-www-form-urlencoded';
/** Room for the longest text, each character of it percent-encoded. */
const BODY_LIMIT_BYTES = 256 * 1024;

/** Adds the API under every path of a server that nothing else has; which one is asked for does not matter. */
export function serveHttpApi(
  app: FastifyInstance,
  { settings, phoneSystem, calls = () => null, log }: HttpApiOptions,
): void {
  const access = new Access(settings);
  void app.register((api, _options, done) => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
    api.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if (error instanceof CommandError) return send(reply, answerXml(error.code, error.message));
      // A body that is too long or of another type; its address may hold a password and is not repeated.
      if ((error.statusCode ?? 500) < 500) {
        const failure = parseError(`the body must be of the type ${FORM} and not too long`);
        return send(reply, answerXml(failure.code, failure.message));
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
      // Who asks for the head of an answer does not mean to have a command carried out.
      exposeHeadRoute: false,
      bodyLimit: BODY_LIMIT_BYTES,
      handler: async (request, reply) => {
        const running = phoneSystem();
        if (!running) return notReady(reply);
        const parameters = readParameters(request);
        await access.check(requesterOf(request), () => credentialsOf(request, parameters));
        const row = findCommand(parameters);
        access.need(row.right, row.name);
        const services = { phoneSystem: running, calls: calls() };
        if (row.ofCalls && !services.calls) throw notImplemented(row.name);
        // The table's types tie what a command runs with to its parameters.
        const payload = await row.run(readValues(row, parameters) as never, services);
        return send(reply, doneXml(payload));
      },
    });
    done();
  });
}

function readParameters({ raw, body }: FastifyRequest): Parameters {
  const [, query = ''] = /\?([^#]*)/.exec(raw.url ?? '') ?? [];
  return new Parameters(query, typeof body === 'string' ? body : '');
}

/** Every answer is 200 to HTTP; how it went is in the code. */
function send(reply: FastifyReply, body: string): FastifyReply {
  return reply
    .code(200)
    .headers({ 'cache-control': 'no-store' })
    .type('application/xml; charset=utf-8')
    .send(body);
}

function notReady(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('retry-after', '1')
    .type('text/plain; charset=utf-8')
    .send('The phone system is not ready.\n');
}
