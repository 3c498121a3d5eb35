/** The session list beside the same table written by hand and in React, in turns on the same machine. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import minifyTemplates from 'rollup-plugin-minify-template-literals';
import { build } from 'vite';
import { startBrowser } from '../../test/support/browser.js';
import type { Contestant } from './page.js';

export const CONTESTANTS: Record<Contestant, string> = {
  kit: '<ozeki-session-list>',
  hand: 'windowed table by hand',
  react: 'React with TanStack Virtual',
  none: 'the phone without a list',
};

export const SESSIONS = 10_000;
export const CHANGES = 1000;
const SECONDS = 3;

/** Milliseconds: until the first rows are painted; script for 1,000 changes; the longest frame meanwhile. */
export interface ListTimes {
  readonly paint: number[];
  readonly script: number[];
  readonly frame: number[];
}

export async function measureSessionList(
  runs: number,
  progress: (done: number) => void,
): Promise<Record<Contestant, ListTimes>> {
  const folder = await mkdtemp(join(tmpdir(), 'ozeki-bench-'));
  const browser = await startBrowser();
  const site = await serve(await bundle(folder));
  const kinds = Object.keys(CONTESTANTS) as Contestant[];
  const times = Object.fromEntries(
    kinds.map((kind) => [kind, { paint: [], script: [], frame: [] } as ListTimes]),
  ) as unknown as Record<Contestant, ListTimes>;
  try {
    // The first of each is not counted: code is compiled for the first time.
    for (let run = -1; run < runs; run++) {
      for (const kind of [...kinds.slice(run % kinds.length), ...kinds].slice(0, kinds.length)) {
        const { paint, script, frame } = await measure(browser, site.url, kind);
        if (run < 0) continue;
        times[kind].paint.push(paint);
        times[kind].script.push(script);
        times[kind].frame.push(frame);
      }
      progress(run + 1);
    }
    return times;
  } finally {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true });
  }
}

async function measure(browser: Browser, url: string, kind: Contestant) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(url);
  const paint = await page.evaluate((one, count) => window.list.show(one, count), kind, SESSIONS);
  // What is loaded for a list this long is here by then.
  await page.waitForNetworkIdle({ idleTime: 200 });
  await page.evaluate((count) => window.list.change(count), CHANGES);
  const script = async () => (await page.metrics()).ScriptDuration! * 1000;
  const before = await script();
  let frame = 0;
  for (let second = 0; second < SECONDS; second++)
    frame = Math.max(frame, await page.evaluate((count) => window.list.change(count), CHANGES));
  const spent = (await script()) - before;
  await context.close();
  if (errors.length) throw new Error(`${CONTESTANTS[kind]}: ${errors[0]}`);
  return { paint, script: spent / SECONDS, frame };
}

async function bundle(outDir: string): Promise<Map<string, Buffer>> {
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [minifyTemplates({ exclude: ['**/node_modules/**'] })],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: true,
      modulePreload: false,
      lib: { entry: { page: 'bench/session-list/page.ts' }, formats: ['es'] },
      rolldownOptions: {
        output: { minify: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const names = await readdir(outDir);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(outDir, name))] as const)),
  );
}

async function serve(files: Map<string, Buffer>) {
  const html =
    '<!doctype html><html lang="en"><title>Sessions</title><script type="module" src="/page.js"></script>';
  const server = createServer((request, response) => {
    const file = files.get(request.url!.slice(1));
    if (file) response.setHeader('content-type', 'text/javascript').end(file);
    else response.setHeader('content-type', 'text/html').end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
