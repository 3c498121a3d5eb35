/** The addresses of this machine that media is offered on. */
import { networkInterfaces } from 'node:os';

/** More than a phone system has; keeps the answer short on a machine with very many interfaces. */
const MAX_ADDRESSES = 16;

/**
 * Every address of this machine a browser may reach: 127.0.0.1 first, then those of all interfaces. Link-local
 * addresses are left out, since they mean nothing without the interface they belong to.
 */
export function localAddresses(interfaces = networkInterfaces()): string[] {
  const outward = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address);
  return [...new Set(['127.0.0.1', ...outward])].slice(0, MAX_ADDRESSES);
}

/** Whether the machine has no address another machine could reach. */
export function isLoopbackOnly(addresses: readonly string[]): boolean {
  return addresses.every((address) => address.startsWith('127.') || address === '::1');
}

function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address);
}
