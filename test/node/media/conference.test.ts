/** A mixer with real browsers: three talk, one listens. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { createWeriftEngine, type WeriftEngine } from '../../../src/pbx/media/werift/index.js';
import { startBrowser } from '../../support/browser.js';
import { until } from '../../support/demo.js';
import { PeerPage, PeerSite, SILENT_LOG } from '../../support/peer-page.js';

const TONES = [807, 1438, 1163] as const;

describe('a mixer of browsers', { timeout: 120_000 }, () => {
  let browser: Browser;
  let site: PeerSite;
  let engine: WeriftEngine;

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

  async function call(tone: number): Promise<PeerPage> {
    const peer = await PeerPage.open(site, engine);
    await peer.call({ tone, audioOnly: true });
    return peer;
  }

  it('lets each of three hear the other two and not itself, and a fourth everybody, unheard', async () => {
    const peers = [await call(TONES[0]), await call(TONES[1]), await call(TONES[2])];
    const listener = await call(440);
    const mixer = engine.createMixer();
    const takeOut = peers.map(({ leg }) => {
      const remove = mixer.add(leg.output);
      leg.listenTo('audio', mixer.output(leg.output));
      return remove;
    });
    listener.leg.listenTo('audio', mixer.output());

    await Promise.all([
      ...peers.map((peer, own) =>
        Promise.all(TONES.map((tone, index) => (index === own ? peer.lost(tone) : peer.hears(tone)))),
      ),
      ...TONES.map((tone) => listener.hears(tone)),
    ]);
    for (const peer of peers) await peer.lost(440);

    // One presses a key: the others go on hearing the third, and the key is no noise in the mix.
    await peers[0]!.press('5');
    await peers[1]!.hears(TONES[2]);
    await peers[1]!.hears(TONES[0]);

    // One leaves: the others hear each other only.
    takeOut[2]!();
    peers[2]!.leg.listenTo('audio', null);
    await Promise.all([peers[0]!.lost(TONES[2]), peers[1]!.lost(TONES[2]), peers[2]!.lost(TONES[0])]);
    await Promise.all([peers[0]!.hears(TONES[1]), peers[1]!.hears(TONES[0])]);

    // A second's worth of packets, and none missing.
    const { packetsLost, packetsReceived } = await until(
      async () => (await peers[0]!.stats())['inbound-rtp audio']!,
      (now) => now.packetsReceived! > 50,
    );
    assert.ok(packetsReceived! > 50, `${packetsReceived} received`);
    assert.equal(packetsLost, 0);
    mixer.close();
    await peers[0]!.lost(TONES[1]);
    for (const peer of [...peers, listener]) await peer.close();
    assert.equal(engine.legCount, 0);
  });
});
