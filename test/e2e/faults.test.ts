/** The demo's page of faults: every button, pressed in a call with real sound; and what must hold of each. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears, hearsNone } from '../support/instrument.js';

const FRONT_DESK = 807;
const SALES = 1438;
/** How long a gap in the sound may be that nobody would hear: two looks in a row that met no tone. */
const GAP_MS = 400;
/** How often a page listens, in milliseconds. */
const EVERY_MS = 50;

declare global {
  interface Window {
    /** What was seen at the page since the last fault began. */
    seen: {
      /** The longest time in which the page listened and did not hear the other side's tone, in milliseconds. */
      gap: number;
      statuses: string[];
      /** Whether the other side held the call. */
      held: boolean[];
      media: string[];
      /** Each call that was there, and the states it went through. */
      calls: Record<string, string[]>;
    };
  }
}

/** Notes from now on what can be heard at a page, and what its phone says. */
function watch({ page }: Desk, tone: number): Promise<void> {
  return page.evaluate(
    (hz, every) => {
      const { phone } = document.querySelector('ozeki-client')!;
      const seen = (window.seen = {
        gap: 0,
        statuses: [],
        media: [],
        held: [],
        calls: {},
      } as Window['seen']);
      // A call that ended before is shown for a while.
      const over = new Set(
        phone
          .getState()
          .calls.filter(({ state }) => state === 'ended')
          .map(({ id }) => id),
      );
      let silence = 0;
      let lookedAt = performance.now();
      const note = <T>(list: T[], value: T) => {
        if (list.at(-1) !== value) list.push(value);
      };
      const look = () => {
        const { connection, calls } = phone.getState();
        note(seen.statuses, connection.status);
        for (const { id, state, media, heldRemotely } of calls) {
          if (over.has(id)) continue;
          note((seen.calls[id] ??= []), state);
          note(seen.media, media);
          note(seen.held, heldRemotely);
        }
      };
      phone.subscribe(look);
      look();
      const listen = () => {
        if (window.seen !== seen) return;
        const now = performance.now();
        const heard = window.ears.spectrum([hz]).levels[0]! > -55;
        // While a busy machine has the page stand still, it hears nothing, and nobody can tell what there was.
        silence = heard ? 0 : silence + Math.min(now - lookedAt, 2 * every);
        lookedAt = now;
        seen.gap = Math.max(seen.gap, silence);
        setTimeout(listen, every);
      };
      listen();
    },
    tone,
    EVERY_MS,
  );
}

