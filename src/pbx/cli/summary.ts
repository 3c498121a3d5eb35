/** What a person wants to know once the phone system runs: where it is, and with what to sign in. */
import { networkInterfaces } from 'node:os';
import { DEMO_LOGINS } from '../config/demo.js';
import { GATEWAY_PATH } from '../http/servers.js';
import type { RunningPhoneSystem } from '../index.js';

interface SummaryOptions {
  readonly demo: boolean;
  /** Slips in how the program was started. */
  readonly notices: readonly string[];
}

/** The start-up summary: plain text, ends with a line feed. */
export function summary(system: RunningPhoneSystem, { demo, notices }: SummaryOptions): string {
  const { version, warnings } = system.health();
  return [
    `Ozeki Webphone ${version} is running.`,
    table(addressRows(system)),
    ...(demo ? demoParts(system) : [accounts(system)]),
    ...[...notices, ...warnings].map((warning) => `Note: ${warning}`),
    'Stop it with Ctrl+C.',
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function addressRows(system: RunningPhoneSystem): string[][] {
  const hosts = hostNames(system.settings.host);
  const secure = system.url.startsWith('https');
  const first = hosts[0] ?? 'localhost';
  const web = (host: string) => `${secure ? 'https' : 'http'}://${host}:${system.ports.web}`;
  const gateway = `${secure ? 'wss' : 'ws'}://${first}`;
  return [
    ...hosts.map((host, index) => [index === 0 ? 'Web pages' : '', web(host)]),
    ['Gateway', `${gateway}:${system.ports.gateway}`],
    ['', `${gateway}:${system.ports.web}${GATEWAY_PATH}`],
    ['HTTP API', `${secure ? 'https' : 'http'}://${first}:${system.ports.api}`],
  ];
}

/** The names under which the address the ports are bound to can be reached, the handiest first. */
function hostNames(host: string): string[] {
  const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address);
  if (host === '127.0.0.1' || host === '::1') return ['localhost'];
  if (host !== '0.0.0.0' && host !== '::') return [bracketed(host)];
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ internal, family, scopeid }) => !internal && (family === 'IPv4' || (host === '::' && !scopeid)),
    );
  return ['localhost', ...outward.map(({ address }) => bracketed(address))];
}

function demoParts({ settings, url }: RunningPhoneSystem): string[] {
  const logins = DEMO_LOGINS.filter((login) =>
    settings.extensions.some((extension) => extension.id === login.extension),
  );
  if (logins.length === 0) return [];
  return [
    table([
      ['Extension', 'Name', 'Password'],
      ...logins.map(({ extension, name, password }) => [extension, name, password]),
    ]),
    ...settings.outsideLines
      .filter((line) => line.type === 'webphone')
      .map((line) => `Visitors of a web site reach ${line.rings} with the token "${line.token}".`),
    `The commands of the HTTP API can be tried out at ${url.replace('127.0.0.1', 'localhost')}/http-api/.`,
    `Open ${url.replace('127.0.0.1', 'localhost')} in two tabs, sign in as 1001 and 1002, and call one from the other.`,
  ];
}

function accounts({ settings }: RunningPhoneSystem): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  return `${count(settings.extensions.length, 'extension')}, ${count(settings.outsideLines.length, 'outside line')}.`;
}

/** Rows in aligned columns, indented by two. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd((widths[column] ?? 0) + 3)).join('')}`.trimEnd())
    .join('\n');
}
