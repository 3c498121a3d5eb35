/** What a leg does when things go wrong, with the offer of a real browser. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { ProtocolError } from '../../../src/protocol/index.js';
import type { LegObserver } from '../../../src/pbx/media/engine.js';
import { createWeriftEngine, localAddresses, OutOfMediaPorts } from '../../../src/pbx/media/werift/index.js';
import { MediaSocket } from '../../../src/pbx/media/ports/media-socket.js';
import { startBrowser } from '../../support/browser.js';
import { PeerPage, PeerSite, SILENT_LOG } from '../../support/peer-page.js';

const NOBODY: LegObserver = { connected() {}, failed() {}, digit() {} };

/** How many UDP sockets are open, once those that were closed in this turn are gone. */
async function sockets(): Promise<number> {
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;
}

/** The addresses of this machine that a browser uses without special flags. */
function lan(): string[] {
  return localAddresses().filter((address) => !address.startsWith('127.'));
}

function isMediaFailure(error: unknown): boolean {
  return error instanceof ProtocolError && error.reason === 'media-failed';
}

describe('a leg', { timeout: 90_000 }, () => {
  let browser: Browser;
  let site: PeerSite;
  let offer: string;

  before(async () => {
    browser = await startBrowser();
    site = await PeerSite.start(browser);
    const page = await site.newPage();
    offer = await page.evaluate(() => window.peer.offer({ tone: 807 }));
    await page.close();
  });

  after(async () => {
    await site.close();
    await browser.close();
  });

  it('frees its ports and timers when closed before, while and after connecting', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG });
    const before = await sockets();
    const leg = await engine.answer(offer, NOBODY);
    assert.ok((await sockets()) > before);
    assert.equal(engine.legCount, 1);
    await Promise.all([leg.close(), leg.close()]);
    assert.equal(engine.legCount, 0);

    const party = await PeerPage.open(site, engine);
    await party.call();
    party.leg.listenTo('audio', engine.holdMusic);
    await party.hears(293.66);
    await party.close();
    assert.equal(engine.holdMusic.isPlaying, false);

    const pending = engine.answer(offer, NOBODY);
    await Promise.all([assert.rejects(pending, { reason: 'shutting-down' }), engine.close()]);
    await assert.rejects(engine.answer(offer, NOBODY), { reason: 'shutting-down' });
    assert.equal(engine.legCount, 0);
    assert.equal(await sockets(), before);
  });

  it('fails once when nobody connects', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG, connectTimeoutMs: 300 });
    const failures: string[] = [];
    const failed = new Promise<void>((resolve) => {
      const failed = (message: string) => {
        failures.push(message);
        resolve();
      };
      void engine.answer(offer, { ...NOBODY, failed });
    });
    await failed;
    await engine.close();
    assert.equal(failures.length, 1);
    assert.match(failures[0]!, /within 0 seconds|connection/);
  });

  it('fails when the party shows another certificate than it announced', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG });
    const page = await site.newPage();
    const honest = await page.evaluate(() => window.peer.offer({ tone: 807 }));
    const forged = honest.replace(/a=fingerprint:sha-256 ..:../g, 'a=fingerprint:sha-256 00:00');
    const failures: string[] = [];
    await new Promise<void>((resolve, reject) => {
      engine
        .answer(forged, {
          connected: () => reject(new Error('connected with a forged certificate')),
          failed: (message) => resolve(void failures.push(message)),
          digit() {},
        })
        .then((leg) => page.evaluate((sdp) => window.peer.answer(sdp), leg.answer))
        .catch(reject);
    });
    assert.equal(failures.length, 1);
    await page.close();
    await engine.close();
  });

  it('refuses junk, and goes on with a good offer', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG });
    const before = await sockets();
    for (const junk of [
      '',
      'v=0',
      offer.slice(0, 400),
      offer.replaceAll('opus', 'x').replaceAll('VP8', 'y'),
    ]) {
      await assert.rejects(engine.answer(junk, NOBODY), isMediaFailure);
    }
    assert.deepEqual([engine.legCount, await sockets()], [0, before]);
    const leg = await engine.answer(offer, NOBODY);
    await assert.rejects(leg.reoffer('junk'), isMediaFailure);
    await assert.rejects(leg.sendDigits('12x'), { reason: 'invalid-params' });
    await assert.rejects(leg.sendDigits('1'), { reason: 'wrong-state' });
    await engine.close();
    await assert.rejects(leg.reoffer(offer), { reason: 'wrong-state' });
  });

  it('survives candidates that lead nowhere', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG });
    const party = await PeerPage.open(site, engine);
    await party.call();
    for (const candidate of [
      'candidate:1 1 udp 1 nowhere.invalid 5000 typ host',
      'candidate:1 1 udp 1 abc.local 5000 typ host',
      'candidate:1 1 udp 1 10.255.255.1 22 typ host',
      'candidate:1 1 udp 1 203.0.113.5 1 typ srflx',
      'candidate:',
      'x'.repeat(10_000),
      '',
    ]) {
      await party.leg.addCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 });
      await party.leg.addCandidate({ candidate, sdpMid: 'unknown', sdpMLineIndex: 99 });
    }
    await party.leg.addCandidate(null);
    for (let port = 1; port < 200; port++) {
      const candidate = `candidate:1 1 udp 1 10.0.0.1 ${port} typ host`;
      await party.leg.addCandidate({ candidate, sdpMid: null, sdpMLineIndex: null });
    }
    party.leg.listenTo('audio', engine.holdMusic);
    await party.hears(293.66);
    assert.deepEqual(party.observed.failed, []);
    await party.close();
    await engine.close();
  });

  it('takes no notice of strangers who send to its port', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG, addresses: () => ['127.0.0.1', ...lan()] });
    const party = await PeerPage.open(site, engine);
    await party.call();
    party.leg.listenTo('audio', engine.holdMusic);
    await party.hears(293.66);
    const ports = party.leg.answer.match(/^a=candidate:.*$/gm)!.map((line) => line.split(' '));
    const stranger = await MediaSocket.bind('127.0.0.1', 0);
    const closeNotify = Buffer.from('15fefd000000000000000000020100', 'hex');
    const hello = Buffer.from('16fefd0000000000000000000d0100000100000000000000010b', 'hex');
    for (const fields of ports) {
      for (const forged of [closeNotify, hello, Buffer.alloc(0), Buffer.alloc(40, 0x80), Buffer.alloc(20)]) {
        await stranger.send(forged, [fields[4]!, Number(fields[5])]);
      }
    }
    const received = (await party.stats())['inbound-rtp audio']!.packetsReceived!;
    const goesOn = async (count: number) =>
      (await window.peer.stats())['inbound-rtp audio']!.packetsReceived! > count + 25;
    await party.page.waitForFunction(goesOn, { polling: 100 }, received);
    await party.restartIce();
    await party.hears(293.66);
    assert.deepEqual(party.observed.failed, []);
    await stranger.close();
    await party.close();
    await engine.close();
  });

  it('offers its public address on the port it has', async () => {
    const range: [number, number] = [41_730, 41_731];
    const engine = await createWeriftEngine({ log: SILENT_LOG, publicIp: '203.0.113.9', mediaPorts: range });
    const leg = await engine.answer(offer, NOBODY);
    const candidates = leg.answer.match(/^a=candidate:.*$/gm)!.map((line) => line.split(' '));
    const ports = new Set(candidates.map((fields) => Number(fields[5])));
    assert.equal(ports.size, 1);
    assert.ok([...ports].every((port) => port >= range[0] && port <= range[1]));
    assert.ok(candidates.some((fields) => fields[4] === '203.0.113.9'));
    assert.ok(candidates.some((fields) => fields[4] === '127.0.0.1'));
    await engine.answer(offer, NOBODY);
    await assert.rejects(engine.answer(offer, NOBODY), OutOfMediaPorts);
    await leg.close();
    await (await engine.answer(offer, NOBODY)).close();
    await engine.close();
  });

  it('goes on with a party that comes back with another key', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG });
    const party = await PeerPage.open(site, engine);
    await party.call();
    party.leg.listenTo('audio', engine.holdMusic);
    await party.hears(293.66);
    const page = await site.newPage();
    const again = await page.evaluate(() => window.peer.offer({ tone: 1438 }));
    const answer = await party.leg.reoffer(again);
    await page.evaluate((sdp) => window.peer.answer(sdp), answer);
    const heard = () => window.peer.level(293.66) > -45;
    await page.waitForFunction(heard, { polling: 50 });
    assert.equal(engine.legCount, 1);
    assert.deepEqual([party.observed.connected, party.observed.failed], [2, []]);
    await page.close();
    await party.close();
    await engine.close();
  });

  it('takes an offer of audio alone', async () => {
    const engine = await createWeriftEngine({ log: SILENT_LOG });
    const party = await PeerPage.open(site, engine);
    await party.call({ audioOnly: true });
    party.leg.listenTo('audio', engine.holdMusic);
    party.leg.listenTo('video', engine.holdMusic);
    await party.hears(293.66);
    await party.close();
    await engine.close();
  });

  it('reaches a browser by IPv6 where this machine has it', async (t) => {
    const ipv6 = localAddresses().filter((address) => address.includes(':'));
    if (ipv6.length === 0) return t.skip('no IPv6 address');
    const engine = await createWeriftEngine({ log: SILENT_LOG, addresses: () => ipv6 });
    const party = await PeerPage.open(site, engine);
    await party.call();
    party.leg.listenTo('audio', engine.holdMusic);
    await party.hears(293.66);
    await party.close();
    await engine.close();
  });

  it('leaves the ports of others alone', async () => {
    const taken = await MediaSocket.bind('127.0.0.1', 0);
    const mediaPorts: [number, number] = [taken.port, taken.port];
    const engine = await createWeriftEngine({ log: SILENT_LOG, mediaPorts });
    await assert.rejects(engine.answer(offer, NOBODY), OutOfMediaPorts);
    await taken.close();
    await (await engine.answer(offer, NOBODY)).close();
    await engine.close();
  });
});
