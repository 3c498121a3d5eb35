/** Every page of the demo opens without an error, under its strict policy, and for everybody. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears } from '../support/instrument.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const { modules } = JSON.parse(
  readFileSync(new URL('../../custom-elements.json', import.meta.url), 'utf8'),
) as {
  modules: { declarations?: { customElement?: boolean; tagName?: string }[] }[];
};
const TAGS = modules
  .flatMap(({ declarations = [] }) => declarations)
  .flatMap(({ customElement, tagName }) => (customElement && tagName ? [tagName] : []));

/** In the order of the way between them. */
const PAGES: readonly (readonly [path: string, tags: readonly string[]])[] = [
  ['/', ['ozeki-client', 'ozeki-dialpad', 'ozeki-call', 'ozeki-session-list', 'ozeki-extension-status']],
  ['/webphone/', ['ozeki-webphone']],
  ['/tags/', []],
  ['/crm/', ['ozeki-webphone']],
  ['/operator/', ['ozeki-client', 'ozeki-operator-panel', 'ozeki-call', 'ozeki-incoming-call']],
  ['/theming/', ['ozeki-client', 'ozeki-dialpad', 'ozeki-call']],
  ['/faults/', ['ozeki-client', 'ozeki-call']],
  ['/ozeki-api/', []],
  ['/http-api/', []],
];

/** Up to here what moves while a page loads is not meant to be felt (Cumulative Layout Shift). */
const STILL = 0.1;
type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };

declare global {
  interface Window {
    /** How much moved by itself, and what. */
    moved: string[];
  }
}

