/** A page is reloaded or left in a call: the call goes on, with the real phone system and real sound. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { FAKE_MICROPHONE, NO_FIREFOX, startFirefox } from '../support/firefox.js';
import { hears, hearsNone } from '../support/instrument.js';
import { Pace } from '../support/pace.js';

const FRONT_DESK = 807;
const SALES = 1438;
/** How long a call may be without sound for a reload. */
const AUDIBLE_MS = 2000;

describe('a page that is reloaded in a call', () => {
  let demo: Demo;
  let browser: Browser;
  let front: Desk;
  let sales: Desk;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  beforeEach(async () => {
    front = await Desk.open(browser, { url: demo.url, tone: FRONT_DESK });
    sales = await Desk.open(browser, { url: demo.url, tone: SALES });
    for (const [desk, extension] of [
      [front, '1001'],
      [sales, '1002'],
    ] as const) {
      await desk.signIn(extension);
      await desk.signedIn();
    }
  });
  afterEach(async () => {
    await front.close();
    await sales.close();
    await demo.quiet();
  });

  const pace = new Pace();
  const talking = () =>
    pace.call(async () => {
      await front.dial('1002');
      await sales.press('Accept');
      await heard();
    });

  const heard = () =>
    Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);

  const state = (desk: Desk) =>
    desk.page.evaluate(() => {
      const { calls, connection, identity } = document.querySelector('ozeki-client')!.phone.getState();
      return { calls, status: connection.status, number: identity?.number };
    });

  /** What lies in the tab for the next page. */
  const kept = (desk: Desk) => desk.page.evaluate(() => JSON.stringify({ ...sessionStorage }));

  for (const [who, of] of [
    ['the caller', () => [front, SALES] as const],
    ['the called', () => [sales, FRONT_DESK] as const],
  ] as const) {
    it(`is heard again as soon as it is there, without a password: ${who}`, async () => {
      await talking();
      const [desk, tone] = of();
      const before = (await state(desk)).calls[0]!;
      const from = performance.now();
      await desk.page.reload();
      await hears(desk.page, tone);
      await heard();
      pace.check(`reload of ${who}, until heard`, from, AUDIBLE_MS);
      const after = (await state(desk)).calls;
      assert.deepEqual(
        after.map(({ id, state, answeredAt }) => [
          id,
          state,
          answeredAt && Math.abs(answeredAt - before.answeredAt!) < 500,
        ]),
        [[before.id, 'active', true]],
      );
      assert.equal(demo.phoneSystem.vitals().sessions, 1);
      assert.equal(demo.phoneSystem.vitals().mediaLegs, 2);
      assert.equal(await kept(desk), '{}', 'nothing lies there while the page is');
      await sales.press('Hang up');
      await front.shows('ozeki-call', 'The other side hung up.');
    });
  }

  it('goes on when a link leads to another page of the origin', async () => {
    await talking();
    await front.page.goto(new URL('?elsewhere', demo.url).href);
    await heard();
  });

  it('keeps mute: nobody is heard who did not want to be', async () => {
    await talking();
    await front.press('Mute');
    await hearsNone(sales.page, [FRONT_DESK]);
    await front.page.reload();
    await hears(front.page, SALES);
    await hearsNone(sales.page, [FRONT_DESK]);
    await front.press('Unmute');
    await hears(sales.page, FRONT_DESK);
  });

  it('keeps hold, and goes on from it', async () => {
    await talking();
    await front.press('Hold');
    await front.offers('Resume');
    await front.page.reload();
    await front.press('Resume');
    await heard();
  });

  it('rings on, and can be answered', async () => {
    await sales.dial('1001');
    await front.offers('Accept');
    await front.page.reload();
    await front.press('Accept');
    await heard();
  });

  it('calls on, and hears who answers', async () => {
    await front.dial('1002');
    await front.shows('ozeki-call', 'Ringing…');
    await front.page.reload();
    await front.offers('Hang up');
    await sales.press('Accept');
    await heard();
  });

  it('calls on, although the page went before it heard that the other side rings', async () => {
    await talking();
    await sales.press('Hang up');
    await front.shows('ozeki-call', 'The other side hung up.');
    await front.page.evaluate(() => {
      const original = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) {
        original.call(this, data);
        if (typeof data === 'string' && data.includes('"call.start"')) location.reload();
      };
    });
    await front.dial('1002');
    await sales.offers('Accept');
    await front.offers('Hang up');
    await sales.press('Accept');
    await heard();
  });

  it('survives two reloads, the second before the call is back', async () => {
    await talking();
    await front.page.reload({ waitUntil: 'domcontentloaded' });
    await front.page.reload();
    await heard();
  });

  it('says so when it was away too long, and asks who signs in', async () => {
    await talking();
    await front.page.goto('about:blank');
    // As after a minute: the phone system has given the client up.
    const { settings } = demo.phoneSystem;
    demo.phoneSystem.reconfigure({
      ...settings,
      extensions: settings.extensions.filter(({ id }) => id !== '1001'),
    });
    demo.phoneSystem.reconfigure(settings);
    await sales.shows('ozeki-call', 'The other side hung up.');
    await front.page.goto(demo.url);
    await front.shows('ozeki-call', 'The page was away too long: the call was ended.');
    await front.shows('ozeki-call', /Sales.*1002/);
    await front.offers('Sign in');
    assert.equal(await kept(front), '{}');
  });

  it('leaves a call to the tab that has it, whatever was copied from it', async () => {
    await talking();
    await front.page.evaluateOnNewDocument(() => {
      (window as { copied?: string | null }).copied ??= sessionStorage.getItem('ozeki-webphone.calls');
    });
    await front.page.reload();
    await heard();
    const copied = await front.page.evaluate(() => (window as { copied?: string | null }).copied);
    assert.match(copied!, /ticket/);
    const copy = await Desk.open(browser, { url: new URL('/nothing', demo.url).href });
    await copy.page.evaluate((text) => sessionStorage.setItem('ozeki-webphone.calls', text), copied!);
    await copy.page.goto(demo.url);
    await copy.shows('ozeki-call', 'The page was away too long: the call was ended.');
    await copy.offers('Sign in');
    await heard();
    assert.equal((await state(front)).status, 'connected');
    await copy.close();
  });

  it('ends its calls at once where the page wants that', async () => {
    await front.page.evaluate(async () => {
      const client = document.querySelector('ozeki-client')!;
      await client.signOut();
      client.setAttribute('no-resume', '');
    });
    await front.signIn('1001');
    await front.signedIn();
    await talking();
    await front.page.reload();
    await sales.shows('ozeki-call', 'The other side hung up.');
  });

  it('is heard again as soon as it is there, in Firefox, too', { skip: NO_FIREFOX }, async () => {
    const firefox = await startFirefox();
    try {
      await front.close();
      front = await Desk.open(firefox, { url: demo.url, microphone: 'own' });
      await front.signIn('1001');
      await front.signedIn();
      /** Both hear each other: Firefox, whose ears cannot tell tones, hears sound. */
      const bothHear = async () => {
        await front.page.waitForFunction(async () => {
          let energy = 0;
          for (const connection of window.ears.connections)
            for (const entry of (await connection.getStats()).values() as Iterable<{
              type: string;
              totalAudioEnergy?: number;
            }>)
              if (entry.type === 'inbound-rtp') energy += entry.totalAudioEnergy ?? 0;
          return energy > 1e-4;
        });
        await hears(sales.page, FAKE_MICROPHONE, [FRONT_DESK]);
      };
      await pace.call(async () => {
        await front.dial('1002');
        await sales.press('Accept');
        await bothHear();
      });
      const before = (await state(front)).calls[0]!;
      const from = performance.now();
      await front.page.reload();
      await bothHear();
      pace.check('reload of Firefox, until heard', from, AUDIBLE_MS);
      const after = (await state(front)).calls;
      assert.deepEqual(
        after.map(({ id, state }) => [id, state]),
        [[before.id, 'active']],
      );
      await sales.press('Hang up');
      await front.shows('ozeki-call', 'The other side hung up.');
    } finally {
      await front.close();
      await firefox.close();
    }
  });
});
