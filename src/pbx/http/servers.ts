/** The three HTTP servers: web pages (7777), gateway (7779), HTTP API (7780). */
import type { Server } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Settings } from '../config/settings.js';
import type { Log } from '../log.js';
import { createApp } from './app.js';
import { serveHealth } from './health.js';
import type { Health } from './health.js';
import { serveKit } from './kit.js';
import type { Kit } from './kit.js';
import { listen, portOf } from './listen.js';
import { DEMO_FOLDER } from './package-files.js';
import { servePages } from './pages.js';
import { serveTester } from './tester.js';
import type { Tester } from './tester.js';
import type { TlsFiles } from './tls.js';
import { serveWebphoneApi } from './webphone-api.js';

/** The path under which the gateway is reachable on the web port, for deployments behind one proxy port. */
export const GATEWAY_PATH = '/gateway';

export interface ServerOptions {
  readonly settings: Pick<Settings, 'host' | 'port' | 'gatewayPort' | 'apiPort'>;
  readonly tls: TlsFiles | null;
  readonly kit: Kit | null;
  /** The script of the JavaScript API; null when it has not been built. */
  readonly webphoneApi: Buffer | null;
  /** The folder with the demo's pages; null outside demo mode. */
  readonly demoFolder: string | null;
  /** The page that tries out the HTTP API; there is none without it. */
  readonly tester?: Tester;
  readonly health: () => Health;
  /** Adds the commands to the server of the HTTP API. */
  readonly serveApi: (app: FastifyInstance) => void;
  readonly log: Log;
}

export interface Servers {
  /** The web server, for the upgrades under {@link GATEWAY_PATH}. */
  readonly web: Server;
  /** The gateway's own server, for every upgrade. */
  readonly gateway: Server;
  /** The ports in use; they differ from the settings where those ask for any free one. */
  readonly ports: { readonly web: number; readonly gateway: number; readonly api: number };
  close(): Promise<void>;
}

/**
 * Starts the servers. Upgrades are answered by whoever attaches to `web` and `gateway`.
 * @throws StartError when a port cannot be had; nothing is left open then.
 */
export async function startServers(options: ServerOptions): Promise<Servers> {
  const { settings } = options;
  const gateway = gatewayApp(options);
  const api = createApp(options);
  options.serveApi(api);
  const web = await webApp(options, { gateway: () => portOf(gateway), api: () => portOf(api) });
  const close = async () => {
    await Promise.all([web.close(), gateway.close(), api.close()]);
  };
  try {
    // The pages come last: they tell browsers where the gateway is.
    const ports = {
      gateway: await listen(gateway, settings.host, settings.gatewayPort, 'gatewayPort'),
      api: await listen(api, settings.host, settings.apiPort, 'apiPort'),
      web: await listen(web, settings.host, settings.port, 'port'),
    };
    return { web: web.server, gateway: gateway.server, ports, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function webApp(
  options: ServerOptions,
  ports: { gateway: () => number; api: () => number },
): Promise<FastifyInstance> {
  const app = createApp(options);
  serveHealth(app, options.health);
  serveKit(app, options.kit);
  serveWebphoneApi(app, options.webphoneApi, ports.gateway);
  app.get(GATEWAY_PATH, (_request, reply) => upgradeRequired(reply, options.health()));
  if (options.tester) {
    const withShared = options.demoFolder === null;
    serveTester(app, DEMO_FOLDER, options.tester, { apiPort: ports.api, withShared });
  }
  await servePages(app, options.demoFolder);
  return app;
}

function gatewayApp(options: ServerOptions): FastifyInstance {
  const app = createApp(options);
  app.all('/*', (_request, reply) => upgradeRequired(reply, options.health()));
  return app;
}

/** The answer to a request that is no WebSocket, or that comes while nobody takes WebSockets. */
function upgradeRequired(reply: FastifyReply, health: Health): FastifyReply {
  reply.type('text/plain; charset=utf-8');
  if (health.status !== 'ok') {
    return reply.code(503).header('retry-after', '1').send(`The phone system is ${health.status}.\n`);
  }
  return reply
    .code(426)
    .headers({ upgrade: 'websocket', connection: 'upgrade' })
    .send('This is the gateway of the phone system: connect a webphone to it by WebSocket.\n');
}
