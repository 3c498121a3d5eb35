/**
 * Bundle sizes: the kit beside other web phones, made by the same bundler with the same settings. The kit's bundle is
 * that of the size budget (`npm run size`): its five tags, by the exports of the package.
 */
import { readFile, readdir, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { startBrowser } from '../test/support/browser.js';
import { startDemo } from '../test/support/demo.js';
import { loadedUntilACall, servePage } from '../test/support/until-a-call.js';
import { terser } from '../vite.config.js';

/** One bundle, or those of its files that were loaded. */
export interface Size {
  readonly bytes: number;
  readonly gzip: number;
  readonly files: number;
}

export interface Sizes {
  readonly kit: {
    readonly page: Size;
    readonly caller: Size;
    readonly callee: Size;
    readonly all: Size;
    /** What a page loads at once when an application's bundler makes it of the package's modules and of Lit's. */
    readonly imported: Size;
  };
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
    const outDir = join(folder, 'kit');
    await build({ mode: 'five-tags', logLevel: 'error', build: { outDir, emptyOutDir: true } });
    const kit = await scriptsIn(outDir);
    const others: Record<string, Size> = {};
    for (const [name, code] of Object.entries(OTHERS)) {
      others[name] = size((await bundle(code, join(folder, name.replace(/\W/g, '-')))).values());
    }
    const modules = TAGS.map((tag) => import.meta.resolve(`ozeki-webphone/ozeki-${tag}.js`));
    const entry = modules.map((url) => `import ${JSON.stringify(new URL(url).pathname)};`).join('\n');
    const imported = await bundle(entry, join(folder, 'imported'), /\/dist\/define\//);
    const atOnce = [...imported].filter(([name]) => /^(entry|page-.*)\.js$/.test(name));
    return {
      kit: {
        ...(await loadedInACall(kit)),
        all: size(kit.values()),
        imported: size(atOnce.map(([, file]) => file)),
      },
      others,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Bundles a module the way `vite.config.ts` makes the one-file kit. */
async function bundle(code: string, outDir: string, page = /^$/): Promise<Files> {
  const id = 'bench-entry';
  const virtual: Plugin = {
    name: id,
    resolveId: (source) => (source.endsWith(id) ? join(import.meta.dirname, `${id}.js`) : null),
    load: (path) => (path.endsWith(`${id}.js`) ? code : null),
  };
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [virtual, terser],
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
          codeSplitting: { groups: [{ name: 'page', test: page }] },
          entryFileNames: 'entry.js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  });
  return scriptsIn(outDir);
}

/** The scripts in a folder, those of its folders by their path. */
async function scriptsIn(folder: string): Promise<Files> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
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
async function loadedInACall(files: Files): Promise<Pick<Sizes['kit'], 'page' | 'caller' | 'callee'>> {
  const demo = await startDemo();
  const browser = await startBrowser();
  const tags = TAGS.filter((tag) => tag !== 'client').map((tag) => `ozeki-${tag}`);
  const site = await servePage({ tags, script: '/five-tags.js', gateway: demo.gatewayUrl }, files);
  try {
    const { page, caller, callee } = await loadedUntilACall(browser, site.url);
    const of = (names: readonly string[]) =>
      size([...files].filter(([name]) => names.includes(name)).map(([, file]) => file));
    return { page: of(page), caller: of(caller), callee: of(callee) };
  } finally {
    await browser.close();
    await site.close();
    await demo.close();
  }
}
