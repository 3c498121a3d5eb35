/** Legs with real browsers: what is bridged is heard and seen, whatever is changed underneath. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { createWeriftEngine, type WeriftEngine } from '../../../src/pbx/media/werift/index.js';
import { startBrowser } from '../../support/browser.js';
import { PeerPage, PeerSite, SILENT_LOG, type PeerOptions } from '../../support/peer-page.js';

const LOW = 807;
const HIGH = 1438;
const OTHER = 1870;

describe('bridging browsers', { timeout: 120_000 }, () => {
  let browser: Browser;
  let site: PeerSite;
  let engine: WeriftEngine;
  let open: PeerPage[] = [];

  before(async () => {
    browser = await startBrowser();
    site = await PeerSite.start(browser);
    engine = await createWeriftEngine({ log: SILENT_LOG });
  });

  after(async () => {
    await engine.close();
    await site.close();
    await browser.close();
  });

  afterEach(async () => {
    await Promise.all(open.map((peer) => peer.close()));
    open = [];
    assert.equal(engine.legCount, 0);
  });

  async function call(tone: number, options: PeerOptions = {}): Promise<PeerPage> {
    const peer = await PeerPage.open(site, engine);
    open.push(peer);
    await peer.call({ tone, ...options });
    return peer;
  }

  function bridge(a: PeerPage, b: PeerPage): void {
    for (const kind of ['audio', 'video'] as const) {
      a.leg.listenTo(kind, b.leg.output);
      b.leg.listenTo(kind, a.leg.output);
    }
  }

  it('lets each of two parties hear the other, and a third after a transfer', async () => {
    const [a, b] = [await call(LOW), await call(HIGH)];
    bridge(a, b);
    await Promise.all([a.hears(HIGH), b.hears(LOW)]);
    assert.deepEqual([a.observed.connected, b.observed.connected], [1, 1]);

    const c = await call(OTHER);
    b.leg.listenTo('audio', null);
    bridge(a, c);
    await Promise.all([a.hears(OTHER), c.hears(LOW), a.lost(HIGH), b.lost(LOW)]);
    assert.deepEqual([a.observed.failed, b.observed.failed], [[], []]);
  });

  it('restarts ICE on the same leg, and audio goes on', async () => {
    const [a, b] = [await call(LOW), await call(HIGH)];
    bridge(a, b);
    await Promise.all([a.hears(HIGH), b.hears(LOW)]);
    const { answer } = a.leg;
    await a.restartIce();
    assert.notEqual(/ice-ufrag:(.*)/.exec(a.leg.answer)![1], /ice-ufrag:(.*)/.exec(answer)![1]);
    const before = (await a.stats())['inbound-rtp audio']!.packetsReceived!;
    await Promise.all([a.hears(HIGH), b.hears(LOW)]);
    await a.page.waitForFunction(
      async (count) => (await window.peer.stats())['inbound-rtp audio']!.packetsReceived! > count + 25,
      { polling: 100 },
      before,
    );
    assert.deepEqual([a.observed.connected, a.observed.failed], [2, []]);
  });

  it('shows pictures, and those of another source after a transfer', async () => {
    const [a, b] = [await call(LOW, { video: true }), await call(HIGH, { video: true })];
    bridge(a, b);
    await Promise.all([a.decodes(10), b.decodes(10)]);
    const c = await call(OTHER, { video: true });
    bridge(a, c);
    await Promise.all([a.decodes(10), c.decodes(10)]);
    bridge(a, b);
    await Promise.all([a.decodes(10), b.decodes(10)]);
  });

  it('plays music to a party on hold, and neither tone', async () => {
    const [a, b] = [await call(LOW), await call(HIGH)];
    bridge(a, b);
    await Promise.all([a.hears(HIGH), b.hears(LOW)]);
    b.leg.listenTo('audio', engine.holdMusic);
    a.leg.listenTo('audio', null);
    assert.ok(engine.holdMusic.isPlaying);
    // D4 and A3 sound in the first bar.
    await Promise.all([b.hears(293.66), b.lost(LOW), a.lost(HIGH)]);
    bridge(a, b);
    assert.ok(!engine.holdMusic.isPlaying);
    await Promise.all([a.hears(HIGH), b.hears(LOW)]);
  });

  it('reports digits, passes them on, and sends its own', async () => {
    const [a, b] = [await call(LOW), await call(HIGH)];
    bridge(a, b);
    await Promise.all([a.hears(HIGH), b.hears(LOW)]);
    await a.press('159*0#D');
    // 1 sounds as 697 and 1209 Hz at the other party.
    await b.hears(697);
    await until(() => a.observed.digits.length >= 7);
    assert.equal(a.observed.digits, '159*0#D');

    b.leg.listenTo('audio', null);
    await b.lost(LOW);
    const heard = b.hears(1477);
    await b.leg.sendDigits('333');
    await heard;
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('what was waited for did not happen within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
