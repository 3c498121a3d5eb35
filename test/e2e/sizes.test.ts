/** The size budget counts what it says: nothing that a page has loaded when its call is up may be missing from it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { build } from 'vite';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { loadedUntilACall, servePage } from '../support/until-a-call.js';

const root = new URL('../../', import.meta.url).pathname;
const { 'size-limit': budget } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  'size-limit': { name: string; path: string[] }[];
};
const FIVE = ['ozeki-client', 'ozeki-dialpad', 'ozeki-call', 'ozeki-session-list', 'ozeki-extension-status'];
const ALL = readdirSync(join(root, 'src/elements')).filter((name) => name.startsWith('ozeki-'));

/** What only the script tag has: the entry, and what looks for tags on the page. */
const SCRIPT_TAG = /^src\/define\/(cdn[\w-]*|other-tags|on-sight)\.ts$/;

/** The modules that were made into a script; what the bundler adds itself has no map, and is no module. */
function modulesOf(script: string): string[] {
  const map = join(root, `${script}.map`);
  if (!existsSync(map)) return [];
  const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] };
  // The budget's are made of the built package: one module for each source.
  return sources.map((source) =>
    relative(root, resolve(dirname(map), source)).replace(/^dist\/(.*)\.js$/, 'src/$1.ts'),
  );
}

/** The files a path of the budget stands for: `*` is any text, `{a,b}` one of these. */
function counted(name: string): string[] {
  const paths = budget.find((entry) => entry.name === name)?.path ?? [];
  return paths.flatMap((path) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const text = path
      .slice(folder.length + 1)
      .replace(/[.+?^$()|[\]\\]/g, '\\$&')
      .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
      .replaceAll('*', '[^/]*');
    const files = readdirSync(join(root, folder)).filter((file) => new RegExp(`^${text}$`).test(file));
    assert.ok(files.length, `${path} is there`);
    return files.map((file) => `${folder}/${file}`);
  });
}

describe('the size budget', () => {
  let demo: Demo;
  let browser: Browser;

  before(async () => {
    for (const mode of ['five-tags', 'whole-kit']) await build({ root, mode, logLevel: 'error' });
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  /** The scripts that two phones on a page of these tags have asked for when their call is up. */
  async function loaded(tags: readonly string[]): Promise<string[]> {
    const script = new URL('ozeki-webphone.js', demo.url).href;
    const inside = tags.filter((tag) => tag !== 'ozeki-client');
    const site = await servePage({ tags: inside, script, gateway: demo.gatewayUrl });
    try {
      const { caller, callee } = await loadedUntilACall(browser, site.url);
      return [...new Set([...caller, ...callee])].map((name) => `dist/cdn/${name}`);
    } finally {
      await site.close();
    }
  }

  const cases = [
    { tags: FIVE, name: 'the five tags, until an audio call is up' },
    { tags: ALL, name: 'every tag, until an audio call is up' },
  ];
  for (const { tags, name } of cases) {
    it(`counts every module that is loaded: ${name}`, async (test) => {
      const scripts = await loaded(tags);
      const modules = new Set(counted(name).flatMap(modulesOf));
      const missing = scripts.flatMap(modulesOf).filter((one) => !SCRIPT_TAG.test(one) && !modules.has(one));
      assert.deepEqual([...new Set(missing)], []);
      const size = scripts.reduce((sum, one) => sum + gzipSync(readFileSync(join(root, one))).length, 0);
      test.diagnostic(`by the script tag: ${scripts.length} files, ${(size / 1000).toFixed(2)} kB`);
    });
  }

  it('counts what the call button loads before the click', async () => {
    const script = new URL('ozeki-call-button.js', demo.url).href;
    const page = await browser.newPage();
    const site = await servePage({ tags: [], script, gateway: demo.gatewayUrl });
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) asked.push(`dist/cdn${pathname}`);
    });
    await page.goto(site.url);
    await page.evaluate(() => {
      const button = document.createElement('ozeki-call-button');
      button.setAttribute('number', '1001');
      button.setAttribute('line', 'website');
      document.body.append(button);
    });
    await page.waitForFunction(() => document.querySelector('ozeki-call-button')?.matches(':defined'));
    await page.waitForNetworkIdle({ idleTime: 200 });
    const files = counted('the call button, before the click');
    assert.deepEqual(
      asked.filter((script) => !files.includes(script)),
      [],
    );
    await page.close();
    await site.close();
  });

  it('has SIP in one chunk of at most 60 kB, beside what every page loads', () => {
    const chunks = join(root, 'dist/cdn/chunks');
    // One for the kit, one for the call button.
    const names = readdirSync(chunks).filter((name) => /^sip-signaling-.*\.js$/.test(name));
    assert.equal(names.length, 2);
    for (const name of names)
      assert.ok(gzipSync(readFileSync(join(chunks, name))).length <= 60_000, `${name} is too big`);
    const others = readdirSync(chunks).filter((name) => name.endsWith('.js') && !names.includes(name));
    for (const name of others) assert.doesNotMatch(readFileSync(join(chunks, name), 'utf8'), /JsSIP/, name);
  });
});
