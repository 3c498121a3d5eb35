/** Several tabs of one extension: one phone, shown in all of them, and a call that outlives the tab it is in. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, until, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears, hearsNone, type PageOptions } from '../support/instrument.js';
import { Pace } from '../support/pace.js';

const FRONT_DESK = 807;
const SALES = 1438;
/** How long a call may be without sound when the tab it is in is gone. */
const AUDIBLE_MS = 2000;
/** The same when nobody closed it: the browser has to find out. */
const CRASHED_MS = 4000;

describe('tabs of one extension', () => {
  let demo: Demo;
  let browser: Browser;
  /** Two tabs of one person; the first one has the phone. */
  let first: Desk;
  let second: Desk;
  let sales: Desk;
  const more: Desk[] = [];
  /** Pages that crashed, which nothing can be asked any more. */
  const crashed = new Set<Desk>();

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  beforeEach(async () => {
    sales = await Desk.open(browser, { url: demo.url, tone: SALES });
    await sales.signIn('1002');
    await sales.signedIn();
    first = await Desk.open(browser, { url: demo.url, tone: FRONT_DESK });
    await countRings(first);
    await first.signIn('1001');
    await first.signedIn();
    second = await tab();
  });
  afterEach(async () => {
    const desks = [...more.splice(0), second, first, sales].filter((desk) => !crashed.has(desk));
    // All of them, before the window closes: the last one leaves for good.
    for (const { page } of desks)
      await page.evaluate(() => document.querySelector('ozeki-client')?.signOut()).catch(() => {});
    crashed.clear();
    for (const desk of [first, sales]) await desk.context.close();
    await demo.quiet();
  });

  /** Another tab of the first person, signed in. */
  async function tab(
    options: Partial<PageOptions> & { password?: string; attribute?: string } = {},
  ): Promise<Desk> {
    const { password, attribute, ...page } = options;
    const desk = await Desk.open(browser, { url: demo.url, beside: first, tone: FRONT_DESK, ...page });
    await countRings(desk);
    if (attribute)
      await desk.page.evaluate(
        (name) => document.querySelector('ozeki-client')!.toggleAttribute(name, true),
        attribute,
      );
    await desk.signIn('1001', password);
    if (!password) await desk.signedIn();
    return desk;
  }

  const state = (desk: Desk) =>
    desk.page.evaluate(() => {
      const { calls, connection, identity, following, problem } = document
        .querySelector('ozeki-client')!
        .phone.getState();
      return {
        calls,
        status: connection.status,
        number: identity?.number,
        following,
        problem: problem?.code,
      };
    });
  const follows = (desk: Desk, following = true) =>
    desk.page.waitForFunction(
      (wanted) => {
        const { following: now, connection } = document.querySelector('ozeki-client')!.phone.getState();
        return now === wanted && connection.status === 'connected';
      },
      { polling: 20 },
      following,
    );
  const connections = () => demo.phoneSystem.vitals().connections;

  const pace = new Pace();
  const talking = () =>
    pace.call(async () => {
      await first.dial('1002');
      await sales.press('Accept');
      await heard(first);
    });
  const heard = (desk: Desk) =>
    Promise.all([hears(desk.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);

  it('have one registration and one ring, show the same, and act through the one that has the phone', async () => {
    assert.equal(connections(), 2);
    assert.equal((await state(first)).following, false);
    assert.deepEqual([(await state(second)).following, (await state(second)).number], [true, '1001']);
    await second.page.evaluate(() => {
      const heard: string[] = ((window as unknown as { heard: string[] }).heard = []);
      document
        .querySelector('ozeki-client')!
        .addEventListener('ozeki-incoming-call', (event) => heard.push(event.detail.remote.number));
    });
    await sales.dial('1001');
    await Promise.all([first.offers('Accept'), second.offers('Accept')]);
    await until(
      () => rings(first),
      (ringing) => ringing,
    );
    assert.deepEqual([await rings(first), await rings(second)], [true, false]);
    assert.deepEqual(await second.page.evaluate(() => (window as unknown as { heard: string[] }).heard), [
      '1002',
    ]);
    await first.press('Accept');
    await heard(first);
    await second.shows('ozeki-call', 'This call is in another tab.');
    assert.deepEqual(
      (await state(second)).calls.map(({ id, state }) => [id, state]),
      (await state(first)).calls.map(({ id, state }) => [id, state]),
    );
    assert.equal(await second.page.evaluate(() => window.ears.openConnections()), 0);
    await second.press('Mute');
    await hearsNone(sales.page, [FRONT_DESK]);
    await first.press('Unmute');
    await hears(sales.page, FRONT_DESK);
    await second.press('Hold');
    await first.offers('Resume');
    await second.press('Resume');
    await second.press('Hang up');
    await sales.shows('ozeki-call', 'The other side hung up.');
    await first.shows('ozeki-call', 'Call ended.');
  });

  it('hear the call again in another tab when the one it is in is closed', async () => {
    await talking();
    await second.shows('ozeki-call', 'This call is in another tab.');
    const before = (await state(second)).calls[0]!;
    const from = performance.now();
    await first.page.close({ runBeforeUnload: false });
    await hears(second.page, SALES, [FRONT_DESK]);
    pace.check('tab closed in a call, until heard', from, AUDIBLE_MS);
    await heard(second);
    const now = await state(second);
    assert.deepEqual(
      [now.following, now.calls.map(({ id, state }) => [id, state])],
      [false, [[before.id, 'active']]],
    );
    assert.deepEqual([connections(), demo.phoneSystem.vitals().mediaLegs], [2, 2]);
    await sales.press('Hang up');
    await second.shows('ozeki-call', 'The other side hung up.');
  });

  it('hear it again when the one it is in has crashed', async () => {
    await talking();
    await second.shows('ozeki-call', 'This call is in another tab.');
    const devtools = await first.page.createCDPSession();
    const from = performance.now();
    crashed.add(first);
    void devtools.send('Page.crash').catch(() => {});
    await hears(second.page, SALES, [FRONT_DESK]);
    pace.check('tab crashed in a call, until heard', from, CRASHED_MS);
    await heard(second);
  });

  it('take it from one that is frozen after 5 s; that one yields when it wakes', async () => {
    await talking();
    await second.shows('ozeki-call', 'This call is in another tab.');
    const devtools = await first.page.createCDPSession();
    // Stands still as one that is frozen does; headless Chromium freezes no page that is drawn.
    await devtools.send('Debugger.enable');
    await devtools.send('Debugger.pause');
    const from = performance.now();
    await second.page.waitForFunction(
      () => !document.querySelector('ozeki-client')!.phone.getState().following,
      { polling: 20 },
    );
    assert.ok(performance.now() - from > 3500, 'taken too soon');
    pace.check('tab frozen in a call, until taken over', from, 8000);
    await heard(second);
    await devtools.send('Debugger.resume');
    await devtools.send('Debugger.disable');
    await follows(first);
    await first.shows('ozeki-call', 'This call is in another tab.');
    await heard(second);
    assert.equal(await first.page.evaluate(() => window.ears.openConnections()), 0);
    assert.equal(await first.page.evaluate(() => window.ears.liveMicrophones()), 0);
    assert.equal(connections(), 2);
  });

  it('move it to the tab where the person wants it, by the button, and back', async () => {
    await talking();
    await second.press('Take it here');
    await heard(second);
    await follows(first);
    assert.equal(await first.page.evaluate(() => window.ears.openConnections()), 0);
    await first.press('Take it here');
    await heard(first);
    await until(connections, (count) => count === 2);
  });

  it('take and make calls where the person does', async () => {
    await sales.dial('1001');
    await second.press('Accept');
    await heard(second);
    await follows(first);
    await second.press('Hang up');
    await first.shows('ozeki-call', 'Call ended.');
    await first.dial('1002');
    await sales.press('Accept');
    await heard(first);
    await follows(second);
  });

  it('mute the call where the microphone is refused, and say so', async () => {
    const third = await tab({ microphone: 'refused' });
    more.push(third);
    await second.page.close();
    await talking();
    await third.shows('ozeki-call', 'This call is in another tab.');
    await first.page.close();
    await hears(third.page, SALES, [FRONT_DESK]);
    await third.shows('ozeki-call', 'Nobody hears you yet');
    assert.equal((await state(third)).calls[0]!.muted, true);
    await third.page.evaluate(() => window.ears.useMicrophone('tone'));
    await third.press('Tap to speak');
    await heard(third);
    assert.equal((await state(third)).calls[0]!.muted, false);
  });

  it('go on with the call in another tab when the one it is in is reloaded', async () => {
    await talking();
    await second.shows('ozeki-call', 'This call is in another tab.');
    await first.page.reload();
    await heard(second);
    await follows(first);
    assert.equal(connections(), 2);
    await first.press('Take it here');
    await heard(first);
    await until(connections, (count) => count === 2);
  });

  it('refuse who does not know the password, and let who wants sign in by itself', async () => {
    const wrong = await tab({ password: 'wrong' });
    more.push(wrong);
    await wrong.shows('ozeki-client', 'Sign-in refused');
    assert.equal((await state(wrong)).number, undefined);
    const separate = await tab({ attribute: 'separate-tabs' });
    more.push(separate);
    assert.deepEqual([(await state(separate)).following, connections()], [false, 3]);
  });

  it('take over what is signed in when there is no call', async () => {
    await first.page.close();
    await follows(second, false);
    await sales.dial('1001');
    await second.press('Accept');
    await heard(second);
    assert.equal(connections(), 2);
  });

  it('register each by itself where the browser has no locks', async () => {
    const old = await Desk.open(browser, { url: 'about:blank', beside: first, tone: FRONT_DESK });
    more.push(old);
    await old.page.evaluateOnNewDocument(() =>
      Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined }),
    );
    await old.page.goto(demo.url);
    await old.signIn('1001');
    await old.signedIn();
    assert.deepEqual([(await state(old)).following, connections()], [false, 3]);
  });
});

/** Keeps count of the tones that a page repeats. */
async function countRings(desk: Desk): Promise<void> {
  await desk.page.evaluate(() => {
    const sources: AudioBufferSourceNode[] = ((
      window as unknown as { tones: AudioBufferSourceNode[] }
    ).tones = []);
    const create = AudioContext.prototype.createBufferSource;
    AudioContext.prototype.createBufferSource = function () {
      const source = create.call(this);
      sources.push(source);
      return source;
    };
  });
}

/** Whether a page plays a tone that goes on. */
function rings(desk: Desk): Promise<boolean> {
  return desk.page.evaluate(() =>
    (window as unknown as { tones: AudioBufferSourceNode[] }).tones.some(
      ({ loop, context }) => loop && context.state !== 'closed',
    ),
  );
}
