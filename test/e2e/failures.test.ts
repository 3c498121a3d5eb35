import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears } from '../support/instrument.js';

describe('what goes wrong is said, and leaves nothing behind', () => {
  let demo: Demo;
  let browser: Browser;
  let desks: Desk[] = [];

  before(async () => {
    demo = await startDemo({ dialPlan: { rules: [], ringSeconds: 4 } });
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  afterEach(async () => {
    for (const desk of desks) await desk.close();
    desks = [];
    await demo.quiet();
  });

  async function openDesk(extension: string, microphone?: 'refused' | 'absent'): Promise<Desk> {
    const desk = await Desk.open(browser, { url: demo.url, ...(microphone && { microphone }) });
    desks.push(desk);
    await desk.signIn(extension);
    await desk.signedIn();
    return desk;
  }

  it('a wrong password', async () => {
    const desk = await Desk.open(browser, { url: demo.url });
    desks.push(desk);
    await desk.signIn('1001', 'wrong');
    await desk.shows('ozeki-client', 'wrong extension, password or token');
    await desk.signIn('1001');
    await desk.signedIn();
  });

  it('an unknown number', async () => {
    const desk = await openDesk('1001');
    await desk.dial('4711');
    await desk.shows('ozeki-call', 'There is no such number.');
  });

  it('somebody who is not signed in', async () => {
    const desk = await openDesk('1001');
    await desk.dial('1003');
    await desk.shows('ozeki-call', 'nobody is signed in there');
  });

  it('a call that is rejected', async () => {
    const front = await openDesk('1001');
    const sales = await openDesk('1002');
    await front.dial('1002');
    await sales.press('Reject');
    await front.shows('ozeki-call', 'The call was rejected.');
  });

  it('a call that nobody answers', async () => {
    const front = await openDesk('1001');
    const sales = await openDesk('1002');
    // Seen by one who looks before it rings: that ends by itself.
    await Promise.all([sales.offers('Accept'), front.dial('1002')]);
    await front.shows('ozeki-call', 'Nobody answered.');
    await sales.shows('ozeki-call', 'Nobody answered.');
  });

  for (const microphone of ['refused', 'absent'] as const) {
    it(`a microphone that is ${microphone}: the other phone never rings`, async () => {
      const sales = await openDesk('1002');
      const front = await openDesk('1001', microphone);
      await front.dial('1002');
      await front.shows('ozeki-call', /microphone/i);
      assert.equal(demo.phoneSystem.vitals().sessions, 0);
      await sales.shows('ozeki-call', /no call/i);
    });
  }

  it('a microphone that is refused on accepting: the caller is not left in the dark', async () => {
    const front = await openDesk('1001');
    const sales = await openDesk('1002', 'refused');
    await front.dial('1002');
    await sales.press('Accept');
    await sales.shows('ozeki-call', /microphone/i);
    await front.shows('ozeki-call', 'The call was rejected.');
  });

  it('a phone system that goes away in a call, and comes back', async () => {
    const gone = await startDemo();
    const port = Number(new URL(gone.url).port);
    const front = await Desk.open(browser, { url: gone.url, tone: 807 });
    const sales = await Desk.open(browser, { url: gone.url, tone: 1438 });
    desks.push(front, sales);
    for (const [desk, extension] of [
      [front, '1001'],
      [sales, '1002'],
    ] as const) {
      await desk.signIn(extension);
      await desk.signedIn();
    }
    await front.dial('1002');
    await sales.press('Accept');
    await hears(front.page, 1438);
    await front.shows('ozeki-call', 'MOS');
    await gone.close();
    await front.shows('ozeki-call', 'The phone system is restarting.');
    await front.page.waitForFunction(
      () => !document.querySelector('ozeki-client')!.matches(':state(connected)'),
    );
    const back = await startDemo({ port });
    try {
      await front.signedIn();
      await sales.signedIn();
      await front.dial('1002');
      await sales.press('Accept');
      await hears(front.page, 1438);
    } finally {
      await back.close();
    }
  });
});
