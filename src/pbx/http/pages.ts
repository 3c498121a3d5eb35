/** What a browser sees at 7777: the demo in demo mode, else one small page. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Asset } from './asset.js';
import { REVALIDATE } from './kit.js';
import { MANIFEST_FILE } from './package-files.js';

/**
 * The demo's own Content-Security-Policy. It is strict on purpose: the demo shows that the tags need no
 * exception. `'self'` in `connect-src` covers the WebSocket to the same host and port (CSP Level 3, 6.7.2.8).
 */
export const DEMO_CSP = [
  "default-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

/**
 * The policy of the pages written against the published API documents: those have inline scripts and connect to the
 * gateway's own port. Only what no such page needs is forbidden.
 */
export const API_PAGES_CSP = "object-src 'none'; base-uri 'none'; frame-ancestors 'self'";

/** The page that also signs in at a SIP server that somebody names: any that is encrypted, or one on this machine. */
const START_CSP = DEMO_CSP.replace(
  "connect-src 'self'",
  "connect-src 'self' wss: ws://localhost:* ws://127.0.0.1:*",
);

/** The policies of pages and folders of the demo; of those not named here, {@link DEMO_CSP}. */
const POLICIES: Readonly<Record<string, string>> = { 'index.html': START_CSP, 'ozeki-api': API_PAGES_CSP };

const PLAIN_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PLAIN_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ozeki Webphone</title>
<h1>Ozeki Webphone</h1>
<p>This is a phone system for web pages. It serves the tags as <a href="/ozeki-webphone.js">/ozeki-webphone.js</a>,
connects webphones at <code>/gateway</code> and tells how it is at <a href="/healthz">/healthz</a>.</p>
</html>
`;

/** Adds the pages; `demoFolder` is null outside demo mode. */
export async function servePages(app: FastifyInstance, demoFolder: string | null): Promise<void> {
  if (demoFolder !== null && existsSync(join(demoFolder, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: demoFolder,
      prefix: '/',
      redirect: true,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply, path) => {
        const [place = ''] = relative(demoFolder, path).split(sep);
        reply.headers({
          'content-security-policy': POLICIES[place] ?? DEMO_CSP,
          'cache-control': 'no-cache',
        });
      },
    });
    serveManifest(app);
    return;
  }
  app.get('/', (_request, reply) =>
    reply
      .headers({ 'content-security-policy': PLAIN_CSP, 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(PLAIN_PAGE),
  );
}

/** The description of the tags, from which the pages about them are made. */
function serveManifest(app: FastifyInstance): void {
  if (!existsSync(MANIFEST_FILE)) return;
  const manifest = new Asset(readFileSync(MANIFEST_FILE), 'application/json; charset=utf-8', REVALIDATE);
  app.get('/custom-elements.json', (request, reply) => manifest.send(request, reply));
}
