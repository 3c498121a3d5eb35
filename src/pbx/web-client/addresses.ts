/** Which IP addresses belong to the public internet, and which exceptions an administrator makes. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Global unicast (RFC 4291, section 2.4); all of IPv6 that is given out today lies in it. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is one of the public internet: not loopback, private, link-local, multicast, reserved … */
export function isPublicAddress(address: string): boolean {
  const reached = reachedBy(address);
  if (!reached || reached.range() !== 'unicast') return false;
  return reached instanceof ipaddr.IPv4 || reached.match(GLOBAL_UNICAST);
}

/**
 * Where packets to an address end: IPv6 has forms that lead to an IPv4 address, by the machine itself (mapped) or by
 * a gateway (NAT64 of RFC 6052, 6to4).
 */
function reachedBy(text: string): Address | null {
  if (isIP(text) === 0) return null;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return address;
  const { parts } = address;
  switch (address.range()) {
    case 'ipv4Mapped':
      return address.toIPv4Address();
    case 'rfc6052':
      // The rest of 64:ff9b::/32 is for the gateways of local networks (RFC 8215), which put the address elsewhere.
      return parts.slice(2, 6).every((part) => part === 0) ? ipv4(parts[6], parts[7]) : address;
    case '6to4':
      return ipv4(parts[1], parts[2]);
    default:
      return address;
  }
}

function ipv4(high = 0, low = 0): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255]);
}

/** An exception: a host by its name, the addresses of a network, or this machine. */
type Exception =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'host'; readonly name: string }
  | { readonly kind: 'network'; readonly base: Address; readonly bits: number };

const HOST = /^(?=.{1,253}$)[a-z\d_](?:[a-z\d_-]{0,62})(?:\.[a-z\d_](?:[a-z\d_-]{0,62}))*\.?$/i;

/** What an entry of `httpApi.allowTargets` says: `loopback`, a host's name, an address or a network; or null. */
function readException(entry: string): Exception | null {
  if (entry.toLowerCase() === 'loopback') return { kind: 'loopback' };
  const [address = '', length, ...more] = entry.split('/');
  const version = isIP(address);
  if (version !== 0) {
    const all = version === 4 ? 32 : 128;
    const bits = length === undefined ? all : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
    if (more.length > 0 || !(bits <= all)) return null;
    return { kind: 'network', base: ipaddr.parse(address), bits };
  }
  // Numbers between dots would be an address that is none.
  return HOST.test(entry) && !/(?:^|\.)\d+\.?$/.test(entry) ? { kind: 'host', name: hostName(entry) } : null;
}

/** Whether a text can stand in a list of exceptions. */
export function isTargetException(entry: string): boolean {
  return readException(entry) !== null;
}

/** Whether an exception lets a host be reached at that address. */
export function isExcepted(exceptions: readonly string[], host: string, address: string): boolean {
  const reached = reachedBy(address);
  return exceptions.some((entry) => {
    const exception = readException(entry);
    switch (exception?.kind) {
      case 'loopback':
        return reached?.range() === 'loopback';
      case 'host':
        return exception.name === hostName(host);
      case 'network':
        return reached !== null && contains(exception.base, exception.bits, reached);
      case undefined:
        return false;
    }
  });
}

function contains(base: Address, bits: number, address: Address): boolean {
  if (base instanceof ipaddr.IPv4) return address instanceof ipaddr.IPv4 && address.match(base, bits);
  return address instanceof ipaddr.IPv6 && address.match(base, bits);
}

function hostName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
