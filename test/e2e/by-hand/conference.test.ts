/** A conference made of calls, changed, and taken apart: by pointer alone, and by keyboard alone. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../../support/browser.js';
import { startDemo, until, type Demo } from '../../support/demo.js';
import { Desk } from '../../support/desk.js';
import { HANDS } from '../../support/hands.js';
import { hearsAll, hearsMusic } from '../../support/instrument.js';
import { startKitSite, type KitSite } from '../../support/kit-site.js';

const FRONT_DESK = 807;
const SALES = 1438;
const SUPPORT = 1163;
const TONES = [FRONT_DESK, SALES, SUPPORT];

describe('three in a conference', () => {
  let demo: Demo;
  let browser: Browser;
  let site: KitSite;
  let front: Desk;
  let sales: Desk;
  let support: Desk;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
    site = await startKitSite(demo, {
      '/list':
        '<ozeki-client><ozeki-dialpad></ozeki-dialpad><ozeki-call-list></ozeki-call-list></ozeki-client>',
    });
    const open = async (extension: string, tone: number) => {
      const desk = await Desk.open(browser, { url: `${site.url}/list`, tone });
      return desk.isSignedIn(extension);
    };
    [front, sales, support] = await Promise.all([
      open('1001', FRONT_DESK),
      open('1002', SALES),
      open('1003', SUPPORT),
    ]);
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });

  const together = () =>
    Promise.all([
      hearsAll(front.page, [SALES, SUPPORT], [FRONT_DESK]),
      hearsAll(sales.page, [FRONT_DESK, SUPPORT], [SALES]),
      hearsAll(support.page, [FRONT_DESK, SALES], [SUPPORT]),
    ]);
  /** Front desk talks with one, and the other waits. */
  const apart = () =>
    Promise.all([
      hearsAll(front.page, [SUPPORT], [FRONT_DESK, SALES]),
      hearsAll(support.page, [FRONT_DESK], [SALES, SUPPORT]),
      hearsMusic(sales.page, TONES),
    ]);

  for (const hand of HANDS)
    it(`everybody hears everybody, until it is taken apart or somebody leaves, by ${hand.name}`, async () => {
      for (const [desk, number] of [
        [sales, '1002'],
        [support, '1003'],
      ] as const) {
        await hand.write(front, 'Number', number);
        await hand.press(front, 'Call');
        await desk.phone('accept');
        if (desk === sales) {
          await hearsAll(front.page, [SALES]);
          await hand.press(front, 'Hold Sales');
          await hearsMusic(sales.page, TONES);
        }
      }
      await apart();

      await hand.press(front, 'Choose Sales', 'checkbox');
      await hand.press(front, 'Choose Support', 'checkbox');
      await hand.press(front, 'Merge 2 calls');
      await front.shows('ozeki-call-list', 'Conference with 2 people');
      await together();
      await hand.canGoOn(front);

      await hand.press(front, 'Hold Conference');
      await Promise.all([hearsMusic(sales.page, TONES), hearsMusic(support.page, TONES)]);
      await hand.press(front, 'Resume Conference');
      await together();

      await hand.press(front, 'Take apart Conference');
      await apart();
      await hand.canGoOn(front);

      // Without choosing, all are merged.
      await hand.press(front, 'Merge 2 calls');
      await together();
      await hand.press(front, 'Hang up Sales');
      await Promise.all([
        sales.idle(),
        hearsAll(front.page, [SUPPORT], [SALES]),
        hearsAll(support.page, [FRONT_DESK], [SALES]),
      ]);
      await hand.canGoOn(front);
      await hand.press(front, 'Hang up Support');
      await support.idle();
      await hand.canGoOn(front);
      const { sessions } = await until(
        () => demo.phoneSystem.vitals(),
        (vitals) => !vitals.sessions && !vitals.legs,
      );
      assert.equal(sessions, 0);
      for (const desk of [front, sales, support])
        assert.deepEqual([...desk.errors, ...(await desk.violations())], []);
    });
});
