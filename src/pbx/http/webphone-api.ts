/** `/WebphoneAPI`: the JavaScript API as one classic script, as pages written against its documents load it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Asset } from './asset.js';
import { OPEN_TO_ALL, REVALIDATE } from './kit.js';

const PATH = '/WebphoneAPI';
const FILE = 'WebphoneAPI.js';

/**
 * Under this symbol the script finds the port of the gateway of the phone system it was loaded from, a number.
 * `OzWebClient.connect` with a bare address takes it; where it is not set, that is 7779.
 */
export const GATEWAY_PORT_KEY = 'ozeki-webphone.gateway-port';

/** What stands in for the script when it has not been built. */
export const API_MISSING =
  'The JavaScript API is not built, so pages find no /WebphoneAPI. Run "npm run build" and start again.';

/** Reads the script into memory, so that a rebuild does not change it; null when it has not been built. */
export function readWebphoneApi(folder: string): Buffer | null {
  const path = join(folder, FILE);
  return existsSync(path) ? readFileSync(path) : null;
}

/** Adds the route; `gatewayPort` is asked for when the script is, since only then it is sure to be known. */
export function serveWebphoneApi(
  app: FastifyInstance,
  script: Buffer | null,
  gatewayPort: () => number,
): void {
  let asset: Asset | null = null;
  app.get(PATH, (request, reply) => {
    if (!script) {
      return reply.code(503).headers(OPEN_TO_ALL).type('text/plain; charset=utf-8').send(`${API_MISSING}\n`);
    }
    asset ??= new Asset(
      Buffer.concat([Buffer.from(prefix(gatewayPort())), script]),
      'text/javascript; charset=utf-8',
      REVALIDATE,
    );
    return asset.send(request, reply.headers(OPEN_TO_ALL));
  });
}

function prefix(gatewayPort: number): string {
  return `globalThis[Symbol.for(${JSON.stringify(GATEWAY_PORT_KEY)})]=${gatewayPort};\n`;
}
