/** The engine with Firefox, whose offers, telephone events and DTLS differ from Chromium's. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { createWeriftEngine, type WeriftEngine } from '../../../src/pbx/media/werift/index.js';
import { startBrowser } from '../../support/browser.js';
import { FAKE_MICROPHONE, NO_FIREFOX, startFirefox } from '../../support/firefox.js';
import { PeerPage, PeerSite, SILENT_LOG } from '../../support/peer-page.js';

describe('Firefox', { timeout: 90_000, skip: NO_FIREFOX }, () => {
  let browsers: Browser[] = [];
  let sites: PeerSite[] = [];
  let engine: WeriftEngine;

  before(async () => {
    browsers = [await startFirefox(), await startBrowser()];
    sites = await Promise.all(browsers.map((browser) => PeerSite.start(browser)));
    engine = await createWeriftEngine({ log: SILENT_LOG });
  });

  after(async () => {
    await engine?.close();
    await Promise.all(sites.map((site) => site.close()));
    await Promise.all(browsers.map((browser) => browser.close()));
  });

  it('is heard, hears, and presses keys', async () => {
    const [fox, chromium] = await Promise.all(sites.map((site) => PeerPage.open(site, engine)));
    await fox!.call({ tone: null });
    await chromium!.call({ tone: 807 });
    chromium!.leg.listenTo('audio', fox!.leg.output);
    fox!.leg.listenTo('audio', chromium!.leg.output);
    await chromium!.hears(FAKE_MICROPHONE);

    // Without a sound device Firefox's AudioContext stands still: its statistics tell what it hears.
    const energy = async () => (await fox!.stats())['inbound-rtp audio']?.totalAudioEnergy ?? 0;
    const silent = await energy();
    await waitFor(async () => (await energy()) > silent + 0.01);

    await fox!.press('159*0#');
    await chromium!.hears(697);
    await waitFor(() => Promise.resolve(fox!.observed.digits.length >= 6));
    assert.equal(fox!.observed.digits, '159*0#');
    assert.deepEqual(fox!.observed.failed, []);
    await Promise.all([fox!.close(), chromium!.close()]);
    assert.equal(engine.legCount, 0);
  });
});

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('what was waited for did not happen within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
