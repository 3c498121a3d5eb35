/** Bundle sizes: the kit beside other web phones, made by the same bundler with the same settings. */
import { readFile, readdir, rm, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import minifyTemplates from 'rollup-plugin-minify-template-literals';
import { build, type Plugin } from 'vite';
import { startBrowser } from '../test/support/browser.js';
import { startDemo } from '../test/support/demo.js';
import { Desk } from '../test/support/desk.js';

/** One bundle, or those of its files that were loaded. */
export interface Size {
  readonly bytes: number;
  readonly gzip: number;
  readonly files: number;
}

export interface Sizes {
  readonly kit: { readonly page: Size; readonly caller: Size; readonly callee: Size; readonly all: Size };
  readonly others: Record<string, Size>;
}

const TAGS = ['client', 'dialpad', 'call', 'session-list', 'extension-status'];

/** What a page imports of the others to make and take calls. */
const OTHERS: Record<string, string> = {
  jssip: `import JsSIP from 'jssip'; globalThis.phone = [JsSIP.UA, JsSIP.WebSocketInterface];`,
  'sip.js': `import { Web } from 'sip.js'; globalThis.phone = Web.SimpleUser;`,
  '@twilio/voice-sdk': `import { Device } from '@twilio/voice-sdk'; globalThis.phone = Device;`,
};

type Files = Map<string, Buffer>;

export async function measureSizes(): Promise<Sizes> {
  const folder = await mkdtemp(join(tmpdir(), 'ozeki-bench-'));
  try {
    // Through the package's exports, as an application that depends on it does.
    const modules = TAGS.map((tag) => import.meta.resolve(`ozeki-webphone/ozeki-${tag}.js`));
    const entry = modules.map((url) => `import ${JSON.stringify(new URL(url).pathname)};`).join('\n');
    const kit = await bundle(entry, join(folder, 'kit'), [minifyTemplates() as unknown as Plugin]);
    const others: Record<string, Size> = {};
    for (const [name, code] of Object.entries(OTHERS)) {
      others[name] = size((await bundle(code, join(folder, name.replace(/\W/g, '-')), [])).values());
    }
    return { kit: { ...(await loadedInACall(kit)), all: size(kit.values()) }, others };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Bundles a module the way `vite.config.ts` makes the one-file kit; all contestants alike. */
async function bundle(code: string, outDir: string, plugins: Plugin[]): Promise<Files> {
  const id = 'bench-entry';
  const virtual: Plugin = {
    name: id,
    resolveId: (source) => (source.endsWith(id) ? join(import.meta.dirname, `${id}.js`) : null),
    load: (path) => (path.endsWith(`${id}.js`) ? code : null),
  };
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [virtual, ...plugins],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: true,
      modulePreload: false,
      lib: { entry: { entry: id }, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: {
          minify: true,
          comments: false,
          // What a page loads at once is one file; the bundler would else make a chunk of what later ones share.
          codeSplitting: { groups: [{ name: 'page', test: /\/dist\/define\// }] },
          entryFileNames: 'entry.js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  });
  const names = (await readdir(outDir)).filter((name) => name.endsWith('.js'));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(outDir, name))] as const)),
  );
}

function size(files: Iterable<Buffer>): Size {
  const all = [...files];
  return {
    bytes: all.reduce((sum, file) => sum + file.length, 0),
    gzip: all.reduce((sum, file) => sum + gzipSync(file, { level: constants.Z_BEST_COMPRESSION }).length, 0),
    files: all.length,
  };
}

/** Holds a real call between two pages on the bundle, and sees which of its files each of them loads. */
async function loadedInACall(files: Files): Promise<Omit<Sizes['kit'], 'all'>> {
  const demo = await startDemo();
  const browser = await startBrowser();
  const site = await serve(files, demo.gatewayUrl);
  try {
    const [caller, callee] = [await open(), await open()];
    const page = caller.loaded();
    await caller.desk.signIn('1001');
    await callee.desk.signIn('1002');
    await Promise.all([caller.desk.signedIn(), callee.desk.signedIn()]);
    await caller.desk.dial('1002');
    await callee.desk.press('Accept');
    await Promise.all([caller.desk.offers('Hang up'), callee.desk.offers('Hang up')]);
    const audible = () => window.ears.spectrum([807, 1438]).loudest.level > -55;
    for (const { desk } of [caller, callee]) {
      await desk.page.waitForFunction(audible, { polling: 50, timeout: 10_000 });
    }
    return { page, caller: caller.loaded(), callee: callee.loaded() };
  } finally {
    await browser.close();
    await site.close();
    await demo.close();
  }

  async function open() {
    const mark = site.requested.length;
    const desk = await Desk.open(browser, { url: site.url });
    await desk.page.waitForNetworkIdle({ idleTime: 200 });
    const seen = new Set(site.requested.slice(mark));
    desk.page.on('request', (request) => seen.add(new URL(request.url()).pathname.slice(1)));
    const loaded = () => size([...files].filter(([name]) => seen.has(name)).map(([, file]) => file));
    return { desk, loaded };
  }
}

/** Serves the bundle with a page of the five tags. */
async function serve(files: Files, gateway: string) {
  const tags = TAGS.filter((tag) => tag !== 'client').map((tag) => `<ozeki-${tag}></ozeki-${tag}>`);
  const html = `<!doctype html><html lang="en"><title>Kit</title><script type="module" src="/entry.js"></script>
<ozeki-client server="${gateway}">${tags.join('')}</ozeki-client></html>`;
  const requested: string[] = [];
  const server = createServer((request, response) => {
    const name = request.url!.slice(1);
    requested.push(name);
    const file = files.get(name);
    if (file) response.setHeader('content-type', 'text/javascript').end(file);
    else if (name === '') response.setHeader('content-type', 'text/html').end(html);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requested,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
