/** Devices chosen, tried out and remembered, in a call: by pointer alone, and by keyboard alone. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../../support/browser.js';
import { startDemo, type Demo } from '../../support/demo.js';
import { Desk } from '../../support/desk.js';
import { find, HANDS } from '../../support/hands.js';
import { hears, seesFrames } from '../../support/instrument.js';
import { startKitSite, type KitSite } from '../../support/kit-site.js';

const FRONT_DESK = 807;
const HEADSET = 1123;
const SALES = 1438;
/** What Chromium's made-up devices are called; the last of each kind. */
const LAST = {
  microphone: 'Fake Audio Input 2',
  output: 'Fake Audio Output 2',
  camera: 'fake_device_2',
};
/** The second camera measures depth, which no call can send. */
const THREE_CAMERAS = '--use-fake-device-for-media-stream=device-count=3';

describe('devices', () => {
  let demo: Demo;
  let browser: Browser;
  let site: KitSite;
  let sales: Desk;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser([THREE_CAMERAS])]);
    site = await startKitSite(demo, {
      '/devices': '<ozeki-client><ozeki-device-settings></ozeki-device-settings></ozeki-client>',
      '/camera': '<ozeki-client><ozeki-camera></ozeki-camera><ozeki-call></ozeki-call></ozeki-client>',
      '/phone': '<ozeki-client></ozeki-client>',
    });
    sales = await Desk.open(browser, { url: `${site.url}/phone`, tone: SALES });
    await sales.isSignedIn('1002');
  });
  after(async () => {
    await browser.close();
    site.close();
    await demo.close();
  });

  for (const hand of HANDS)
    describe(`by ${hand.name}`, () => {
      let front: Desk;

      before(async () => {
        front = await Desk.open(browser, {
          ...{ url: `${site.url}/devices`, tone: FRONT_DESK, tones: { [LAST.microphone]: HEADSET } },
        });
        await front.isSignedIn('1001');
      });
      afterEach(async () => {
        await hand.canGoOn(front);
        assert.deepEqual([...front.errors, ...(await front.violations())], []);
        await sales.phone('hangUp');
        await front.idle();
      });
      after(() => front.close());

      const call = async (video = false) => {
        await front.phone(video ? 'dialVideo' : 'dial', '1002');
        await sales.phone('accept');
      };
      /** Waits until that is so on the page of the front desk. */
      const until = <T>(so: (wanted: T) => boolean | Promise<boolean>, wanted: T) =>
        front.page.waitForFunction(so as (wanted: unknown) => boolean, { polling: 50 }, wanted);
      /** What the page itself plays is heard on the output device of that name, and on no other; with null, nowhere. */
      const sounds = (device: string | null) =>
        until(async (name) => {
          const heard = await window.ears.sounds();
          return name === null ? heard.length === 0 : heard.length > 0 && heard.every((one) => one === name);
        }, device);
      const sendsCamera = (label: string) =>
        until(
          (name) =>
            window.ears.connections
              .flatMap((connection) => connection.getSenders())
              .some(({ track }) => track?.kind === 'video' && track.label === name),
          label,
        );
      /** How the microphone that is sent is treated. */
      const treated = (option: 'echoCancellation' | 'noiseSuppression', on: boolean) =>
        until(
          ([name, wanted]) =>
            window.ears.connections
              .flatMap((connection) => connection.getSenders())
              .some(({ track }) => track?.kind === 'audio' && track.getSettings()[name] === wanted),
          [option, on] as const,
        );
      /** How wide the meter's bar is drawn, of its whole width. */
      const level = (least: number) =>
        until((wanted) => {
          const bar = document
            .querySelector('ozeki-device-settings')!
            .shadowRoot!.querySelector('[part=meter] > *')!;
          return new DOMMatrix(getComputedStyle(bar).transform).a > wanted;
        }, least);

      it('another microphone is heard at once, and again after the page was loaded anew', async () => {
        await call();
        await hears(sales.page, FRONT_DESK, [HEADSET]);
        await level(0.4);
        await hand.choose(front, 'Microphone', LAST.microphone);
        await hears(sales.page, HEADSET, [FRONT_DESK]);
        await level(0.4);
        await hand.canGoOn(front);
        await front.phone('hangUp');
        await sales.idle();

        await front.page.reload();
        await front.isSignedIn('1001');
        await call();
        await hears(sales.page, HEADSET, [FRONT_DESK]);
      });

      it('speaker and ringer play a test sound where they were put, and ring there', async () => {
        for (const [list, test] of [
          ['Speaker', 'Test speaker'],
          ['Ringer', 'Test ringer'],
        ] as const) {
          await hand.press(front, test);
          await sounds('');
          await hand.choose(front, list, LAST.output);
          await hand.press(front, test);
          await sounds(LAST.output);
        }
        await find(front, 'Test ringer');
        await sounds(null);
        await sales.phone('dial', '1001');
        await sounds(LAST.output);
      });

      it('echo cancellation and noise suppression go off and on in the call', async () => {
        // A tone is not treated; Chromium's made-up microphone is, and beeps.
        await front.page.evaluate(async () => {
          window.ears.useMicrophone('own');
          await document.querySelector('ozeki-client')!.phone.chooseDevice('microphone', '');
        });
        await call();
        await treated('echoCancellation', true);
        for (const [option, label] of [
          ['echoCancellation', 'Echo cancellation'],
          ['noiseSuppression', 'Noise suppression'],
        ] as const) {
          await hand.press(front, label, 'checkbox');
          await treated(option, false);
        }
        await hand.press(front, 'Echo cancellation', 'checkbox');
        await treated('echoCancellation', true);
        await sales.page.waitForFunction(() => window.ears.spectrum([]).loudest.level > -60, {
          ...{ polling: 50 },
        });
      });

      it('the camera is previewed, chosen, and seen by the other side', async () => {
        await hand.press(front, 'Show picture');
        await until((least) => {
          const video = document.querySelector('ozeki-device-settings')!.shadowRoot!.querySelector('video');
          return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > least;
        }, 5);
        await hand.choose(front, 'Camera', LAST.camera);
        await hand.press(front, 'Hide picture');
        await call(true);
        await Promise.all([sendsCamera(LAST.camera), seesFrames(sales.page)]);
      });

      it('one sees oneself, in a mirror or not, by another camera, and off is off', async () => {
        await front.page.evaluate(() => localStorage.clear());
        await front.page.goto(`${site.url}/camera`);
        await front.isSignedIn('1001');
        const across = () =>
          front.page.evaluate(() => {
            const video = document.querySelector('ozeki-camera')!.shadowRoot!.querySelector('video')!;
            return new DOMMatrix(getComputedStyle(video).transform).a;
          });
        await call();
        await hand.press(front, 'Camera');
        await seesFrames(sales.page);
        await front.shows('ozeki-camera', 'The other side sees you.');
        assert.equal(await across(), -1, 'as in a mirror');
        await hand.press(front, 'Mirror');
        assert.equal(await across(), 1);
        await hand.choose(front, 'Camera', LAST.camera);
        await sendsCamera(LAST.camera);
        await seesFrames(sales.page);
        await hand.press(front, 'Turn off');
        await front.shows('ozeki-camera', 'The camera is off.');
        await sales.page.waitForFunction(
          () =>
            document
              .querySelector('ozeki-client')!
              .phone.getState()
              .calls.every(({ remoteVideo }) => !remoteVideo),
          { polling: 50 },
        );
      });
    });
});
