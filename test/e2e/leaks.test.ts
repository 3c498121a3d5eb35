import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, until, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';

const CALLS = 50;

describe(`${CALLS} calls in a row`, () => {
  let demo: Demo;
  let browser: Browser;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  it('leave no peer connection, microphone, listener, timer or leg behind', async () => {
    const front = await Desk.open(browser, { url: demo.url, tone: 807 });
    const sales = await Desk.open(browser, { url: demo.url, tone: 1438 });
    await front.signIn('1001');
    await sales.signIn('1002');
    await Promise.all([front.signedIn(), sales.signedIn()]);
    const devtools = await Promise.all([front.page.createCDPSession(), sales.page.createCDPSession()]);

    // The first calls load what is loaded once.
    for (let call = 0; call < 5; call++) await oneCall(front, sales);
    await atRest(demo, front.page, sales.page);
    const before = await Promise.all(devtools.map(listeners));
    const serverBefore = serverResources();

    for (let call = 5; call < CALLS; call++) await oneCall(front, sales);
    await atRest(demo, front.page, sales.page);
    const after = await Promise.all(devtools.map(listeners));
    for (const [index, count] of after.entries()) {
      assert.ok(
        count <= before[index]! + 5,
        `listeners in page ${index}: ${before[index]} before, ${count} after`,
      );
    }
    const serverAfter = await until(serverResources, (now) => now.total <= serverBefore.total + 2);
    assert.ok(
      serverAfter.total <= serverBefore.total + 2,
      `sockets and timers: ${JSON.stringify(serverBefore)} before, ${JSON.stringify(serverAfter)} after`,
    );
  });
});

/** One call through the phones of the two pages: dialled, accepted, connected, hung up by either in turn. */
async function oneCall(front: Desk, sales: Desk): Promise<void> {
  await front.page.evaluate(async () => {
    await document.querySelector('ozeki-client')!.phone.dial('1002');
  });
  await sales.page.evaluate(async () => {
    const { phone } = document.querySelector('ozeki-client')!;
    const ringing = () => phone.getState().calls.find((call) => call.state === 'ringing');
    await new Promise<void>((resolve) => {
      if (ringing()) return resolve();
      const stop = phone.subscribe(() => {
        if (!ringing()) return;
        stop();
        resolve();
      });
    });
    await phone.accept(ringing()!.id);
  });
  const mediaUp = (page: Page) =>
    page.waitForFunction(
      () =>
        document
          .querySelector('ozeki-client')!
          .phone.getState()
          .calls.some((call) => call.state === 'active' && call.media === 'connected'),
      { polling: 20 },
    );
  await Promise.all([mediaUp(front.page), mediaUp(sales.page)]);
  await front.page.evaluate(async () => {
    const { phone } = document.querySelector('ozeki-client')!;
    const call = phone.getState().calls.find(({ state }) => state === 'active')!;
    await phone.hangUp(call.id);
    for (const { id } of phone.getState().calls) phone.dismiss(id);
  });
  await sales.page.waitForFunction(
    () =>
      document
        .querySelector('ozeki-client')!
        .phone.getState()
        .calls.every((call) => call.state === 'ended'),
    { polling: 20 },
  );
  await sales.page.evaluate(() => {
    const { phone } = document.querySelector('ozeki-client')!;
    for (const { id } of phone.getState().calls) phone.dismiss(id);
  });
}

async function atRest(demo: Demo, ...pages: Page[]): Promise<void> {
  for (const page of pages) {
    await page.waitForFunction(
      () => window.ears.openConnections() === 0 && window.ears.liveMicrophones() === 0,
      { polling: 50 },
    );
  }
  const vitals = await until(
    () => demo.phoneSystem.vitals(),
    (now) => now.sessions + now.legs + now.mediaLegs === 0,
  );
  assert.deepEqual({ ...vitals, connections: 2 }, { connections: 2, sessions: 0, legs: 0, mediaLegs: 0 });
}

/** Event listeners in a page after its garbage is collected. */
async function listeners(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSEventListeners')!.value;
}

/** What keeps this process, and the phone system in it, busy: sockets and timers. */
function serverResources(): { total: number; udp: number; timers: number } {
  const kinds = process.getActiveResourcesInfo();
  const count = (pattern: RegExp) => kinds.filter((kind) => pattern.test(kind)).length;
  const udp = count(/UDP/);
  const timers = count(/Timeout|Immediate/);
  return { total: udp + timers, udp, timers };
}
