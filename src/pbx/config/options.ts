/** The options that can be given on the command line and as environment variables. */
import type { SettingsInput } from './settings.js';

/** Keys of the configuration that have a flag and a variable. */
type OptionKey = Extract<
  keyof SettingsInput,
  | 'host'
  | 'port'
  | 'gatewayPort'
  | 'apiPort'
  | 'data'
  | 'publicIp'
  | 'mediaPorts'
  | 'tlsCert'
  | 'tlsKey'
  | 'logLevel'
>;

export interface Option {
  readonly key: OptionKey;
  readonly flag: string;
  readonly variable: string;
  /** What stands for the value in the help. */
  readonly placeholder: string;
  readonly help: string;
  /** From text to the value of the key. What it cannot read it returns as it is, for the schema to refuse. */
  readonly read: (text: string) => unknown;
}

const asIs = (text: string): unknown => text;
const asNumber = (text: string): unknown => (/^\d{1,9}$/.test(text) ? Number(text) : text);
const asRange = (text: string): unknown => {
  const range = /^(\d{1,9})-(\d{1,9})$/.exec(text);
  return range ? [Number(range[1]), Number(range[2])] : text;
};

function option(
  key: OptionKey,
  flag: string,
  placeholder: string,
  help: string,
  read: Option['read'] = asIs,
): Option {
  return { key, flag, variable: variableOf(flag), placeholder, help, read };
}

/** `--gateway-port` is `OZEKI_GATEWAY_PORT`. */
export function variableOf(flag: string): string {
  return `OZEKI_${flag.slice(2).toUpperCase().replaceAll('-', '_')}`;
}

export const OPTIONS: readonly Option[] = [
  option('port', '--port', 'PORT', 'web pages, the kit, /gateway and /healthz (7777)', asNumber),
  option('gatewayPort', '--gateway-port', 'PORT', 'the gateway of webphones (7779)', asNumber),
  option('apiPort', '--api-port', 'PORT', 'the HTTP API (7780)', asNumber),
  option('host', '--host', 'ADDRESS', 'the address these ports bind to (127.0.0.1)'),
  option('data', '--data', 'FOLDER', 'where the database lies; :memory: keeps nothing (./data)'),
  option('publicIp', '--public-ip', 'ADDRESS', 'the address the world sees, behind NAT'),
  option('mediaPorts', '--media-ports', 'FIRST-LAST', 'UDP ports for media, e.g. 40000-40100', asRange),
  option('tlsCert', '--tls-cert', 'FILE', 'certificate with its chain (PEM): all ports speak TLS'),
  option('tlsKey', '--tls-key', 'FILE', 'the key of the certificate (PEM)'),
  option('logLevel', '--log-level', 'LEVEL', 'trace, debug, info, warn, error, fatal or silent (info)'),
];

/** How a key is changed, for messages: `--port, OZEKI_PORT or "port" in the configuration file`. */
export function waysToSet(key: OptionKey): string {
  const found = OPTIONS.find((candidate) => candidate.key === key);
  return found ? `${found.flag}, ${found.variable} or "${key}" in the configuration file` : `"${key}"`;
}
