/** Where pages of the JavaScript API may come from, and what works there. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { makeCertificate } from '../node/http/certificate.js';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { connect, Gallery } from '../support/gallery.js';
import { hears } from '../support/instrument.js';

const FRONT_DESK = 807;
const SALES = 1438;

describe('pages of the JavaScript API on a plain-http host', () => {
  let demo: Demo;
  let browser: Browser;
  let gallery: Gallery;
  /** Pages of this machine, which browsers trust without https. */
  let local: Gallery;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser(['--host-resolver-rules=MAP pbx.test 127.0.0.1']);
    const url = new URL(demo.url);
    url.hostname = 'pbx.test';
    gallery = new Gallery(browser, url.origin);
    local = new Gallery(browser, demo.url);
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  afterEach(async () => {
    await Promise.all([gallery.close(), local.close()]);
    await demo.quiet();
  });

  it('connect, know users, and watch and end sessions, without a microphone', async () => {
    const hud = await gallery.visit({ page: 'hud', extension: '1004' });
    assert.equal(await hud.page.evaluate(() => isSecureContext), false);
    await hud.shows('#users', 'Anna Kovács');
    const callee = await local.visit({ page: 'incoming-call', extension: '1002', tone: SALES });
    const caller = await local.visit({ page: 'outgoing-call', extension: '1001', tone: FRONT_DESK });
    await caller.press('Call');
    await callee.press('Accept');
    await hud.shows('#sessions', /1001 Sales 1002 InCall/);
    await hud.press('Hang up');
    await Promise.all([caller, callee].map((desk) => desk.shows('#state', 'COMPLETED')));
  });

  it('have no call, and are told why', async () => {
    const desk = await gallery.visit({ page: 'outgoing-call', extension: '1001' });
    await desk.press('Call');
    await desk.shows('#error', /secure context.*https.*localhost/);
    await desk.shows('#states', /^\s*COMPLETED\s*$/);
    assert.equal(demo.phoneSystem.vitals().sessions, 0);
  });

  it('are told of a call and why it cannot be accepted; it may be rejected', async () => {
    const callee = await gallery.visit({ page: 'incoming-call', extension: '1002' });
    const caller = await local.visit({ page: 'outgoing-call', extension: '1001' });
    await caller.press('Call');
    await callee.press('Accept');
    await callee.shows('#error', /secure context/);
    await callee.shows('#state', 'RINGING');
    await callee.press('Reject');
    await caller.shows('#state', 'REJECTED');
  });

  it('load every page without throwing anything', async () => {
    for (const page of ['video', 'two-calls', 'chat', 'conference', 'dtmf', 'transfer', 'popup']) {
      await gallery.visit({ page });
    }
  });
});

describe('pages of the JavaScript API with a certificate', () => {
  let demo: Demo;
  let browser: Browser;
  let gallery: Gallery;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ozeki-api-'));
    const { cert, key } = makeCertificate(folder, 'pbx');
    demo = await startDemo({ tlsCert: cert, tlsKey: key });
    browser = await startBrowser([
      '--ignore-certificate-errors',
      '--host-resolver-rules=MAP pbx.test 127.0.0.1',
    ]);
    const url = new URL(demo.url);
    url.hostname = 'pbx.test';
    gallery = new Gallery(browser, url.origin);
  });
  after(async () => {
    await gallery.close();
    await browser.close();
    await demo.close();
    rmSync(folder, { recursive: true });
  });

  it('connect by wss to the port of the gateway, and call', async () => {
    const callee = await gallery.visit({ page: 'incoming-call', extension: '1002', tone: SALES });
    const caller = await gallery.open({ page: 'outgoing-call', tone: FRONT_DESK });
    const devtools = await caller.page.createCDPSession();
    await devtools.send('Network.enable');
    const sockets: string[] = [];
    devtools.on('Network.webSocketCreated', ({ url }) => sockets.push(url));
    await connect(caller, { extension: '1001' });
    await caller.shows('#connection', 'ACCESS_GRANTED');
    const { port } = new URL(demo.gatewayUrl);
    assert.deepEqual(
      sockets.map((url) => new URL(url).origin),
      [`wss://pbx.test:${port}`],
    );
    await caller.press('Call');
    await callee.press('Accept');
    await Promise.all([hears(caller.page, SALES, [FRONT_DESK]), hears(callee.page, FRONT_DESK, [SALES])]);
    await caller.press('Hang up');
    await callee.shows('#state', 'COMPLETED');
  });
});

describe('pages of the JavaScript API from a public address', () => {
  let demo: Demo;
  let site: Server;
  let siteUrl: string;
  let browser: Browser;

  before(async () => {
    demo = await startDemo();
    const { port } = new URL(demo.gatewayUrl);
    site = createServer((request, response) => {
      response.setHeader('content-type', 'text/html');
      // The site has a copy of the script: only the connection reaches a private address.
      if (request.url === '/WebphoneAPI') {
        void fetch(`${demo.url}/WebphoneAPI`).then(async (script) => {
          response.setHeader('content-type', 'text/javascript').end(await script.text());
        });
        return;
      }
      response.end(`<!doctype html><html lang="en"><title>Shop</title>
        <script type="text/javascript" src="/WebphoneAPI"></script>
        <p id="connection"></p><p id="reason"></p>
        <script type="text/javascript">
          OzWebClient.onConnectionStateChanged(function (info) {
            document.getElementById('connection').textContent = info.State;
            document.getElementById('reason').textContent = info.Reason;
          });
        </script>
        <button onclick="OzWebClient.connect('127.0.0.1:${port}', '1001', { Password: 'demo-1001' })">
          Connect
        </button></html>`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const address = (site.address() as AddressInfo).port;
    siteUrl = `http://localhost:${address}`;
    browser = await startBrowser([`--ip-address-space-overrides=127.0.0.1:${address}=public`]);
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });

  for (const [setting, state, reason] of [
    ['granted', 'ACCESS_GRANTED', ''],
    ['denied', 'CONNECTION_FAILED', 'unreachable'],
  ] as const) {
    it(`are told ${state} when local-network access is ${setting}`, async () => {
      const desk = await Desk.open(browser, { url: siteUrl });
      const devtools = await browser.target().createCDPSession();
      await devtools.send('Browser.setPermission', {
        permission: { name: 'loopback-network' },
        setting,
        origin: siteUrl,
        browserContextId: desk.context.id!,
      });
      await desk.press('Connect');
      await desk.shows('#connection', state);
      await desk.shows('#reason', new RegExp(`^\\s*${reason}\\s*$`));
      await desk.close();
    });
  }
});
