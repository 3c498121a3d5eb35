/** What a request says of who makes it. */
import type { FastifyRequest } from 'fastify';
import { clientAddress } from '../client-address.js';
import type { ProxySettings } from '../client-address.js';
import type { ApiCredentials, Requester } from './access.js';
import type { Parameters } from './parameters.js';

/** Where a request comes from. */
export function requesterOf({ ip, headers }: FastifyRequest, proxies: ProxySettings): Requester {
  const fetchSite = headers['sec-fetch-site'];
  return {
    address: clientAddress(ip, headers, proxies),
    host: headers.host,
    origin: headers.origin,
    fetchSite: fetchSite === undefined ? undefined : String(fetchSite),
  };
}

/**
 * User name and password: the parameters `Username` and `Password`, or else the `Authorization` header (RFC 7617).
 * Throws 302 for a parameter that is there twice.
 */
export function credentialsOf({ headers }: FastifyRequest, parameters: Parameters): ApiCredentials {
  const [username, password] = [parameters.find('Username'), parameters.find('Password')];
  if (username !== undefined || password !== undefined) {
    return { username: username ?? '', password: password ?? '', byHeader: false };
  }
  const [, encoded = ''] = /^basic +([\w+/=-]+) *$/i.exec(headers.authorization ?? '') ?? [];
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { username: name, password: rest.join(':'), byHeader: true };
}

/** What follows the question mark of the address. */
export function queryOf({ raw }: FastifyRequest): string {
  return /\?([^#]*)/.exec(raw.url ?? '')?.[1] ?? '';
}

/** The body of the form type; empty without one. */
export function formOf({ body }: FastifyRequest): string {
  return typeof body === 'string' ? body : '';
}
