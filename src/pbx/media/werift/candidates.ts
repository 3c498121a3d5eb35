/** ICE candidates as text (RFC 8839, 5.1): which of a party's are used, and which lines the answer holds. */
import { createHash } from 'node:crypto';
import { isIP, isIPv4, isIPv6 } from 'node:net';

/** How many candidates of one party are used; browsers send about ten. */
export const MAX_REMOTE_CANDIDATES = 32;

const CANDIDATE =
  /^(?:a=)?(?:candidate:)?([\w+/]{1,32}) 1 udp (\d{1,10}) ([\w.:%-]{1,64}) (\d{1,5}) typ (host|srflx|relay)(?: |$)/i;

/**
 * A party's candidate with nothing in it but what is needed, without the `candidate:` in front; null for one that
 * is not used: TCP, host names (those of mDNS would have to be asked for in the network; the party's own checks
 * tell its address anyway), and addresses that are not a single machine's.
 */
export function vetCandidate(line: string): string | null {
  if (line.length > 512) return null;
  const match = CANDIDATE.exec(line.trim());
  if (!match) return null;
  const [, foundation, priority, host, port, type] = match as unknown as [string, ...string[]];
  if (!isOneMachine(host!) || Number(port) < 1 || Number(port) > 65535) return null;
  if (Number(priority) < 1 || Number(priority) > 0xffffffff) return null;
  return `${foundation} 1 udp ${Number(priority)} ${host} ${Number(port)} typ ${type!.toLowerCase()}`;
}

function isOneMachine(host: string): boolean {
  if (isIPv4(host)) {
    const first = Number(host.split('.')[0]);
    return first > 0 && first < 224;
  }
  return isIPv6(host) && !host.includes('%') && host !== '::' && !/^ff/i.test(host) && !host.includes('.');
}

/**
 * The candidate lines of the answer: each bound address, and the address the world sees for each of the ports.
 * The public one comes last in preference, since a party on the same network should not go through the router.
 */
export function candidateLines(
  bound: readonly { host: string; port: number }[],
  publicIp?: string,
): string[] {
  const lines = bound.map(({ host, port }, index) => hostLine(host, port, 0xffff - index));
  if (publicIp === undefined || isIP(publicIp) === 0) return lines;
  const ports = new Set(
    bound.filter(({ host }) => isIPv4(host) === isIPv4(publicIp)).map(({ port }) => port),
  );
  return [...lines, ...[...ports].map((port, index) => hostLine(publicIp, port, 0x7fff - index))];
}

function hostLine(host: string, port: number, localPreference: number): string {
  // RFC 8445, 5.1.2.1, with type preference 126 for host candidates and component 1.
  const priority = 2 ** 24 * 126 + 2 ** 8 * localPreference + 255;
  return `candidate:${foundation(host)} 1 udp ${priority} ${host} ${port} typ host`;
}

/** The same for every candidate from the same address (RFC 8445, 5.1.1.3), and different otherwise. */
export function foundation(host: string): string {
  return String(createHash('sha256').update(host).digest().readUInt32BE(0));
}
