/** Nothing on a page moves when the kit arrives after it, given the style sheet that keeps room for the tags. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, HTTPRequest } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { startKitSite, type KitSite } from '../support/kit-site.js';

const IN_A_CLIENT = [
  ...['dialpad', 'call', 'session-list', 'extension-status', 'incoming-call', 'call-history', 'call-list'],
  ...['chat', 'contacts', 'call-quality', 'camera', 'device-settings', 'operator-panel', 'webphone'],
];

/** Each tag as it is first shown, with something below it that would move. */
const TAGS = `<ozeki-client></ozeki-client><p>Below it.</p>
<ozeki-webphone></ozeki-webphone><p>Below it.</p>
<ozeki-webphone floating></ozeki-webphone>
<ozeki-client no-sign-in>
  ${IN_A_CLIENT.map((name) => `<ozeki-${name}></ozeki-${name}><p>Below it.</p>`).join('\n')}
</ozeki-client>
<p>A line with <ozeki-call-button number="1002">Call sales</ozeki-call-button> and
<ozeki-call-button number="1"></ozeki-call-button> in it.</p>
<p>The end.</p>`;

/** A line of text that takes its place within a tag counts 0.0001 on these pages; what is meant to be good is below 0.1. */
const UNSEEN = 0.001;

/** Runs in the page. */
function watch(): void {
  const shifts: string[] = [];
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    })[]) {
      const moved = entry.sources.map(
        ({ node, previousRect: from, currentRect: to }) =>
          `${(node as Partial<Element> | null)?.localName} from ${from.y} (${from.height}) to ${to.y} (${to.height})`,
      );
      shifts.push(`${entry.value.toFixed(4)}: ${moved.join(', ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

describe('a page to which the kit comes late', () => {
  let demo: Demo;
  let browser: Browser;
  let site: KitSite;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
    const room = `<link rel="stylesheet" href="${demo.url}/reserve.css">`;
    site = await startKitSite(demo, { '/': TAGS, '/room': room + TAGS });
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });

  /** What moved, as the browser tells, on a page of this width. */
  async function shifts(path: string, width: number): Promise<{ sum: number; told: string }> {
    const page = await browser.newPage();
    try {
      const kit = new Promise<HTTPRequest>((resolve) => {
        page.on('request', (request) => {
          if (request.url().endsWith('/ozeki-webphone.js')) resolve(request);
          else void request.continue();
        });
      });
      await page.setRequestInterception(true);
      await page.setViewport({ width, height: 6500 });
      await page.evaluateOnNewDocument(watch);
      void page.goto(site.url + path);
      await page.waitForSelector('body > p:last-child');
      const painted = () =>
        page.evaluate(
          () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
        );
      await painted();
      assert.equal(await page.$$eval(':not(:defined)', (tags) => tags.length), 20);
      await (await kit).continue();
      await page.waitForFunction(
        () =>
          [...document.body.querySelectorAll('*')]
            .filter(({ localName }) => localName.includes('-'))
            .every((tag) => tag.matches(':defined') && tag.shadowRoot?.firstElementChild),
        { polling: 50, timeout: 60_000 },
      );
      // What tags load once they are there may move things, too.
      await page.waitForNetworkIdle({ idleTime: 300, timeout: 60_000 });
      await painted();
      const moved = await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
      return { sum: moved.reduce((all, shift) => all + parseFloat(shift), 0), told: moved.join('\n') };
    } finally {
      await page.close();
    }
  }

  for (const width of [360, 1100])
    it(`stands still with the style sheet that keeps room, ${width} px wide`, async () => {
      const { sum, told } = await shifts('/room', width);
      assert.ok(sum < UNSEEN, told);
    });

  it('moves without it', async () => {
    const { sum, told } = await shifts('/', 360);
    assert.ok(sum > UNSEEN, told);
  });
});
