/** Every way to hand a call on: by pointer alone, and by keyboard alone. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it as test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../../support/browser.js';
import { startDemo, until, type Demo } from '../../support/demo.js';
import { Desk } from '../../support/desk.js';
import { HANDS, keyboard } from '../../support/hands.js';
import { hears, hearsAll, hearsMusic } from '../../support/instrument.js';
import { startKitSite, type KitSite } from '../../support/kit-site.js';

const FRONT_DESK = 807;
const SALES = 1438;
const SUPPORT = 1163;
const TONES = [FRONT_DESK, SALES, SUPPORT];

const PAGES = {
  '/card': '<ozeki-client><ozeki-call></ozeki-call></ozeki-client>',
  '/panel': '<ozeki-client><ozeki-operator-panel></ozeki-operator-panel></ozeki-client>',
  '/list': '<ozeki-client><ozeki-session-list></ozeki-session-list></ozeki-client>',
};

describe('a call is handed on', () => {
  let demo: Demo;
  let browser: Browser;
  let site: KitSite;
  let front: Desk;
  let sales: Desk;
  let support: Desk;
  /** The supervisor, at the operator panel and at the list of sessions. */
  let panel: Desk;
  let list: Desk;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
    site = await startKitSite(demo, PAGES);
    const open = async (path: keyof typeof PAGES, extension: string, tone: number) => {
      const desk = await Desk.open(browser, { url: site.url + path, tone });
      return desk.isSignedIn(extension);
    };
    [front, sales, support, panel, list] = await Promise.all([
      open('/card', '1001', FRONT_DESK),
      open('/card', '1002', SALES),
      open('/card', '1003', SUPPORT),
      open('/panel', '1004', 0),
      open('/list', '1004', 0),
    ]);
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });
  afterEach(async () => {
    const all = [front, sales, support];
    await Promise.all(all.map((desk) => desk.phone('hangUp')));
    const { sessions } = await until(
      () => demo.phoneSystem.vitals(),
      (vitals) => !vitals.sessions && !vitals.legs,
    );
    assert.equal(sessions, 0);
    for (const desk of [...all, panel, list]) {
      await keyboard.canGoOn(desk);
      assert.deepEqual([...desk.errors, ...(await desk.violations())], []);
    }
  });

  /** Front desk and sales talk. */
  async function connected(): Promise<void> {
    await front.phone('dial', '1002');
    await sales.phone('accept');
    await talk();
  }
  const talk = () =>
    Promise.all([hears(front.page, SALES, [SUPPORT]), hears(sales.page, FRONT_DESK, [SUPPORT])]);
  const salesAndSupport = () =>
    Promise.all([hears(sales.page, SUPPORT, [FRONT_DESK]), hears(support.page, SALES, [FRONT_DESK])]);
  const frontAndSupport = () =>
    Promise.all([hears(front.page, SUPPORT, [SALES]), hears(support.page, FRONT_DESK, [SALES])]);

  for (const hand of HANDS) {
    const it = (does: string, act: () => Promise<void>) => test(`${does}, by ${hand.name}`, act);

    /** Front desk asks support about it, while sales waits. */
    async function asked(): Promise<void> {
      await connected();
      await hand.press(front, 'Transfer');
      await hand.write(front, 'Number or extension', '1003');
      await hand.press(front, 'Ask first');
      await support.phone('accept');
      await Promise.all([frontAndSupport(), hearsMusic(sales.page, TONES)]);
    }

    it('blindly', async () => {
      await connected();
      await hand.press(front, 'Transfer');
      await hand.write(front, 'Number or extension', '1003');
      await hand.press(front, 'Transfer now');
      await hearsMusic(sales.page, TONES);
      await support.phone('accept');
      await Promise.all([
        salesAndSupport(),
        front.shows('ozeki-call', 'The call was transferred.'),
        sales.shows('ozeki-call', /Support.*1003/),
      ]);
      await hand.canGoOn(front);
      await hand.press(front, 'Dismiss');
    });

    it('after asking', async () => {
      await asked();
      await hand.press(front, 'Complete transfer');
      await Promise.all([salesAndSupport(), front.shows('ozeki-call', 'The call was transferred.')]);
    });

    it('not, after asking: the first call goes on', async () => {
      await asked();
      await hand.press(front, 'Cancel');
      await Promise.all([talk(), support.idle()]);
    });

    it('to somebody who is on the line already', async () => {
      await connected();
      await hand.press(front, 'Add call');
      await hand.write(front, 'Number or extension', '1003');
      await hand.press(front, 'Start call');
      await support.phone('accept');
      await Promise.all([frontAndSupport(), hearsMusic(sales.page, TONES)]);
      await hand.press(front, 'Transfer');
      await hand.press(front, 'Connect with Sales');
      await salesAndSupport();
    });

    it('by a supervisor, in the list of sessions', async () => {
      await connected();
      await list.shows('ozeki-session-list', /1001 Front desk.*1002 Sales/);
      await hand.press(list, 'Transfer');
      await hand.write(list, 'Number or extension', '1003');
      await hand.press(list, 'Transfer now');
      await support.phone('accept');
      await salesAndSupport();
      await hand.canGoOn(list);
    });

    it('by an operator who listens first', async () => {
      await connected();
      await hand.press(panel, 'Listen to 1001 Front desk, 1002 Sales');
      await hearsAll(panel.page, [FRONT_DESK, SALES]);
      await hand.press(panel, 'Listen to 1001 Front desk, 1002 Sales');
      await panel.page.waitForFunction(() => window.ears.openConnections() === 0, { polling: 50 });

      const part = async (selector: string) =>
        (await panel.page.waitForSelector(`ozeki-operator-panel >>> ${selector}`, {
          visible: true,
        }))!;
      if (hand === keyboard) {
        await hand.press(panel, 'Transfer 1001 Front desk');
        await part('[data-extension="1003"]:focus');
        // Thought better of it, and once more.
        await panel.page.keyboard.press('Escape');
        await part('[data-party=caller]:focus');
        await panel.page.keyboard.press('Enter');
        await part('[data-extension="1003"]:focus');
        await panel.page.keyboard.press('Enter');
      } else {
        const caller = (await (await part('[data-party=caller]')).boundingBox())!;
        const target = (await (await part('[data-extension="1003"]')).boundingBox())!;
        const { mouse } = panel.page;
        await mouse.move(caller.x + 30, caller.y + caller.height / 2);
        await mouse.down();
        // What follows the pointer is loaded when it goes down.
        await panel.page.waitForNetworkIdle({ idleTime: 100 });
        await mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 10 });
        await part('.target.over[data-extension="1003"]');
        await mouse.up();
      }
      await support.phone('accept');
      await frontAndSupport();
      await panel.shows('ozeki-operator-panel', /Front desk.*Support In call/);
      await hand.canGoOn(panel);
    });
  }
});
