/** `/http-api/`: the page on which the commands of the HTTP API are tried out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Asset } from './asset.js';
import { REVALIDATE } from './kit.js';
import { DEMO_CSP } from './pages.js';

const PATH = '/http-api/';
/** Where the page lies below the demo's folder, and what it shares with the demo. */
const FOLDER = 'http-api';
const SHARED = ['demo.css', 'site.css', 'icon.svg'];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Tester {
  /** Whether the page is there now. */
  readonly offered: () => boolean;
  /** The commands there are, for the page to read. */
  readonly describe: () => object;
}

/** Adds the page from the demo's folder; where it shares files with a demo that is not served, those too. */
export function serveTester(
  app: FastifyInstance,
  demoFolder: string,
  { offered, describe }: Tester,
  { apiPort, withShared }: { readonly apiPort: () => number; readonly withShared: boolean },
): void {
  const folder = join(demoFolder, FOLDER);
  if (!existsSync(join(folder, 'index.html'))) return;
  const files = new Map(
    readdirSync(folder)
      .filter((name) => extname(name) in TYPES)
      .map((name) => [PATH + (name === 'index.html' ? '' : name), join(folder, name)]),
  );
  if (withShared) for (const name of SHARED) files.set(`/${name}`, join(demoFolder, name));
  for (const [path, file] of files) {
    const asset = new Asset(readFileSync(file), TYPES[extname(file)] ?? '', REVALIDATE);
    app.get(path, (request, reply) => {
      if (!offered()) return reply.callNotFound();
      return asset.send(request, reply.header('content-security-policy', policyFor(request, apiPort())));
    });
  }
  app.get(PATH.slice(0, -1), (_request, reply) => (offered() ? reply.redirect(PATH) : reply.callNotFound()));
  app.get(`${PATH}api.json`, (_request, reply) =>
    offered()
      ? reply.header('cache-control', 'no-store').send({ port: apiPort(), demo: !withShared, ...describe() })
      : reply.callNotFound(),
  );
}

/** The demo's policy, and that the page may ask the HTTP API of the host it came from, and play its recordings. */
function policyFor({ protocol, headers: { host } }: FastifyRequest, apiPort: number): string {
  const address = `${protocol}://${host ?? ''}`;
  if (!URL.canParse(address)) return DEMO_CSP;
  const api = new URL(address);
  api.port = String(apiPort);
  return DEMO_CSP.replace("connect-src 'self'", `connect-src 'self' ${api.origin}; media-src ${api.origin}`);
}
