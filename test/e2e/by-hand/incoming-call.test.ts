/** What can be done with a call that rings: by pointer alone, and by keyboard alone, in both tags that show it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it as test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../../support/browser.js';
import { startDemo, until, type Demo } from '../../support/demo.js';
import { Desk } from '../../support/desk.js';
import { find, HANDS, keyboard } from '../../support/hands.js';
import { hears, hearsAll, hearsMusic, seesFrames } from '../../support/instrument.js';
import { startKitSite, type KitSite } from '../../support/kit-site.js';

const FRONT_DESK = 807;
const SALES = 1438;
const SUPPORT = 1163;
const TONES = [FRONT_DESK, SALES, SUPPORT];

const NOTES = '<label for="notes">Notes</label> <input id="notes">';
const PAGES = {
  '/window': `${NOTES}<ozeki-client><ozeki-call-list></ozeki-call-list><ozeki-incoming-call></ozeki-incoming-call></ozeki-client>`,
  '/card': `${NOTES}<ozeki-client><ozeki-call></ozeki-call><ozeki-incoming-call></ozeki-incoming-call></ozeki-client>`,
};

describe('a call that rings', () => {
  let demo: Demo;
  let browser: Browser;
  let site: KitSite;
  let front: Desk;
  let support: Desk;
  /** Who is called, at a page with the window of ringing calls, and at one with the card of a call. */
  const sales = {} as Record<keyof typeof PAGES, Desk>;
  let called: Desk;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
    site = await startKitSite(demo, PAGES);
    const open = async (url: string, extension: string, tone: number) => {
      const desk = await Desk.open(browser, { url, tone });
      return desk.isSignedIn(extension);
    };
    [front, support, sales['/window'], sales['/card']] = await Promise.all([
      open(demo.url, '1001', FRONT_DESK),
      open(demo.url, '1003', SUPPORT),
      open(`${site.url}/window`, '1002', SALES),
      open(`${site.url}/card`, '1004', SALES),
    ]);
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });
  afterEach(async () => {
    await Promise.all([front.phone('hangUp'), support.phone('hangUp')]);
    await called.idle();
    await keyboard.canGoOn(called);
    const { sessions } = await until(
      () => demo.phoneSystem.vitals(),
      (vitals) => !vitals.sessions && !vitals.legs,
    );
    assert.equal(sessions, 0);
    assert.deepEqual([...called.errors, ...(await called.violations())], []);
  });

  const ended = (sentence: string) => front.shows('ozeki-call', sentence);
  const bothHear = () =>
    Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(called.page, FRONT_DESK, [SALES])]);

  for (const [path, number] of [
    ['/window', '1002'],
    ['/card', '1004'],
  ] as const)
    for (const hand of HANDS) {
      const it = (does: string, act: () => Promise<void>) =>
        test(`${does}, by ${hand.name}, in ${path}`, async () => {
          called = sales[path];
          await act();
        });

      it('does not disturb who is typing, and is accepted and hung up', async () => {
        await hand.write(called, 'Notes', 'Mr ');
        await front.phone('dial', number);
        await find(called, 'Accept');
        assert.equal(await called.focused(), 'Notes');
        await called.page.keyboard.type('Smith');
        assert.match(await called.page.$eval('input', ({ value }) => value), /Mr Smith$/);
        await hand.press(called, 'Accept');
        await bothHear();
        await hand.canGoOn(called);
        await hand.press(called, path === '/card' ? 'Hang up' : 'Hang up Front desk');
        await ended('The other side hung up.');
      });

      it('is accepted with video: both are seen', async () => {
        await front.phone('dialVideo', number);
        await hand.press(called, 'Accept with video');
        await Promise.all([seesFrames(front.page), seesFrames(called.page)]);
      });

      it('is rejected', async () => {
        await front.phone('dial', number);
        await hand.press(called, 'Reject');
        await ended('The call was rejected.');
      });

      it('is forwarded, and the third answers', async () => {
        await front.phone('dial', number);
        await hand.press(called, 'Forward');
        await hand.write(called, 'Number or extension', '1003');
        await hand.press(called, 'Forward now');
        await support.phone('accept');
        await Promise.all([hears(front.page, SUPPORT), hears(support.page, FRONT_DESK)]);
      });

      it('comes second while two talk, is accepted, and the first waits', async () => {
        await front.phone('dial', number);
        await hand.press(called, 'Accept');
        await bothHear();
        await support.phone('dial', number);
        await hand.press(called, path === '/card' ? 'Answer' : 'Accept');
        await Promise.all([
          hears(support.page, SALES, [FRONT_DESK]),
          hears(called.page, SUPPORT, [FRONT_DESK]),
          hearsMusic(front.page, TONES),
        ]);
        await hand.press(called, path === '/card' ? 'Swap' : 'Resume Front desk');
        await Promise.all([
          hears(front.page, SALES, [SUPPORT]),
          hearsAll(called.page, [FRONT_DESK], [SUPPORT]),
          hearsMusic(support.page, TONES),
        ]);
      });

      if (path === '/window')
        it('is ignored: it rings on for the caller, and can still be accepted', async () => {
          await front.phone('dial', number);
          await find(called, 'Accept');
          if (hand === keyboard) {
            await called.tabTo('Accept');
            await called.page.keyboard.press('Escape');
          } else await hand.press(called, 'Ignore');
          await called.page.waitForFunction(
            () => !document.querySelector('ozeki-incoming-call')!.matches(':state(ringing)'),
          );
          await hand.canGoOn(called);
          await front.shows('ozeki-call', 'Ringing');
          await hand.press(called, 'Accept Front desk');
          await bothHear();
        });
    }

  for (const hand of HANDS)
    test(`is told of on the desktop while the page is hidden, once that was asked for by ${hand.name}`, async () => {
      called = sales['/window'];
      const { page, context } = called;
      await context.clearPermissionOverrides();
      // What a person answers when the browser asks.
      const allow = `${hand.name}Allows`;
      await page.exposeFunction(allow, () => context.overridePermissions(site.url, ['notifications']));
      await page.evaluate((allow) => {
        const told: Notification[] = [];
        Object.assign(window, { told });
        const Real = Notification;
        window.Notification = new Proxy(Real, {
          construct: (_, [words, options]: [string, NotificationOptions]) => {
            const notice = new Real(words, options);
            told.push(notice);
            return notice;
          },
        });
        Real.requestPermission = async () => {
          await (window as unknown as Record<string, () => Promise<void>>)[allow]!();
          return 'granted';
        };
      }, allow);
      await front.phone('dial', '1002');
      await hand.press(called, 'Tell me on the desktop, too');
      await called.page.waitForFunction(
        () => !document.querySelector('ozeki-incoming-call')!.shadowRoot!.querySelector('.notify'),
      );
      await hand.canGoOn(called);
      await front.phone('hangUp');
      await called.idle();

      const other = await context.newPage();
      await other.bringToFront();
      await page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 50 });
      await front.phone('dial', '1002');
      const notices = () =>
        page.evaluate(() => (window as unknown as { told: Notification[] }).told.map(({ title }) => title));
      assert.deepEqual(await until(notices, (now) => now.length > 0), ['Incoming call: Front desk 1001']);
      await other.close();
      await page.bringToFront();
      await hand.press(called, 'Accept');
      await bothHear();
    });
});
