/** The API as one classic script, on a page that is no secure context. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { build } from 'vite';
import { demoSettings, startPhoneSystem, type RunningPhoneSystem } from '../../../src/pbx/index.js';
import { startBrowser } from '../../support/browser.js';

/** A name that is not loopback, which the browser is told leads here. */
const HOST = 'pbx.example';

let browser: Browser;
let system: RunningPhoneSystem;
let url: string;
const server = createServer((request, response) => {
  const html = '<!doctype html><script src="/WebphoneAPI"></script>';
  const isScript = request.url === '/WebphoneAPI';
  response
    .setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    .end(isScript ? script : html);
});
let script = '';

before(async () => {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2020',
      rolldownOptions: { input: 'src/api/webphone-api.ts', output: { format: 'iife', codeSplitting: false } },
    },
  })) as unknown as { output: [{ code: string }] };
  script = built.output[0].code;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://${HOST}:${(server.address() as AddressInfo).port}/`;
  const free = { port: 0, gatewayPort: 0, apiPort: 0, logLevel: 'error' as const, data: ':memory:' };
  system = await startPhoneSystem({ ...demoSettings(), ...free, allowedOrigins: [new URL(url).origin] });
  browser = await startBrowser([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
});

after(async () => {
  await browser?.close();
  await system?.close();
  server.closeAllConnections();
  server.close();
});

test('defines the globals, connects, and says why there is no call', async () => {
  const page = await browser.newPage();
  const errors: unknown[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(url);
  const found = await page.evaluate(
    `(async () => {
      const port = ${system.ports.gateway};
      const names = 'OzWebClient OzCamera Call Session Extension User Helper ConnectionState CallState SessionState CallType';
      const missing = names.split(' ').filter((name) => !(name in globalThis));
      const granted = new Promise((resolve) => OzWebClient.onConnectionStateChanged(resolve));
      const failed = new Promise((resolve) => OzWebClient.onErrorOccured(resolve));
      OzWebClient.connect('${HOST}:' + port, '1001', { Password: 'demo-1001' });
      const { State } = await granted;
      const extensions = OzWebClient.helper.getExtensions().length;
      OzWebClient.createCall('1002').start();
      const { reason, message, method } = await failed;
      return { secure: isSecureContext, missing, State, extensions, cameras: OzCamera.getNames(), reason, message, method };
    })()`,
  );
  const { message, ...rest } = found as { message: string };
  assert.deepEqual(rest, {
    secure: false,
    missing: [],
    State: 'ACCESS_GRANTED',
    extensions: 6,
    cameras: [],
    reason: 'insecure-context',
    method: 'start',
  });
  assert.match(message, /secure context/);
  assert.deepEqual(errors, []);
});

test('a second copy changes nothing', async () => {
  const page = await browser.newPage();
  await page.goto(url);
  const same = await page.evaluate(`(async () => {
    const first = OzWebClient;
    await new Promise((loaded) => {
      const again = Object.assign(document.createElement('script'), { src: '/WebphoneAPI', onload: loaded });
      document.head.append(again);
    });
    return OzWebClient === first;
  })()`);
  assert.equal(same, true);
});