describe('the pages of the demo', () => {
  let demo: Demo;
  let browser: Browser;
  const desks: Desk[] = [];
  const told: string[] = [];

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  afterEach(async () => {
    const troubles = told.splice(0);
    for (const desk of desks.splice(0)) {
      troubles.push(...desk.errors, ...(await desk.violations()));
      await desk.close();
    }
    assert.deepEqual(troubles, [], 'no page said anything, threw, or broke its policy');
  });

  /** Opens a page, signed in as somebody. */
  async function open(path: string, account = '', tone = 807): Promise<Desk> {
    const desk = await Desk.open(browser, { url: 'about:blank', tone });
    desks.push(desk);
    const { page } = desk;
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) told.push(`${path}: ${message.text()}`);
    });
    page.on('response', (response) => {
      if (!response.ok() && response.status() !== 304) told.push(`${response.status()} ${response.url()}`);
    });
    await page.evaluateOnNewDocument((who) => sessionStorage.setItem('demo.account', who), account);
    // The tester listens to the phone system as long as it is open.
    await page.goto(demo.url + path, { waitUntil: path === '/http-api/' ? 'load' : 'networkidle0' });
    return desk;
  }

  const violationsOf = async (page: Page): Promise<string[]> => {
    // By the debugger, which the policy of the page does not concern.
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run({});
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
    });
  };

  const areDefined = (page: Page, tags: readonly string[]) =>
    page.waitForFunction(
      (names) => names.every((name) => customElements.get(name) && document.querySelector(name)),
      {},
      tags,
    );

  for (const [path, tags] of PAGES)
    it(`${path} opens, has its tags and is accessible`, async () => {
      const { page } = await open(path, path === '/operator/' ? '1004' : '1001');
      await areDefined(page, tags);
      await page.waitForSelector('header nav');
      assert.deepEqual(
        await page.$$eval('header nav a', (links) => links.map(({ pathname }) => pathname)),
        PAGES.slice(1).map(([other]) => other),
        'the way to all the others',
      );
      const here = await page.$$eval('header nav a[aria-current]', (links) =>
        links.map(({ pathname }) => pathname),
      );
      assert.deepEqual(here, path === '/' ? [] : [path]);
      assert.deepEqual(await violationsOf(page), []);
      for (const width of [320, 1600]) {
        await page.setViewport({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} is ${over} px too wide for ${width} px`);
      }
    });

  it('stand still while they load', async () => {
    const { page } = await open('/ozeki-api/');
    await page.evaluateOnNewDocument(() => {
      const moved: string[] = (window.moved = []);
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as Shift[])
          moved.push(`${value.toFixed(3)} ${sources.map(({ node }) => node?.nodeName).join()}`);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const width of [360, 1300]) {
      await page.setViewport({ width, height: 900 });
      for (const [path, tags] of PAGES.filter(([, tags]) => tags.length)) {
        await page.goto(demo.url + path, { waitUntil: 'networkidle0' });
        await areDefined(page, tags);
        const moved = await page.evaluate(() => window.moved);
        const sum = moved.reduce((all, shift) => all + parseFloat(shift), 0);
        assert.ok(sum < STILL, `${path}, ${width} px wide: ${moved.join(' | ')}`);
      }
    }
  });

  it('lists every tag, with a page about each: examples that live, and what it has', async () => {
    const { page } = await open('/tags/');
    const links = await page.$$eval('.cards a', (all) => all.map((a) => a.getAttribute('href')));
    assert.deepEqual(
      links,
      [...TAGS].sort().map((tag) => `?tag=${tag}`),
    );
    for (const tag of TAGS) {
      await page.goto(`${demo.url}/tags/?tag=${tag}`, { waitUntil: 'networkidle0' });
      await areDefined(page, [tag]);
      const { examples, rows, empty } = await page.evaluate(
        (name) => ({
          examples: document.querySelectorAll(`.live ${name}`).length,
          rows: document.querySelectorAll('.api tbody tr').length,
          empty: [...document.querySelectorAll('.api td:last-child')].filter((td) => !td.textContent).length,
        }),
        tag,
      );
      assert.ok(examples > 0, `${tag} has examples`);
      assert.ok(rows > 5, `${tag} has ${rows} rows`);
      assert.equal(empty, 0, `${tag}: everything is explained`);
      assert.deepEqual(await violationsOf(page), [], tag);
    }
  });

  it('says which tags there are to whoever asks for another', async () => {
    const { page } = await open('/tags/?tag=ozeki-teapot');
    await page.waitForSelector('.cards');
    assert.match(await page.$eval('#page', (one) => one.textContent), /no tag ozeki-teapot/);
  });

  it('opens the record of a customer who calls, and calls a number of the page', async () => {
    const crm = await open('/crm/', '1001', 807);
    const caller = await open('/', '', 1438);
    await caller.signIn('1003');
    await caller.signedIn();
    await crm.signedIn();
    await caller.dial('1001');
    await crm.page.waitForFunction(
      () => document.querySelector('#record h2')?.textContent === 'Chloé Martin',
    );
    assert.equal(await crm.page.$eval('#told', (one) => one.textContent), 'Chloé Martin is calling.');
    await crm.press('Accept');
    await Promise.all([hears(crm.page, 1438), hears(caller.page, 807)]);
    await caller.press('Hang up');
    await crm.page.waitForFunction(
      () =>
        !document
          .querySelector('ozeki-webphone')!
          .phone.getState()
          .calls.some(({ state }) => state !== 'ended'),
    );
    await crm.page.click('#record .tel a');
    await caller.press('Accept');
    await Promise.all([hears(crm.page, 1438), hears(caller.page, 807)]);
  });

  it('themes by tokens: what is chosen is seen, and is the style sheet', async () => {
    const { page } = await open('/theming/');
    for (const theme of ['Calm', 'Square', 'Contrast']) {
      await page.click(`[value=${theme}]`);
      await page.waitForFunction(
        (file) => [...document.styleSheets].some(({ href }) => href?.endsWith(file)),
        {},
        `${theme.toLowerCase()}.css`,
      );
      assert.deepEqual(await violationsOf(page), [], theme);
    }
    await page.$eval('[data-token=radius-l]', (input) => {
      (input as HTMLInputElement).value = '0px';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    assert.match(await page.$eval('#css', (one) => one.textContent), /--ozeki-radius-l: 0px;/);
    const radius = await page.$eval(
      'ozeki-dialpad',
      (tag) => getComputedStyle(tag.shadowRoot!.querySelector('.base')!).borderRadius,
    );
    assert.equal(radius, '0px');
  });
});
