/** A laptop leaves one network for another in a call: the fault is the network's, and the browser a real one. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears, hearsNone } from '../support/instrument.js';
import { Pace } from '../support/pace.js';
import { TwoLinks } from '../support/two-links.js';

const FRONT_DESK = 807;
const SALES = 1438;

describe(
  'a call on a machine with two links',
  { skip: !TwoLinks.possible && 'only root can make them' },
  () => {
    let links: TwoLinks;
    let demo: Demo;
    let laptop: Browser;
    let office: Browser;
    let front: Desk;
    let sales: Desk;
    const pace = new Pace();

    before(async () => {
      links = TwoLinks.make();
      demo = await startDemo({ host: '0.0.0.0', logLevel: process.env.LOG ?? 'silent' });
      const { port } = new URL(demo.url);
      laptop = await links.startBrowser(`http://${links.server}:${port}`);
      office = await startBrowser();
      front = await Desk.open(laptop, { url: `http://${links.server}:${port}`, tone: FRONT_DESK });
      sales = await Desk.open(office, { url: `http://127.0.0.1:${port}`, tone: SALES });
      for (const [desk, extension] of [
        [front, '1001'],
        [sales, '1002'],
      ] as const) {
        await desk.signIn(extension);
        await desk.signedIn();
      }
      await pace.call(async () => {
        await front.dial('1002');
        await sales.press('Accept');
        await heard();
      });
    });
    after(async () => {
      await laptop?.close();
      await office?.close();
      await demo?.close();
      links?.remove();
    });

    const heard = () =>
      Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);

    const calls = () =>
      front.page.evaluate(() => {
        const { calls, connection } = document.querySelector('ozeki-client')!.phone.getState();
        return { calls, connection: connection.status, made: window.ears.connections.length };
      });
    const silent = () =>
      Promise.all([hearsNone(sales.page, [FRONT_DESK]), hearsNone(front.page, [SALES])]).then(() => {});

    /** Notes every status the laptop's connection takes; the function it gives tells them. */
    async function watchConnection(): Promise<() => Promise<string[]>> {
      const seen = await front.page.evaluateHandle(() => {
        const { phone } = document.querySelector('ozeki-client')!;
        const statuses = new Set<string>();
        phone.subscribe(() => statuses.add(phone.getState().connection.status));
        return statuses;
      });
      return () => seen.evaluate((statuses) => [...statuses]);
    }

    it('has its sound back when the way of the media is there again, and keeps its signalling', async () => {
      const statuses = await watchConnection();
      const [{ made }, before] = [await calls(), await fragment()];
      links.blockDatagrams();
      await silent();
      await front.shows('ozeki-call', 'No sound is getting through. Trying again…');
      await restarted(before);
      links.allowDatagrams();
      const from = performance.now();
      await heard();
      pace.check('sound after the media path returned', from, 2000);
      assert.deepEqual(await statuses(), ['connected'], 'the signalling was left alone');
      const after = await calls();
      assert.equal(after.made, made, 'on the peer connection there was');
      assert.deepEqual(
        after.calls.map(({ state, media }) => [state, media]),
        [['active', 'connected']],
      );
    });

    it('has new media when looking for paths does not help', async () => {
      const { made } = await calls();
      links.blockDatagrams();
      await silent();
      await front.page.waitForFunction((count) => window.ears.connections.length > count, {}, made);
      links.allowDatagrams();
      const from = performance.now();
      await heard();
      pace.check('sound of new media', from, 2000);
      assert.equal((await calls()).connection, 'connected');
    });

    it('goes on over the other link when one is unplugged', async () => {
      const statuses = await watchConnection();
      links.down('cable');
      const from = performance.now();
      await silent();
      await heard();
      pace.check('sound over the other link', from, 10_000);
      assert.deepEqual((await statuses()).sort(), ['connected', 'reconnecting']);
      await sales.press('Hang up');
      await front.shows('ozeki-call', 'The other side hung up.');
    });

    /** What the paths of the newest media are known by: an ICE restart changes it. */
    const fragment = () =>
      front.page.evaluate(
        () => /ice-ufrag:(\S+)/.exec(window.ears.connections.at(-1)!.localDescription!.sdp)![1]!,
      );

    /** Waits until the laptop has looked for new paths, whether or not there were any. */
    async function restarted(before: string): Promise<void> {
      await front.page.waitForFunction(
        (old) => {
          const { signalingState, localDescription } = window.ears.connections.at(-1)!;
          return signalingState === 'stable' && !localDescription!.sdp.includes(`ice-ufrag:${old}`);
        },
        { polling: 50 },
        before,
      );
    }
  },
);
