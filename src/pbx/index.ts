/** The phone system as a whole, for the command line, for tests and for programs that embed it. */
import type { Server } from 'node:http';
import { ConfigurationError, StartError } from './config/problem.js';
import type { Settings, SettingsInput } from './config/settings.js';
import { validateSettings } from './config/validate.js';
import type { Health } from './http/health.js';
import { KIT_MISSING, readKit } from './http/kit.js';
import { DEMO_FOLDER, KIT_FOLDER, VERSION } from './http/package-files.js';
import { GATEWAY_PATH, startServers } from './http/servers.js';
import { loadTls } from './http/tls.js';
import { createLog } from './log.js';
import type { Log } from './log.js';
import type { MediaEngine } from './media/engine.js';
import { createWeriftEngine, OggError } from './media/werift/index.js';
import { createPhoneSystem } from './phone-system.js';
import type { PhoneSystem } from './phone-system.js';
import { openStorage } from './storage/storage.js';
import { demoExposed, loopbackOnly, noExtensions } from './warnings.js';

export { DEMO_LOGINS, demoSettings } from './config/demo.js';
export { ConfigurationError, StartError } from './config/problem.js';
export type { Problem } from './config/problem.js';
export type { Settings, SettingsInput } from './config/settings.js';
export type { Health } from './http/health.js';
export type { Log } from './log.js';
export type { PhoneSystem, Vitals } from './phone-system.js';

export interface StartOptions {
  /** Where to log to; JSON lines on standard error, by `logLevel`, without it. */
  readonly log?: Log;
  /** Serves the demo's pages. The demo's extensions come with {@link demoSettings}. */
  readonly demo?: boolean;
}

/** A phone system that takes calls. */
export interface RunningPhoneSystem {
  /** The address of the web pages, for example `http://127.0.0.1:7777`. */
  readonly url: string;
  /** The address webphones connect to, for example `ws://127.0.0.1:7779`. */
  readonly gatewayUrl: string;
  /** The address of the HTTP API, for example `http://127.0.0.1:7780`. */
  readonly apiUrl: string;
  /** The ports in use; they differ from the settings where those ask for any free one (0). */
  readonly ports: { readonly web: number; readonly gateway: number; readonly api: number };
  /** The configuration with every default filled in, and the ports in use. */
  readonly settings: Settings;
  readonly phoneSystem: PhoneSystem;
  /** What `GET /healthz` answers now. */
  health(): Health;
  /** Ends every call, tells every client, and frees ports and files. Later calls wait for the first. */
  close(): Promise<void>;
}

/**
 * Starts a phone system; what the settings leave out has its default, and port 0 means any free one.
 * @throws ConfigurationError when the settings cannot be used.
 * @throws StartError when a port, the data folder or the database cannot be had.
 */
export async function startPhoneSystem(
  input: SettingsInput = {},
  options: StartOptions = {},
): Promise<RunningPhoneSystem> {
  const validation = validateSettings(input, () => undefined);
  if ('problems' in validation) throw new ConfigurationError(validation.problems);
  const { settings } = validation;
  const log = options.log ?? createLog(settings.logLevel);
  const tls = loadTls(settings);
  const kit = readKit(KIT_FOLDER);
  const warnings = [
    loopbackOnly(settings),
    noExtensions(settings),
    demoExposed(settings),
    tls?.warning ?? null,
    kit ? null : KIT_MISSING,
  ].filter((warning) => warning !== null);

  const startedAt = performance.now();
  let status: Health['status'] = 'starting';
  let vitals: PhoneSystem['vitals'] = () => ({ connections: 0, sessions: 0, legs: 0, mediaLegs: 0 });
  let trouble = (): string | null => null;
  const health = (): Health => ({
    status,
    version: VERSION,
    uptimeSeconds: Math.floor((performance.now() - startedAt) / 1000),
    ...vitals(),
    warnings: [...warnings, trouble()].filter((warning) => warning !== null),
  });

  /** What has been started, to be stopped in the opposite order. */
  const stops: (() => unknown)[] = [];
  try {
    // The ports come first: a second phone system on this machine fails here, before it touches the database.
    const servers = await startServers({
      settings,
      tls,
      kit,
      demoFolder: options.demo ? DEMO_FOLDER : null,
      health,
      log: log.child({ part: 'http' }),
    });
    stops.push(() => servers.close());

    const storage = openStorage(settings.data, log.child({ part: 'storage' }));
    stops.push(() => storage.close());
    trouble = () => storage.trouble;

    const media = await startMedia(settings, log.child({ part: 'media' }));
    stops.push(() => media.close());

    const { web: port, gateway: gatewayPort, api: apiPort } = servers.ports;
    const effective: Settings = { ...settings, port, gatewayPort, apiPort };
    const phoneSystem = createPhoneSystem({
      settings: effective,
      log,
      media,
      records: storage,
      history: storage,
      tokens: storage.tokens,
    });
    stops.push(() => phoneSystem.close());
    vitals = () => phoneSystem.vitals();
    attach(phoneSystem, servers);

    status = 'ok';
    for (const warning of warnings) log.warn({}, warning);
    log.info({ ports: servers.ports, version: VERSION }, 'The phone system is up.');

    let closing: Promise<void> | undefined;
    const close = async () => {
      status = 'stopping';
      await stopAll(stops);
      log.info({}, 'The phone system has stopped.');
    };
    return {
      ...addresses(settings, servers.ports),
      ports: servers.ports,
      settings: effective,
      phoneSystem,
      health,
      close: () => (closing ??= close()),
    };
  } catch (error) {
    status = 'stopping';
    await stopAll(stops);
    throw error;
  }
}

async function startMedia({ publicIp, mediaPorts, holdMusic }: Settings, log: Log): Promise<MediaEngine> {
  try {
    return await createWeriftEngine({ log, publicIp, mediaPorts, holdMusic });
  } catch (error) {
    throw error instanceof OggError ? new StartError(error.message, { cause: error }) : error;
  }
}

function attach(phoneSystem: PhoneSystem, servers: { web: Server; gateway: Server }): void {
  phoneSystem.attach(servers.gateway);
  phoneSystem.attach(servers.web, { path: GATEWAY_PATH });
}

/** Stops everything, the last started first; one that fails does not keep the others from stopping. */
async function stopAll(stops: (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'The phone system did not stop cleanly.');
}

function addresses(
  { host, tlsCert }: Settings,
  ports: RunningPhoneSystem['ports'],
): Pick<RunningPhoneSystem, 'url' | 'gatewayUrl' | 'apiUrl'> {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const [http, ws] = tlsCert === undefined ? ['http', 'ws'] : ['https', 'wss'];
  return {
    url: `${http}://${name}:${ports.web}`,
    gatewayUrl: `${ws}://${name}:${ports.gateway}`,
    apiUrl: `${http}://${name}:${ports.api}`,
  };
}
