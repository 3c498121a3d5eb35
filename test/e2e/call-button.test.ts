import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { keyboard } from '../support/hands.js';
import { hears } from '../support/instrument.js';

const FRONT_DESK = 807;
const VISITOR = 1438;

describe('a web site with a call button and nothing else of ours', () => {
  let demo: Demo;
  let browser: Browser;
  let site: Server;
  let siteUrl: string;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    site = createServer((request, response) => {
      // The button by itself, and the same tag with the script of the whole kit.
      const script = request.url === '/kit' ? 'ozeki-webphone.js' : 'ozeki-call-button.js';
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src ${demo.url}; connect-src ${demo.url.replace('http', 'ws')}; require-trusted-types-for 'script'`,
      );
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
        <script type="module" src="${demo.url}/${script}"></script>
        <ozeki-call-button number="1001" line="${request.url === '/refused' ? 'nobody' : 'website'}">Phone us</ozeki-call-button>`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });

  async function frontDesk(): Promise<Desk> {
    const front = await Desk.open(browser, { url: demo.url, tone: FRONT_DESK });
    await front.signIn('1001');
    await front.signedIn();
    return front;
  }

  for (const path of ['/', '/kit']) {
    it(`phones 1001 from ${path} by pointer, under the strictest policy, and leaves nothing behind`, async () => {
      const front = await frontDesk();
      const visitor = await Desk.open(browser, { url: siteUrl + path, tone: VISITOR });
      await visitor.offers('Phone us');
      const { connections } = demo.phoneSystem.vitals();
      assert.equal(connections, 1, 'nothing is connected before the click');
      await visitor.press('Phone us');
      await front.shows('ozeki-call', /Website visitor/);
      await visitor.shows('ozeki-call-button', 'Ringing');
      await front.press('Accept');
      await Promise.all([
        hears(front.page, VISITOR, [FRONT_DESK]),
        hears(visitor.page, FRONT_DESK, [VISITOR]),
      ]);
      await visitor.shows('ozeki-call-button', /0:0\d/);
      await front.press('Hang up');
      await visitor.shows('ozeki-call-button', 'The other side hung up.');
      assert.deepEqual(await visitor.violations(), []);
      assert.deepEqual(visitor.errors, []);
      await front.close();
      await demo.quiet();
      assert.equal(await visitor.page.evaluate(() => window.ears.liveMicrophones()), 0);
      await visitor.close();
    });
  }

  it('phones and hangs up by keyboard alone', async () => {
    const front = await frontDesk();
    const visitor = await Desk.open(browser, { url: siteUrl, tone: VISITOR });
    await keyboard.press(visitor, 'Phone us');
    await front.press('Accept');
    await Promise.all([hears(front.page, VISITOR, [FRONT_DESK]), hears(visitor.page, FRONT_DESK, [VISITOR])]);
    const digits = demo.nextDigits(1);
    await keyboard.press(visitor, 'Keypad');
    await keyboard.press(visitor, '7');
    assert.equal(await digits, '7');
    await visitor.page.keyboard.press('Escape');
    await keyboard.press(visitor, 'Hang up');
    await visitor.offers('Phone us');
    await keyboard.canGoOn(visitor);
    await front.shows('ozeki-call', 'The other side hung up.');
    await visitor.close();
    await front.close();
    await demo.quiet();
  });

  it('says that the phone system does not know the line', async () => {
    const visitor = await Desk.open(browser, { url: `${siteUrl}/refused`, tone: VISITOR });
    await visitor.press('Phone us');
    await visitor.shows('ozeki-call-button', 'Sign-in refused');
    await visitor.offers('Phone us');
    await visitor.close();
    await demo.quiet();
  });

  it('loads at most 20 kB before the click', async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const loaded: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(demo.url))
        loaded.push(
          fetch(response.url(), { headers: { 'accept-encoding': 'gzip' } }).then((answer) => {
            assert.equal(answer.headers.get('content-encoding'), 'gzip');
            return Number(answer.headers.get('content-length'));
          }),
        );
    });
    await page.goto(siteUrl);
    await page.waitForNetworkIdle({ idleTime: 300 });
    const sizes = await Promise.all(loaded);
    assert.ok(sizes.length >= 2);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total > 0 && total <= 20_000, `${total} bytes`);
    await context.close();
  });
});
