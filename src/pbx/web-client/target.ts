/** From an address on the web to the machines behind it, looked up once. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isExcepted, isPublicAddress } from './addresses.js';
import { shownUrl, WebError } from './error.js';

/** Where to, and whether the administrator says so. */
export interface Target {
  readonly url: string;
  /** From the configuration; false for what comes in a command or a script. */
  readonly trusted: boolean;
}

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Finds the addresses of a name. */
export type Resolve = (host: string) => Promise<readonly HostAddress[]>;

/** What the machine itself would find, its hosts file included. */
export const systemResolve: Resolve = (host) => lookup(host, { all: true });

/** An address with the machines it was found at; a connection goes to one of them and nowhere else. */
export interface ResolvedTarget {
  readonly url: URL;
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly addresses: readonly HostAddress[];
}

/** Checks what the address itself says. */
export function readTarget({ url }: Target): URL {
  const read = URL.canParse(url) ? new URL(url) : null;
  if (!read || !/^https?:$/.test(read.protocol)) {
    throw new WebError('refused-target', `${shownUrl(url)} does not start with http:// or https://.`);
  }
  if (read.username !== '' || read.password !== '') {
    throw new WebError('refused-target', `${shownUrl(url)} has a user name or password in it.`);
  }
  return read;
}

/**
 * Looks the host up. An address nobody vouches for must lead to the public internet or to an exception, and so must
 * every machine its name stands for.
 */
export async function resolveTarget(
  target: Target,
  exceptions: readonly string[],
  resolve: Resolve,
): Promise<ResolvedTarget> {
  const url = readTarget(target);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const version = isIP(host);
  const addresses = version === 0 ? await resolve(host) : [{ address: host, family: version }];
  if (addresses.length === 0) {
    throw new WebError('unreachable', `There is no address for the host of ${shownUrl(target.url)}.`);
  }
  const refused = addresses.some(
    ({ address }) => !isPublicAddress(address) && !isExcepted(exceptions, host, address),
  );
  if (refused && !target.trusted) {
    throw new WebError(
      'refused-target',
      `${shownUrl(target.url)} leads into a network that is not public. List its host in httpApi.allowTargets if it may.`,
    );
  }
  return { url, host, addresses };
}
