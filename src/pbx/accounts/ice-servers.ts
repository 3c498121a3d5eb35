/** The STUN and TURN servers a client is told, with credentials that expire. */
import { createHmac } from 'node:crypto';
import type { IceServer } from '../../protocol/index.js';
import type { IceServerSettings } from '../config/settings.js';

/**
 * Makes the list for one account. A server with a secret gets a user name `<expiry in seconds>:<number>` and
 * the base64 HMAC-SHA1 of it ("TURN REST API", draft-uberti-behave-turn-rest-00); the secret stays here.
 */
export function iceServersFor(
  number: string,
  servers: readonly IceServerSettings[],
  now: number,
): IceServer[] {
  return servers.map(({ urls, secret, username, credential, validSeconds }) => {
    if (secret !== undefined) {
      const name = `${Math.floor(now / 1000) + validSeconds}:${number}`;
      return {
        urls,
        username: name,
        credential: createHmac('sha1', secret).update(name).digest('base64'),
      };
    }
    return {
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    };
  });
}
