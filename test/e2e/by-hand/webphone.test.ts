/** The whole phone in one tag, and numbers that are linked: by pointer alone, and by keyboard alone. */
import assert from 'node:assert/strict';
import { after, before, describe, it as test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../../support/browser.js';
import { startDemo, until, type Demo } from '../../support/demo.js';
import { Desk } from '../../support/desk.js';
import { find, HANDS } from '../../support/hands.js';
import { hears } from '../../support/instrument.js';
import { startKitSite, type KitSite } from '../../support/kit-site.js';

const FRONT_DESK = 807;
const SUPPORT = 1163;

describe('a whole phone', () => {
  let demo: Demo;
  let browser: Browser;
  let site: KitSite;
  let support: Desk;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
    site = await startKitSite(demo, {
      '/phone': '<ozeki-webphone></ozeki-webphone>',
      '/floating':
        '<label for="notes">Notes</label> <input id="notes"><ozeki-webphone floating></ozeki-webphone>',
    });
    support = await Desk.open(browser, { url: demo.url, tone: SUPPORT });
    await support.isSignedIn('1003');
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });

  for (const hand of HANDS) {
    const it = (does: string, act: () => Promise<void>) => test(`${does}, by ${hand.name}`, act);

    const open = (url: string) => Desk.open(browser, { url, tone: FRONT_DESK });
    const signIn = async (desk: Desk) => {
      await hand.write(desk, 'Extension', '1001');
      await desk.page.keyboard.press('Tab');
      await desk.page.keyboard.type('demo-1001');
      await hand.press(desk, 'Sign in');
      await desk.signedIn();
      await hand.canGoOn(desk);
    };
    const talk = (desk: Desk) =>
      Promise.all([hears(desk.page, SUPPORT, [FRONT_DESK]), hears(support.page, FRONT_DESK, [SUPPORT])]);
    const leave = async (desk: Desk) => {
      await hand.canGoOn(desk);
      assert.deepEqual([...desk.errors, ...(await desk.violations())], []);
      await desk.context.close();
      const { sessions } = await until(
        () => demo.phoneSystem.vitals(),
        (vitals) => !vitals.sessions && !vitals.legs,
      );
      assert.equal(sessions, 0);
    };

    it('dials, calls back from the history, calls a contact, and signs out in the settings', async () => {
      const desk = await open(`${site.url}/phone`);
      // As narrow as in a pocket, where the keypad is a tab among the others.
      await desk.page.setViewport({ width: 420, height: 800 });
      await signIn(desk);
      await hand.write(desk, 'Number', '1003');
      await hand.press(desk, 'Call');
      await support.phone('accept');
      await talk(desk);
      await hand.press(desk, 'Hang up');
      await support.idle();
      await hand.press(desk, 'Dismiss');
      await hand.canGoOn(desk);

      await hand.open(desk, 'History', 'Keypad');
      await hand.press(desk, 'Call back Support');
      await support.phone('accept');
      await talk(desk);
      await hand.press(desk, 'Hang up');
      await hand.press(desk, 'Dismiss');
      await hand.canGoOn(desk);

      // Where one was before the call.
      await hand.open(desk, 'Contacts', 'History');
      await hand.press(desk, 'Call Chloé Martin');
      await support.phone('accept');
      await talk(desk);
      await support.phone('hangUp');
      await hand.press(desk, 'Dismiss');

      await hand.open(desk, 'Settings', 'Contacts');
      await hand.press(desk, 'Sign out');
      await desk.page.waitForFunction(() =>
        document.querySelector('ozeki-webphone')!.matches(':state(signed-out)'),
      );
      await leave(desk);
    });

    it('floats: it is opened, closed, and opens when it is called', async () => {
      const desk = await open(`${site.url}/floating`);
      const isOpen = () => desk.page.$eval('ozeki-webphone', (phone) => phone.open);
      await hand.press(desk, 'Open phone');
      await signIn(desk);
      if (hand.name === 'keyboard') await desk.page.keyboard.press('Escape');
      else await hand.press(desk, 'Close phone');
      await find(desk, 'Open phone');
      assert.equal(await isOpen(), false);
      await hand.canGoOn(desk);
      await hand.write(desk, 'Notes', 'Mr Smith');

      await support.phone('dial', '1001');
      await find(desk, 'Accept');
      assert.equal(await isOpen(), true);
      assert.equal(await desk.focused(), 'Notes');
      await hand.press(desk, 'Accept');
      await talk(desk);
      await hand.press(desk, 'Hang up');
      await support.idle();
      await leave(desk);
    });

    it('calls a number that is linked on a page', async () => {
      const desk = await open(`${demo.url}/crm/`);
      await desk.page.waitForSelector('#customers a');
      await hand.press(desk, '1001 Front desk');
      await desk.signedIn();
      await hand.press(desk, '1003', 'link');
      await support.phone('accept');
      await talk(desk);
      await support.phone('hangUp');
      await leave(desk);
    });
  }
});
