import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears } from '../support/instrument.js';

describe('a page of another origin: one script tag and its HTML', () => {
  let demo: Demo;
  let browser: Browser;
  let site: Server;
  let siteUrl: string;

  /** A company's web site: its visitors phone the front desk through the outside line. */
  const visitorPage = () => `<!doctype html><html lang="en"><title>Shop</title>
    <script type="module" src="${demo.url}/ozeki-webphone.js"></script>
    <ozeki-client token="website"><ozeki-dialpad></ozeki-dialpad><ozeki-call></ozeki-call></ozeki-client>`;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    site = createServer((request, response) => {
      const asked: Record<string, [string, string]> = {
        '/': ['text/html', visitorPage()],
        '/token': ['application/json', JSON.stringify({ token: 'website' })],
        '/token-url': ['text/html', visitorPage().replace('token="website"', 'token-url="/token"')],
        '/classic': [
          'text/html',
          visitorPage().replace('type="module"', '').replace('webphone.js', 'webphone.classic.js'),
        ],
      };
      const [type, body] = asked[request.url ?? ''] ?? ['text/plain', ''];
      response.setHeader('content-type', type);
      // A site as strict as it can be while it uses the kit.
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src ${demo.url}; connect-src 'self' ${demo.url.replace('http', 'ws')}; require-trusted-types-for 'script'`,
      );
      response.end(body);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });

  for (const path of ['/', '/token-url', '/classic']) {
    it(`phones from ${path}, under the strictest policy`, async () => {
      const front = await Desk.open(browser, { url: demo.url, tone: 807 });
      await front.signIn('1001');
      await front.signedIn();
      const visitor = await Desk.open(browser, { url: siteUrl + path, tone: 1438 });
      await visitor.signedIn();
      await visitor.press('Call');
      await front.shows('ozeki-call', /Website visitor/);
      await front.press('Accept');
      await Promise.all([hears(front.page, 1438, [807]), hears(visitor.page, 807, [1438])]);
      assert.deepEqual(await visitor.violations(), []);
      await visitor.press('Hang up');
      await visitor.close();
      await front.close();
      await demo.quiet();
    });
  }

  it('serves the kit and every chunk with CORS and a content hash', async () => {
    const kit = await fetch(`${demo.url}/ozeki-webphone.js`, { headers: { origin: siteUrl } });
    assert.equal(kit.status, 200);
    assert.match(kit.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.equal(kit.headers.get('access-control-allow-origin'), '*');
    assert.match(kit.headers.get('etag') ?? '', /^"[\w+/=-]{16,}"$/);
    const chunks = [...(await kit.text()).matchAll(/["'`]\.\/(chunks\/[\w.-]+\.js)["'`]/g)].map(
      ([, name]) => name,
    );
    assert.ok(chunks.length > 0);
    for (const name of new Set(chunks)) {
      const chunk = await fetch(`${demo.url}/${name}`);
      assert.equal(chunk.status, 200, name);
      assert.equal(chunk.headers.get('access-control-allow-origin'), '*');
      assert.match(chunk.headers.get('cache-control') ?? '', /immutable/);
    }
  });
});
