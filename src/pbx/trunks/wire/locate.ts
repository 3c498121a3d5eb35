/** Where a server is: its addresses by DNS (RFC 3263, with SRV records where no port is given). */
import { lookup, resolveSrv } from 'node:dns/promises';
import { isIP } from 'node:net';
import { SERVER_FORM } from '../../config/line-settings.js';
import type { SipLineSettings } from '../../config/settings.js';
import type { Peer } from './wire.js';

type Transport = SipLineSettings['transport'];

const SERVICES: Record<Transport, string> = { udp: '_sip._udp', tcp: '_sip._tcp', tls: '_sips._tcp' };

/** The host a configuration names, without its port. */
export function serverName(server: string): string {
  const [, literal, name] = SERVER_FORM.exec(server) ?? [];
  return literal ?? name ?? server;
}

/** Every place to try, the best first. Rejects when there is none. */
export async function locate(server: string, transport: Transport): Promise<Peer[]> {
  const host = serverName(server);
  const port = SERVER_FORM.exec(server)?.[3];
  const usual = transport === 'tls' ? 5061 : 5060;
  if (port !== undefined || isIP(host)) return addressesOf(host, Number(port ?? usual));
  const records = await resolveSrv(`${SERVICES[transport]}.${host}`).catch(() => []);
  records.sort((a, b) => a.priority - b.priority || b.weight - a.weight);
  const found = await Promise.all(
    records.slice(0, 8).map(({ name, port: itsPort }) => addressesOf(name, itsPort).catch(() => [])),
  );
  return found.flat().length > 0 ? found.flat() : addressesOf(host, usual);
}

async function addressesOf(host: string, port: number): Promise<Peer[]> {
  if (isIP(host)) return [{ address: host, port }];
  const found = await lookup(host, { all: true });
  return found.slice(0, 8).map(({ address }) => ({ address, port }));
}
