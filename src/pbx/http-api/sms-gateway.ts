/**
 * `/SmsGateway/message` and `/SmsGateway/report`: what the SMS gateway of the configuration brings, a message or what
 * became of one, as a JSON object or a form whose fields are named as in what is sent to it.
 */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { numberSchema } from '../../protocol/index.js';
import type { Settings, SmsSettings } from '../config/settings.js';
import { isDelivered, MessageError, readFields } from '../messages/index.js';
import type { GatewayFields, TextMessages } from '../messages/index.js';
import { formOf, queryOf } from './requests.js';

const BODY_LIMIT_BYTES = 64 * 1024;
/** When a gateway should bring a message again that nobody took, in seconds. */
const RETRY_SECONDS = '60';

export interface SmsGatewayOptions {
  readonly settings: () => Pick<Settings, 'sms'>;
  /** Null while the phone system starts or stops. */
  readonly messages: () => TextMessages | null;
}

const textSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));
const idSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

/** Adds both addresses to a server that hands bodies on as texts, whatever their type. */
export function serveSmsGateway(app: FastifyInstance, { settings, messages }: SmsGatewayOptions): void {
  /** What came in, if it comes from the gateway; otherwise the answer is given. */
  const open = (
    request: FastifyRequest,
    reply: FastifyReply,
  ): { gateway: SmsSettings; running: TextMessages; posted: GatewayFields } | null => {
    const running = messages();
    const { sms: gateway } = settings();
    const posted = readFields(request.headers['content-type'] ?? '', formOf(request));
    if (!running) {
      say(reply.header('retry-after', '1'), 503, 'The phone system is not ready.');
    } else if (gateway?.incomingToken === undefined) {
      say(reply, 404, 'The configuration has no "sms.incomingToken", so nothing is taken here.');
    } else if (!isSame(tokenOf(request, posted), gateway.incomingToken)) {
      say(reply, 401, 'The token is missing or wrong.');
    } else if (!posted) {
      say(reply, 415, 'The body is a JSON object or a form.');
    } else {
      return { gateway, running, posted };
    }
    return null;
  };

  app.post('/SmsGateway/message', { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
    const opened = open(request, reply);
    if (!opened) return reply;
    const { gateway, running, posted } = opened;
    const [sender, recipient] = [posted.get(gateway.fields.sender), posted.get(gateway.fields.recipient)];
    const text = posted.get(gateway.fields.message);
    const id = posted.get(gateway.fields.id) ?? randomUUID();
    for (const [name, value, schema] of [
      [gateway.fields.sender, sender, numberSchema],
      [gateway.fields.recipient, recipient, numberSchema],
      [gateway.fields.message, text, textSchema],
      [gateway.fields.id, id, idSchema],
    ] as const) {
      if (!v.is(schema, value)) return say(reply, 400, `The field "${name}" is missing or wrong.`);
    }
    try {
      const taken = await running.receive({ id, sender: sender!, recipient: recipient!, text: text! });
      if (taken) return reply.code(204).send();
      return say(reply.header('retry-after', RETRY_SECONDS), 503, 'Nobody takes it at the moment.');
    } catch (error) {
      if (error instanceof MessageError) return say(reply, 404, error.message);
      throw error;
    }
  });

  app.post('/SmsGateway/report', { bodyLimit: BODY_LIMIT_BYTES }, (request, reply) => {
    const opened = open(request, reply);
    if (!opened) return reply;
    const { gateway, running, posted } = opened;
    const [id, delivered] = [posted.get(gateway.fields.id), posted.get(gateway.fields.delivered)];
    if (!v.is(idSchema, id)) return say(reply, 400, `The field "${gateway.fields.id}" is missing or wrong.`);
    if (delivered === undefined) {
      return say(reply, 400, `The field "${gateway.fields.delivered}" is missing.`);
    }
    running.report(id, isDelivered(delivered));
    return reply.code(204).send();
  });
}

/** The token: in the `Authorization` header (RFC 6750), the body, or the address, whichever the gateway can set. */
function tokenOf(request: FastifyRequest, posted: GatewayFields | null): string {
  const [, bearer] = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? posted?.get('token') ?? new URLSearchParams(queryOf(request)).get('token') ?? '';
}

/** Compares two texts in a time that tells nothing of them. */
function isSame(one: string, other: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function say(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${message}\n`);
}
