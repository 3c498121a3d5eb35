/** The phone system as a whole, for the command line, for tests and for programs that embed it. */
import type { Server } from 'node:http';
import { ConfigurationError, StartError } from './config/problem.js';
import { changedKeys, takeOver } from './config/run-time.js';
import type { Settings, SettingsInput } from './config/settings.js';
import { validateSettings } from './config/validate.js';
import { describeApi, serveHttpApi } from './http-api/index.js';
import type { Health } from './http/health.js';
import { KIT_MISSING, readKit } from './http/kit.js';
import { DEMO_FOLDER, KIT_FOLDER, VERSION } from './http/package-files.js';
import { GATEWAY_PATH, startServers } from './http/servers.js';
import { loadTls } from './http/tls.js';
import { API_MISSING, readWebphoneApi } from './http/webphone-api.js';
import { createLog } from './log.js';
import type { Log } from './log.js';
import type { MediaEngine } from './media/engine.js';
import { AudioError } from './media/audio/index.js';
import { createWeriftEngine } from './media/werift/index.js';
import { createPhoneSystem } from './phone-system.js';

import type { PhoneSystem } from './phone-system.js';
import { contentFolder, openRecordingsFolder } from './storage/folders.js';
import { openStorage } from './storage/storage.js';
import { demoExposed, linesDown, loopbackOnly, noExtensions } from './warnings.js';

export { DEMO_LOGINS, demoSettings } from './config/demo.js';
export { ConfigurationError, StartError } from './config/problem.js';
export type { Problem } from './config/problem.js';
export type { Settings, SettingsInput } from './config/settings.js';
export type { Health } from './http/health.js';
export type { Log } from './log.js';
export type { PhoneSystem, Vitals } from './phone-system.js';
export type { TrunkStatus } from './trunks/index.js';

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
  /** The configuration with every default filled in, and the ports in use; another one after `reconfigure`. */
  readonly settings: Settings;
  readonly phoneSystem: PhoneSystem;
  /**
   * Works with another configuration from now on, as far as that is possible at run time
   * (see `reconfigure` of {@link PhoneSystem}). Returns the keys that have changed but count only from the next start.
   * @throws ConfigurationError when it cannot be used; the old one stays then.
   */
  reconfigure(input: SettingsInput): readonly string[];
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
  const settings = validated(input);
  const log = options.log ?? createLog(settings.logLevel);
  const tls = loadTls(settings);
  const kit = readKit(KIT_FOLDER);
  const webphoneApi = readWebphoneApi(KIT_FOLDER);
  /** The configuration that counts now. */
  let current = settings;
  const warnings = () =>
    [
      loopbackOnly(settings),
      noExtensions(running?.settings ?? current),
      demoExposed(current),
      tls?.warning ?? null,
      kit ? null : KIT_MISSING,
      webphoneApi ? null : API_MISSING,
    ].filter((warning) => warning !== null);

  const startedAt = performance.now();
  let status: Health['status'] = 'starting';
  let running: PhoneSystem | null = null;
  let trouble = (): string | null => null;
  const health = (): Health => ({
    status,
    version: VERSION,
    uptimeSeconds: Math.floor((performance.now() - startedAt) / 1000),
    ...(running?.vitals() ?? NOTHING),
    warnings: [...warnings(), ...linesDown(running?.lines ?? []), trouble()].filter(
      (warning) => warning !== null,
    ),
  });

  /** What has been started, to be stopped in the opposite order. */
  const stops: (() => unknown)[] = [];
  try {
    // The ports come first: a second phone system on this machine fails here, before it touches the database.
    const servers = await startServers({
      settings,
      tls,
      kit,
      webphoneApi,
      demoFolder: options.demo ? DEMO_FOLDER : null,
      tester: {
        offered: () => options.demo === true || current.httpApi !== undefined,
        describe: () => describeApi(current),
      },
      health,
      serveApi: (app) =>
        serveHttpApi(app, {
          settings: () => current,
          phoneSystem: () => (status === 'ok' ? running : null),
          log: log.child({ part: 'http-api' }),
        }),
      log: log.child({ part: 'http' }),
    });
    stops.push(() => servers.close());

    const storage = openStorage(settings.data, log.child({ part: 'storage' }));
    stops.push(() => storage.close());
    trouble = () => storage.trouble;

    const media = await startMedia(settings, log.child({ part: 'media' }));
    stops.push(() => media.close());

    const recordings = openRecordingsFolder(settings);
    stops.push(() => recordings.close());

    const { web: port, gateway: gatewayPort, api: apiPort } = servers.ports;
    const inUse = { port, gatewayPort, apiPort };
    current = { ...settings, ...inUse };
    const phoneSystem = createPhoneSystem({
      settings: current,
      log,
      media,
      records: storage,
      history: storage,
      tokens: storage.tokens,
      extensions: storage.extensions,
      sentMessages: storage.sentMessages,
      live: storage.live,
      texts: storage.texts,
      contentFolder,
      recordings: {
        folder: recordings.path,
        urlOf: (fileName) => `${addresses(settings, servers.ports).apiUrl}/HttpRecordings/${fileName}`,
      },
    });
    stops.push(() => phoneSystem.close());
    running = phoneSystem;
    attach(phoneSystem, servers);

    status = 'ok';
    for (const warning of warnings()) log.warn({}, warning);
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
      get settings() {
        return current;
      },
      phoneSystem,
      reconfigure(replacement) {
        const wanted = validated(replacement);
        const later = changedKeys(settings, wanted);
        current = takeOver(current, wanted);
        phoneSystem.reconfigure(current);
        log.info({ later }, 'The phone system works with another configuration.');
        return later;
      },
      health,
      close: () => (closing ??= close()),
    };
  } catch (error) {
    status = 'stopping';
    await stopAll(stops);
    throw error;
  }
}

const NOTHING = { connections: 0, sessions: 0, legs: 0, mediaLegs: 0 };

/** The settings with their defaults; throws ConfigurationError when they cannot be used. */
function validated(input: SettingsInput): Settings {
  const validation = validateSettings(input, () => undefined);
  if ('problems' in validation) throw new ConfigurationError(validation.problems);
  return validation.settings;
}

async function startMedia({ publicIp, mediaPorts, holdMusic }: Settings, log: Log): Promise<MediaEngine> {
  try {
    return await createWeriftEngine({ log, publicIp, mediaPorts, holdMusic });
  } catch (error) {
    throw error instanceof AudioError ? new StartError(error.message, { cause: error }) : error;
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
