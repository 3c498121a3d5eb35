/** The phone system is killed, in a call and while a phone rings, and started again: real processes, real browsers. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { Command } from '../support/command.js';
import { Desk } from '../support/desk.js';
import { hears, hearsNone } from '../support/instrument.js';
import { Pace } from '../support/pace.js';

const FRONT_DESK = 807;
const SALES = 1438;
/** How long after its return everybody may need. */
const BACK_MS = 2000;

describe('a phone system that is killed and started again', () => {
  let browser: Browser;
  let command: Command;
  let front: Desk;
  let sales: Desk;

  before(async () => {
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    command = await Command.start();
    front = await Desk.open(browser, { url: command.url, tone: FRONT_DESK });
    sales = await Desk.open(browser, { url: command.url, tone: SALES });
    for (const [desk, extension] of [
      [front, '1001'],
      [sales, '1002'],
    ] as const) {
      // The words for problems are loaded with the first one; from a phone system that is gone they cannot be.
      await desk.signIn(extension, 'wrong');
      await desk.shows('ozeki-client', 'wrong extension, password or token');
      await desk.signIn(extension);
      await desk.signedIn();
    }
  });
  afterEach(async () => {
    await front.close();
    await sales.close();
    await command.close();
  });

  const heard = () =>
    Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);

  const pace = new Pace();
  const talking = () =>
    pace.call(async () => {
      await front.dial('1002');
      await sales.press('Accept');
      await heard();
    });

  const call = (desk: Desk) =>
    desk.page.evaluate(() => {
      const [first] = document.querySelector('ozeki-client')!.phone.getState().calls;
      return first && { id: first.id, session: first.sessionId, state: first.state, since: first.startedAt };
    });

  const connected = (desk: Desk, is: boolean) =>
    desk.page.waitForFunction(
      (wanted) => document.querySelector('ozeki-client')!.matches(':state(connected)') === wanted,
      { polling: 20 },
      is,
    );

  /** Kills it and starts it again; returns when it was back. */
  async function restart(): Promise<number> {
    await command.kill();
    await Promise.all([connected(front, false), connected(sales, false)]);
    await command.run();
    return performance.now();
  }

  it('in a call: the same call is heard again, and talk time goes on', async () => {
    await talking();
    const before = await Promise.all([call(front), call(sales)]);
    const from = await restart();
    await Promise.all([connected(front, true), connected(sales, true)]);
    pace.check('signed in again', from, BACK_MS);
    await heard();
    pace.check('heard again', from, 2 * BACK_MS);
    const after = await Promise.all([call(front), call(sales)]);
    after.forEach((each, index) => same(each, before[index]));
    await sales.press('Hang up');
    await front.shows('ozeki-call', 'The other side hung up.');
    await hearsNone(front.page, [SALES]);
  });

  it('while it rings: it rings on, can be answered, and is heard', async () => {
    await front.dial('1002');
    await sales.offers('Accept');
    const before = await call(sales);
    await restart();
    await Promise.all([connected(front, true), connected(sales, true)]);
    same(await call(sales), before);
    await sales.press('Accept');
    await heard();
    await front.press('Hang up');
  });

  it('when the other one does not come back: the call ends, and the screen says why', async () => {
    await talking();
    await command.kill();
    await sales.page.goto('about:blank');
    await command.run();
    await connected(front, true);
    await front.page.waitForFunction(
      () => document.querySelector('ozeki-client')!.phone.getState().calls[0]?.endReason === 'shutdown',
      { timeout: 60_000, polling: 100 },
    );
    await front.shows('ozeki-call', 'The phone system is restarting.');
  });
});

interface Seen {
  id: string;
  session: string;
  state: string;
  since: number;
}

/** The same call; its start is told by this device's clock, which each sign-in compares with the other anew. */
function same(now: Seen | undefined, before: Seen | undefined): void {
  assert.ok(now && before);
  assert.deepEqual({ ...now, since: 0 }, { ...before, since: 0 });
  assert.ok(Math.abs(now.since - before.since) < 1000, `${now.since - before.since} ms apart`);
}
