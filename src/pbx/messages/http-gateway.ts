/**
 * The adapter for an SMS gateway that takes messages by HTTP. It is a contract of our own: each message is one POST,
 * and the gateway posts what it brings to the HTTP API in the same form; the names of the fields are configured.
 */
import { Buffer } from 'node:buffer';
import type { SmsSettings } from '../config/settings.js';
import { MessageError } from './message-error.js';
import type { OutgoingSms } from './sms-port.js';

/** The longest answer that is read, in bytes. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** What a gateway posts: the fields of a JSON object or a form, as texts. */
export type GatewayFields = ReadonlyMap<string, string>;

/**
 * Hands a message to the gateway. Resolves, when it was taken, with the id the gateway gave it, if it gave one.
 * @throws MessageError `destination-not-found` for 404 and 422, `unauthorized` for 401 and 403, `refused` for other
 * answers, and `unreachable` when there is none.
 */
export async function postToGateway(
  gateway: SmsSettings,
  { id, sender, recipient, text }: OutgoingSms,
): Promise<string | null> {
  const { url, format, fields, headers, timeoutSeconds } = gateway;
  const content = {
    [fields.id]: id,
    [fields.sender]: sender,
    [fields.recipient]: recipient,
    [fields.message]: text,
  };
  const json = format === 'json';
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      body: json ? JSON.stringify(content) : new URLSearchParams(content).toString(),
      headers: {
        accept: 'application/json, */*;q=0.5',
        ...headers,
        'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      },
      // Where the configuration says, and nowhere else: what it sends there may be a secret.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    return readAnswer(answer.status, await readLimited(answer), fields.id);
  } catch (error) {
    if (error instanceof MessageError) throw error;
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new MessageError(
      'unreachable',
      late ? 'The SMS gateway did not answer in time.' : 'The SMS gateway cannot be reached.',
      { cause: error },
    );
  }
}

/** The fields of what a gateway posted; null when it is neither a JSON object nor a form. */
export function readFields(contentType: string, body: string): GatewayFields | null {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return new Map(new URLSearchParams(body));
  if (type !== 'application/json') return null;
  const content = parseJson(body);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
  const entries = Object.entries(content).filter(([, value]) => typeof value !== 'object');
  return new Map(entries.map(([name, value]) => [name, String(value)]));
}

/** Whether a gateway's word for it means that a message was delivered. */
export function isDelivered(word: string): boolean {
  return ['true', '1', 'yes', 'delivered', 'delivrd'].includes(word.trim().toLowerCase());
}

function readAnswer(status: number, body: string, idField: string): string | null {
  if (status >= 200 && status < 300) {
    const id = readFields('application/json', body)?.get(idField);
    return id === undefined || id === '' || id.length > 256 ? null : id;
  }
  if (status === 404 || status === 422) {
    throw new MessageError('destination-not-found', 'The SMS gateway does not know the recipient.');
  }
  if (status === 401 || status === 403) {
    const words = `The SMS gateway does not let this phone system in (HTTP ${status}).`;
    throw new MessageError('unauthorized', `${words} The key "sms" of the configuration holds its headers.`);
  }
  throw new MessageError('refused', `The SMS gateway did not take the message (HTTP ${status}).`);
}

/** The body as a text, as far as it is not too long; the rest is not waited for. */
async function readLimited(answer: Response): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    const chunk = Buffer.from(part as Uint8Array);
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return '';
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
