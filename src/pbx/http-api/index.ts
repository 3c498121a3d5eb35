/** The HTTP API at port 7780: commands by GET or POST, answered in XML. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Settings } from '../config/settings.js';
import type { Log } from '../log.js';
import type { PhoneSystem } from '../phone-system.js';
import { Access } from './access.js';
import type { AccessSettings } from './access.js';
import { answerXml, doneXml } from './answer.js';
import type { CallCommands } from './call-commands.js';
import { callCommandsOf } from './calls-of-scripts.js';
import { readValues } from './command.js';
import { allowOwnPages } from './cors.js';
import { serveEvents } from './events.js';
import { Parameters } from './parameters.js';
import { serveRecordings } from './recordings.js';
import { credentialsOf, formOf, queryOf, requesterOf } from './requests.js';
import { serveSmsGateway } from './sms-gateway.js';
import { CommandError, parseError, STATUS } from './status.js';
import { findCommand } from './table.js';

export type { ActiveCall, CallCommands } from './call-commands.js';
export { describeApi } from './describe.js';
export type { ApiDescription, ParameterDescription } from './describe.js';

export interface HttpApiOptions {
  readonly settings: () => AccessSettings & Pick<Settings, 'sms' | 'trustedProxies'>;
  /** The phone system; null while it starts or stops. */
  readonly phoneSystem: () => PhoneSystem | null;
  /** What acts on calls; the phone system's own scripts without it. */
  readonly calls?: (running: PhoneSystem) => CallCommands;
  readonly log: Log;
}

const FORM = 'application/x-www-form-urlencoded';
/** Room for the longest text, each character of it percent-encoded. */
const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * Adds the API to a server: recordings, events and what the SMS gateway brings under paths of their own, commands
 * under every other, where the path does not matter.
 */
export function serveHttpApi(app: FastifyInstance, options: HttpApiOptions): void {
  const { settings, phoneSystem } = options;
  void app.register((others) => serveRecordings(others, () => phoneSystem()?.recordingsFolder ?? null));
  void app.register((others, _options, done) => {
    others.removeAllContentTypeParsers();
    others.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
    serveSmsGateway(others, { settings, messages: () => phoneSystem()?.messages ?? null });
    done();
  });
  void app.register((api, _options, done) => {
    const access = new Access(settings);
    takeForms(api, options.log);
    allowOwnPages(api, () => settings().port);
    serveEvents(api, { settings, access, journal: () => phoneSystem()?.journal ?? null });
    serveCommands(api, access, options);
    done();
  });
}

/** Bodies are forms; what is wrong with a request is said in the form of answers. */
function takeForms(api: FastifyInstance, log: Log): void {
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
}

function serveCommands(
  api: FastifyInstance,
  access: Access,
  { settings, phoneSystem, calls = callCommandsOf }: HttpApiOptions,
): void {
  api.route({
    method: ['GET', 'POST'],
    url: '/*',
    // Who asks for the head of an answer does not mean to have a command carried out.
    exposeHeadRoute: false,
    bodyLimit: BODY_LIMIT_BYTES,
    handler: async (request, reply) => {
      const running = phoneSystem();
      if (!running) return notReady(reply);
      const parameters = new Parameters(queryOf(request), formOf(request));
      await access.check(requesterOf(request, settings()), () => credentialsOf(request, parameters));
      const row = findCommand(parameters);
      let callId: string | null = null;
      const note = (code: number, problem?: string) => {
        running.journal.add({ type: 'command', name: row.name, code, problem, callId });
      };
      try {
        access.need(row.right, row.name);
        const services = { phoneSystem: running, calls: calls(running) };
        const values = readValues(row, parameters);
        if (row.ofCalls && typeof values.callId === 'string') ({ callId } = values);
        // The table's types tie what a command runs with to its parameters.
        const payload = await row.run(values as never, services);
        note(STATUS.ok);
        return send(reply, doneXml(payload));
      } catch (error) {
        if (error instanceof CommandError) note(error.code, error.message);
        throw error;
      }
    },
  });
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
