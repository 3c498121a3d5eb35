/** Where a client is: at the other end of its connection, or of a reverse proxy's that is trusted. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import { AddressList } from './config/addresses.js';

/** The part of the configuration that says which proxies are trusted. */
export interface ProxySettings {
  readonly trustedProxies: readonly string[];
}

const lists = new WeakMap<readonly string[], AddressList>();

/**
 * The address of a client. A trusted proxy adds whom it was asked by at the end of `X-Forwarded-For`; what stands
 * before the last address that is no trusted proxy's, anybody may have written.
 */
export function clientAddress(
  remote: string | undefined,
  headers: IncomingHttpHeaders,
  { trustedProxies }: ProxySettings,
): string {
  const trusted = lists.get(trustedProxies) ?? new AddressList(trustedProxies);
  lists.set(trustedProxies, trusted);
  let address = plain(remote ?? 'unknown');
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  while (trusted.has(address)) {
    const before = withoutPort(forwarded.pop()?.trim() ?? '');
    if (before === null) break;
    address = plain(before);
  }
  return address;
}

/**
 * Whom an address stands for when it is counted: an IPv6 client has a whole /64 network to itself and could come
 * from another address each time (RFC 6177).
 */
export function sourceOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const missing = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return `${[...before, ...missing, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** IPv4 addresses are written one way, also when they come over IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** What a proxy wrote: an address, perhaps with a port; null when it is none. */
function withoutPort(text: string): string | null {
  const [, bracketed, dotted] =
    /^(?:\[([\da-fA-F:.]+)\](?::\d+)?|(\d+(?:\.\d+){3})(?::\d+)?)$/.exec(text) ?? [];
  const address = bracketed ?? dotted ?? text;
  return isIP(address) === 0 ? null : address;
}