describe('the page of faults', () => {
  let demo: Demo;
  let browser: Browser;
  let front: Desk;
  let sales: Desk;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    front = await Desk.open(browser, { url: `${demo.url}/faults/`, tone: FRONT_DESK });
    await front.signedIn();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  const settled = () =>
    front.page.waitForFunction(
      () => {
        const { connection, calls } = document.querySelector('ozeki-client')!.phone.getState();
        return connection.status === 'connected' && calls.every(({ media }) => media === 'connected');
      },
      { polling: 50 },
    );
  const heard = () =>
    Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);

  /** Presses the button of a fault, and brings what was seen when the call is as it was. */
  async function breakBy(name: string, meanwhile?: () => Promise<void>): Promise<Window['seen']> {
    await Promise.all([watch(front, SALES), watch(sales, FRONT_DESK)]);
    await front.press(name);
    await meanwhile?.();
    await front.page.waitForFunction(
      (title) => document.querySelector('#outcome')!.textContent === `${title}: over.`,
      { timeout: 70_000, polling: 50 },
      name,
    );
    await settled();
    await heard();
    return front.page.evaluate(() => window.seen);
  }

  it('has a call by itself: music', async () => {
    await front.press('Call the music');
    // In either of the page's two telephones: the one that holds hears nothing.
    await front.page.waitForFunction(() => window.ears.spectrum([], true).loudest.level > -60, {
      timeout: 30_000,
      polling: 50,
    });
    await front.press('Hang up');
    await front.page.waitForFunction(
      () => document.querySelector('#log')!.textContent.includes('call ended'),
      { polling: 50 },
    );
    await front.page.evaluate(() =>
      (document.querySelector('#far') as HTMLElementTagNameMap['ozeki-client']).signOut(),
    );
  });

  it('begins a call with somebody', async () => {
    sales = await Desk.open(browser, { url: demo.url, tone: SALES });
    await sales.signIn('1002');
    await sales.signedIn();
    await sales.dial('1001');
    await front.press('Accept');
    await heard();
  });

  /** What the connection goes through. */
  const RECONNECTS = ['connected', 'reconnecting', 'connected'];
  const STAYS = ['connected'];
  /** Messages of all kinds, to be doubled and swapped: none may be carried out twice, or be missed. */
  const holdAndResume = async () => {
    await front.press('Hold');
    await front.press('Resume');
    await front.offers('Hold');
  };
  for (const [name, statuses, meanwhile] of [
    ['Cut the connection', RECONNECTS],
    ['Silence it', RECONNECTS],
    ['Offline for 10 s', RECONNECTS],
    ['Restart the phone system', RECONNECTS],
    ['Slow answers', STAYS],
    ['Everything twice', STAYS, holdAndResume],
    ['In the wrong order', null, holdAndResume],
  ] as const)
    it(`${name}: the sound never stops, and the call is the same one`, async () => {
      const seen = await breakBy(name, meanwhile);
      if (statuses) assert.deepEqual(seen.statuses, statuses);
      assert.deepEqual(Object.values(seen.calls), [['active']], 'one call, that went on');
      assert.deepEqual(seen.media, ['connected'], 'its media never broke');
      assert.deepEqual(await front.page.evaluate(() => window.ears.openConnections()), 1);
      const { sessions, legs, mediaLegs } = demo.phoneSystem.vitals();
      assert.deepEqual({ sessions, legs, mediaLegs }, { sessions: 1, legs: 2, mediaLegs: 2 });
      const held = await sales.page.evaluate(() => window.seen.held);
      assert.deepEqual(
        held,
        meanwhile ? [false, true, false] : [false],
        'held as often as the button was pressed',
      );
      // Who is held hears music in place of the tone.
      if (meanwhile) return;
      const gaps = [seen.gap, await sales.page.evaluate(() => window.seen.gap)].map(Math.round);
      console.log(`${name}: gaps of ${gaps.join(' and ')} ms`);
      assert.ok(Math.max(...gaps) < GAP_MS, `without a tone for ${gaps.join(' and ')} ms`);
    });

  it('Break the way of the sound: it dies both ways, and the telephone finds another by itself', async () => {
    const name = 'Break the way of the sound';
    const media = await front.page.evaluateHandle(() => {
      const connection = window.ears.connections.findLast(
        ({ signalingState }) => signalingState !== 'closed',
      )!;
      const path = () => /ice-ufrag:(\S+)/.exec(connection.localDescription!.sdp)![1]!;
      const media = { before: path(), path, states: [] as string[] };
      connection.addEventListener('connectionstatechange', () =>
        media.states.push(connection.connectionState),
      );
      return media;
    });
    const seen = await breakBy(name, async () => {
      await Promise.all([hearsNone(front.page, [SALES]), hearsNone(sales.page, [FRONT_DESK])]);
      await front.shows('ozeki-call', 'No sound is getting through. Trying again…');
    });
    assert.deepEqual(seen.statuses, STAYS, 'the signalling was left alone');
    assert.deepEqual(Object.values(seen.calls), [['active']], 'one call, that went on');
    assert.deepEqual(seen.media, ['connected', 'interrupted', 'connected']);
    const { states, restarted } = await media.evaluate(({ before, path, states }) => ({
      restarted: path() !== before,
      states,
    }));
    assert.deepEqual([states[0], states.at(-1), restarted], ['disconnected', 'connected', true]);
    assert.deepEqual(await front.page.evaluate(() => window.ears.openConnections()), 1);
    const { sessions, legs, mediaLegs } = demo.phoneSystem.vitals();
    assert.deepEqual({ sessions, legs, mediaLegs }, { sessions: 1, legs: 2, mediaLegs: 2 });
    const gaps = [seen.gap, await sales.page.evaluate(() => window.seen.gap)].map(Math.round);
    console.log(`${name}: gaps of ${gaps.join(' and ')} ms`);
    assert.ok(Math.min(...gaps) > GAP_MS, 'it was a fault');
  });

  it('never broke its policy, and threw nothing', async () => {
    await front.press('Hang up');
    await sales.shows('ozeki-call', 'The other side hung up.');
    assert.deepEqual(await front.violations(), []);
    assert.deepEqual(front.errors, []);
  });

  it('says what cannot be broken', async () => {
    const said = await front.page.evaluate(async () => {
      const { phone } = document.querySelector('ozeki-client')!;
      const failure = async (fault: string) => {
        try {
          await phone.simulate(fault as 'offline');
          return 'none';
        } catch (error) {
          return (error as { code?: string }).code ?? (error as Error).name;
        }
      };
      const said = [await failure('earthquake'), await failure('toString'), await failure('ice-failure')];
      const restart = phone.simulate('server-restart');
      said.push(await failure('socket-cut'));
      await restart;
      return said;
    });
    assert.deepEqual(said, ['TypeError', 'TypeError', 'wrong-state', 'wrong-state']);
  });
});
