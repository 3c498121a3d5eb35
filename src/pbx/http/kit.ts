/** The built kit: what a page on any origin loads by a script tag, the chunks that loads later, and style sheets. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Asset } from './asset.js';

const ENTRY = 'ozeki-webphone.js';
/** What keeps room for tags that are not defined yet. */
const RESERVE = 'reserve.css';
/** What script tags name beside it, and the worker of pages that nobody looks at. */
const OTHER_ENTRIES = [
  'ozeki-webphone.classic.js',
  'ozeki-call-button.js',
  'link-telephone.js',
  'ozeki-webphone.ticker.js',
];
const CHUNKS = 'chunks';
const THEMES = 'themes';

/** An entry keeps its name, so it is asked for anew each time; a chunk's name changes with its content. */
export const REVALIDATE = 'no-cache';
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** What lets pages of every origin load a file. */
export const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

const TYPES: readonly (readonly [suffix: string, type: string])[] = [
  ['.js', 'text/javascript; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
];

/** The kit's files by their path below the root of the site. */
export type Kit = ReadonlyMap<string, Asset>;

/** What stands in for the kit when it has not been built. */
export const KIT_MISSING =
  'The kit is not built, so pages find no /ozeki-webphone.js. Run "npm run build" and start again.';

/** Reads the kit into memory, so that a rebuild cannot mix old and new; null when it has not been built. */
export function readKit(folder: string): Kit | null {
  if (!existsSync(join(folder, ENTRY))) return null;
  const entries = [ENTRY, ...OTHER_ENTRIES].flatMap((name) => [name, `${name}.map`]);
  const names = [...entries, RESERVE, ...filesIn(folder, CHUNKS), ...filesIn(folder, THEMES)];
  const kit = new Map<string, Asset>();
  for (const name of names) {
    const type = TYPES.find(([suffix]) => name.endsWith(suffix))?.[1];
    const path = join(folder, name);
    if (!type || !existsSync(path)) continue;
    const caching = name.startsWith(`${CHUNKS}/`) ? FOR_GOOD : REVALIDATE;
    kit.set(`/${name}`, new Asset(readFileSync(path), type, caching));
  }
  return kit;
}

/** The files of a folder of the kit, by their path in it. */
function filesIn(kit: string, folder: string): string[] {
  const path = join(kit, folder);
  return existsSync(path) ? readdirSync(path).map((name) => `${folder}/${name}`) : [];
}

/** Adds the kit's routes; every origin may load them, they are public and hold no secret. */
export function serveKit(app: FastifyInstance, kit: Kit | null): void {
  if (!kit) {
    app.get(`/${ENTRY}`, (_request, reply) =>
      reply.code(503).headers(OPEN_TO_ALL).type('text/plain; charset=utf-8').send(`${KIT_MISSING}\n`),
    );
    return;
  }
  for (const [path, asset] of kit) {
    app.get(path, (request, reply) => asset.send(request, reply.headers(OPEN_TO_ALL)));
  }
}
