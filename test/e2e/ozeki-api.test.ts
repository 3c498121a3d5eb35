/** Pages written against the documents of the JavaScript API, with its script tag and nothing else. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import type { Desk } from '../support/desk.js';
import { connect, Gallery } from '../support/gallery.js';
import { hears, hearsAll, hearsMusic, hearsNone, seesFrames } from '../support/instrument.js';

/** Between musical notes and DTMF, so that hold music and keys cannot be mistaken for them. */
const FRONT_DESK = 807;
const SALES = 1438;
const SUPPORT = 1163;
const SUPERVISOR = 1900;
const TONES = [FRONT_DESK, SALES, SUPPORT, SUPERVISOR];
/** The two tones of the key 1. */
const KEY_1 = [697, 1209];

const FOLDER = 'demo/ozeki-api/';
const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.html') && name !== 'index.html');

describe('the gallery of the JavaScript API', () => {
  let demo: Demo;
  let browser: Browser;
  let gallery: Gallery;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    gallery = new Gallery(browser, demo.url);
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  afterEach(async () => {
    await gallery.close();
    await demo.quiet();
  });

  /** 1001 calls 1002, who accepts; both hear each other. */
  async function connected(): Promise<[caller: Desk, callee: Desk]> {
    const callee = await gallery.visit({ page: 'incoming-call', extension: '1002', tone: SALES });
    const caller = await gallery.visit({ page: 'outgoing-call', extension: '1001', tone: FRONT_DESK });
    await caller.press('Call');
    await callee.press('Accept');
    await hearEachOther(caller, FRONT_DESK, callee, SALES);
    return [caller, callee];
  }

  async function hearEachOther(one: Desk, tone: number, other: Desk, otherTone: number): Promise<void> {
    await Promise.all([hears(one.page, otherTone, [tone]), hears(other.page, tone, [otherTone])]);
  }

  it('is linked from the demo and lists every page', async () => {
    const desk = await gallery.open({ page: 'index' });
    const listed = await desk.page.$$eval('.gallery a', (links) =>
      links.map((link) => link.getAttribute('href')!),
    );
    assert.deepEqual(listed.toSorted(), PAGES.toSorted());
    await desk.page.goto(demo.url);
    await desk.page.click('a[href="ozeki-api/"]');
    await desk.page.waitForFunction(() => document.title === 'JavaScript API – Ozeki Webphone');
  });

  for (const name of PAGES) {
    it(`${name} loads one script of ours and nothing else`, () => {
      const scripts = readFileSync(FOLDER + name, 'utf8').match(/<script[^>]*>/g);
      assert.deepEqual(scripts, [
        '<script type="text/javascript" src="/WebphoneAPI">',
        '<script type="text/javascript">',
      ]);
    });
  }

  it('connect: greets the user by name, is refused, disconnects, asks for a webphone', async () => {
    const desk = await gallery.visit({ page: 'connect', extension: '1001' });
    await desk.shows('#welcome', 'Hello, Anna Kovács (anna@example.com)!');
    await desk.press('Check');
    await desk.shows('#webphone-state', 'website is ONLINE');
    await desk.press('Disconnect');
    await desk.shows('#connection', 'CONNECTION_CLOSED');
    await desk.press('Check');
    await desk.shows('#webphone-state', 'website is OFFLINE');
    await connect(desk, { extension: '1001', fill: { Password: 'wrong' } });
    await desk.shows('#connection', 'ACCESS_DENIED');
    await connect(desk, { extension: 'website', fill: { Password: '' } });
    await desk.shows('#connection', 'ACCESS_GRANTED');
    await desk.shows('#welcome', 'Hello, visitor!');
  });

  it('incoming and outgoing call: through the documented states, heard both ways', async () => {
    const [caller, callee] = await connected();
    await caller.shows('#other-party', '1002');
    await callee.shows('#other-party', '1001');
    await caller.press('Hold');
    await Promise.all([caller.shows('#state', 'HOLD'), callee.shows('#state', 'HOLD')]);
    await Promise.all([hearsMusic(callee.page, TONES), hearsNone(caller.page, TONES)]);
    await caller.press('Resume');
    await hearEachOther(caller, FRONT_DESK, callee, SALES);
    await callee.press('Hang up');
    await caller.shows('#states', /^\s*RINGING ANSWERED IN_CALL HOLD IN_CALL COMPLETED\s*$/);
  });

  it('incoming call: rejects, and forwards', async () => {
    const callee = await gallery.visit({ page: 'incoming-call', extension: '1002', tone: SALES });
    const caller = await gallery.visit({ page: 'outgoing-call', extension: '1001', tone: FRONT_DESK });
    await caller.press('Call');
    await callee.press('Reject');
    await caller.shows('#states', /^\s*RINGING REJECTED\s*$/);
    const support = await gallery.visit({ page: 'incoming-call', extension: '1003', tone: SUPPORT });
    await caller.press('Call');
    await callee.shows('#state', 'RINGING');
    await callee.press('Forward');
    await support.press('Accept');
    await hearEachOther(caller, FRONT_DESK, support, SUPPORT);
    await callee.shows('#state', 'COMPLETED');
  });

  it('video: shows the own and the other camera on both pages', async () => {
    const front = await gallery.visit({ page: 'video', extension: '1001', tone: FRONT_DESK });
    const sales = await gallery.visit({ page: 'video', extension: '1002', tone: SALES });
    for (const desk of [front, sales]) {
      await desk.press('Use camera');
      await desk.shows('#mode', /640 × 480, 15/);
    }
    await front.press('Video call');
    await sales.press('Accept');
    await Promise.all([front, sales].map(({ page }) => seesFrames(page)));
    for (const { page } of [front, sales]) {
      await page.waitForFunction(() =>
        ['local', 'remote'].every((id) => {
          const video = document.querySelector<HTMLVideoElement>(`#${id} video`);
          return video && video.videoWidth > 0 && !video.paused && video.currentTime > 0;
        }),
      );
    }
    await hearEachOther(front, FRONT_DESK, sales, SALES);
    await front.press('Hang up');
    await sales.shows('#state', 'COMPLETED');
    assert.equal(await sales.page.$('#remote video'), null);
    assert.notEqual(await sales.page.$('#local video'), null);
  });

  it('two calls: holds the first, accepts the second, and swaps', async () => {
    const front = await gallery.visit({ page: 'two-calls', extension: '1001', tone: FRONT_DESK });
    const [sales, support] = await Promise.all([
      gallery.visit({ page: 'outgoing-call', extension: '1002', tone: SALES, fill: { Number: '1001' } }),
      gallery.visit({ page: 'outgoing-call', extension: '1003', tone: SUPPORT, fill: { Number: '1001' } }),
    ]);
    await sales.press('Call');
    await front.press('Answer');
    await hearEachOther(front, FRONT_DESK, sales, SALES);
    await support.press('Call');
    await front.shows('#calls', '1003 RINGING');
    await front.press('Answer');
    await hearEachOther(front, FRONT_DESK, support, SUPPORT);
    await Promise.all([hearsMusic(sales.page, TONES), sales.shows('#state', 'HOLD')]);
    await front.press('Swap');
    await hears(sales.page, FRONT_DESK, [SALES]);
    await Promise.all([hearsMusic(support.page, TONES), support.shows('#state', 'HOLD')]);
    await support.press('Hang up');
    await front.shows('#calls', /^\s*1002 IN_CALL\s/);
    await hearEachOther(front, FRONT_DESK, sales, SALES);
  });

  it('session watch: every change of state, in the documented words', async () => {
    const watcher = await gallery.visit({ page: 'session-watch', extension: '1004' });
    const [caller, callee] = await connected();
    await watcher.shows('#log', 'InCall');
    await caller.press('Hold');
    await watcher.shows('#log', 'CalleeOnHold');
    await caller.press('Resume');
    await caller.shows('#state', 'IN_CALL');
    await callee.press('Hang up');
    await watcher.shows('#log', 'closed');
    const rows = await watcher.page.$$eval('#log tr', (all) =>
      all.map((row) => [...row.cells].map((cell) => cell.textContent!)),
    );
    assert.deepEqual(
      rows.map(([, , , event]) => event),
      ['created', 'Ringing', 'InCall', 'CalleeOnHold', 'InCall', 'CalleeHungUp', 'closed'],
    );
    assert.equal(new Set(rows.map(([id]) => id)).size, 1, 'all of one session');
    for (const [id, parties, direction, , talked] of rows) {
      assert.match(id!, /^[\w-]{8}$/);
      assert.deepEqual([parties, direction], ['1001 → 1002', 'Internal']);
      assert.match(talked!, /^00:00:\d\d$/);
    }
  });

  it('transfer: the others are connected, or the two talk on', async () => {
    const front = await gallery.visit({ page: 'transfer', extension: '1001', tone: FRONT_DESK });
    const sales = await gallery.visit({ page: 'incoming-call', extension: '1002', tone: SALES });
    await front.press('Call');
    await sales.press('Accept');
    await hearEachOther(front, FRONT_DESK, sales, SALES);
    await front.press('Transfer');
    await front.shows('#error', /1003/);
    await hearEachOther(front, FRONT_DESK, sales, SALES);
    const support = await gallery.visit({ page: 'incoming-call', extension: '1003', tone: SUPPORT });
    await front.press('Transfer');
    await support.press('Accept');
    await hearEachOther(sales, SALES, support, SUPPORT);
    await front.shows('#state', 'COMPLETED');
  });

  it('dtmf: the chosen party hears the key, the other does not', async () => {
    const supervisor = await gallery.visit({ page: 'dtmf', extension: '1004' });
    const [caller, callee] = await connected();
    await supervisor.page.waitForSelector('#party option');
    for (const [chosen, hearer, voice, other] of [
      ['1001', caller, SALES, callee],
      ['1002', callee, FRONT_DESK, caller],
    ] as const) {
      await supervisor.page.evaluate((number) => {
        const list = document.querySelector<HTMLSelectElement>('#party')!;
        list.value = [...list.options].find(({ value }) => value.endsWith(` ${number}`))!.value;
      }, chosen);
      const [atHearer, atOther] = await Promise.all([hearer, other].map((desk) => keepLoudest(desk, KEY_1)));
      const heard = hearsAll(hearer.page, KEY_1);
      await supervisor.press('1');
      await heard;
      // The voice is back and the key is over.
      await hears(hearer.page, voice, KEY_1);
      const [key, nothing] = [await atHearer!(), await atOther!()];
      for (const [index, level] of nothing.entries()) {
        assert.ok(level < key[index]! - 20, `${KEY_1[index]} Hz: ${key[index]} dB, at the other ${level} dB`);
      }
    }
  });

  it('hud: lists what there is', async () => {
    const hud = await gallery.visit({ page: 'hud', extension: '1004' });
    await hud.shows('#users', /Anna Kovács 1001 anna@example\.com/);
    await hud.shows('#extensions', /1001 Front desk Webphone offline.*5000 Conference Conference idle/);
    await connected();
    await hud.shows('#extensions', /1001 Front desk Webphone busy 1002 Sales Webphone busy/);
    await hud.shows('#sessions', /Front desk 1001 Sales 1002 InCall 00:00:0\d/);
  });

  it('hud: connects two extensions, holds, transfers and ends their call', async () => {
    const hud = await gallery.visit({ page: 'hud', extension: '1004' });
    const front = await gallery.visit({ page: 'incoming-call', extension: '1001', tone: FRONT_DESK });
    const sales = await gallery.visit({ page: 'incoming-call', extension: '1002', tone: SALES });
    await hud.press('Set up');
    await front.press('Accept');
    await sales.press('Accept');
    await hearEachOther(front, FRONT_DESK, sales, SALES);
    await hud.shows('#sessions', /1001 Sales 1002 InCall/);

    await hud.press('Hold');
    await hud.shows('#sessions', 'OnHold');
    await Promise.all([front, sales].map((desk) => desk.shows('#state', 'HOLD')));
    await Promise.all([front, sales].map(({ page }) => hearsMusic(page, TONES)));
    await hud.press('Resume');
    await hearEachOther(front, FRONT_DESK, sales, SALES);

    const support = await gallery.visit({ page: 'incoming-call', extension: '1003', tone: SUPPORT });
    await hud.press('Transfer');
    await support.press('Accept');
    await hearEachOther(front, FRONT_DESK, support, SUPPORT);
    await sales.shows('#state', 'COMPLETED');
    await hud.shows('#sessions', /Front desk 1001 Support 1003 InCall/);

    await hud.press('Hang up');
    await Promise.all([front, support].map((desk) => desk.shows('#state', 'COMPLETED')));
    await hud.page.waitForFunction(() => !document.querySelector('#sessions tr'));
  });

  it('hud: listens to both, heard by neither', async () => {
    const hud = await gallery.visit({ page: 'hud', extension: '1004', tone: SUPERVISOR });
    const [caller, callee] = await connected();
    const keeps = await Promise.all([caller, callee].map((desk) => keepLoudest(desk, [SUPERVISOR])));
    await hud.press('Listen');
    await hearsAll(hud.page, [FRONT_DESK, SALES], [SUPPORT]);
    await hearEachOther(caller, FRONT_DESK, callee, SALES);
    for (const loudest of keeps) assert.ok((await loudest())[0]! < -55, 'nobody hears the listener');
    await hud.press('Stop listening');
    await hud.page.waitForFunction(() => window.ears.openConnections() === 0);
    await hearEachOther(caller, FRONT_DESK, callee, SALES);
  });

  it('hud: without the privileges nothing is changed, and it is said', async () => {
    const hud = await gallery.visit({ page: 'hud', extension: '1001', tone: FRONT_DESK });
    const sales = await gallery.visit({ page: 'incoming-call', extension: '1002' });
    await hud.press('Set up');
    await hud.shows('#error', /privilege.*calls\.setup/);
    await sales.shows('#call', /^(?!.*RINGING)/);
    assert.equal(demo.phoneSystem.vitals().sessions, 0);
  });

  it('chat: finds people by nickname, and delivers messages both ways', async () => {
    const anna = await gallery.visit({ page: 'chat', extension: '1001', tone: FRONT_DESK });
    const ben = await gallery.visit({
      page: 'chat',
      extension: '1002',
      fill: { Nickname: 'Ben' },
      tone: SALES,
    });
    await ben.shows('#people', 'Anna 1001');
    await anna.press('Chat with Ben');
    await ben.press('Accept');
    await anna.shows('#state', 'Ben IN_CALL');
    await anna.fill('Message', 'Lunch at <b>noon</b>?');
    await anna.press('Send');
    await ben.shows('#messages', 'Anna Lunch at <b>noon</b>?');
    await ben.fill('Message', 'Gladly ☺');
    await ben.press('Send');
    await anna.shows('#messages', /Anna Lunch.*Ben Gladly ☺/);
    await hearEachOther(anna, FRONT_DESK, ben, SALES);
    await ben.page.close();
    await anna.shows('#people', /^\s*$/);
  });

  it('conference: each of three hears the other two and not itself', async () => {
    const people = [
      { extension: '1001', tone: FRONT_DESK },
      { extension: '1002', tone: SALES },
      { extension: '1003', tone: SUPPORT },
    ];
    const desks: Desk[] = [];
    for (const person of people) desks.push(await gallery.visit({ page: 'conference', ...person }));
    const tones = people.map(({ tone }) => tone);
    await desks[0]!.shows('#room-state', 'Conference is idle');
    for (const desk of desks) await desk.press('Join');
    await Promise.all(
      desks.map(({ page }, index) =>
        hearsAll(
          page,
          tones.filter((_, other) => other !== index),
          [tones[index]!],
        ),
      ),
    );
    await desks[0]!.shows('#room-state', 'Conference is busy');
    await desks[2]!.press('Leave');
    await desks[2]!.shows('#state', 'COMPLETED');
    await hearEachOther(desks[0]!, FRONT_DESK, desks[1]!, SALES);
  });

  it('popup: shows a card while the watched number rings and talks', async () => {
    const popup = await gallery.visit({ page: 'popup', extension: '1004' });
    const callee = await gallery.visit({ page: 'incoming-call', extension: '1002', tone: SALES });
    const caller = await gallery.visit({ page: 'outgoing-call', extension: '1001', tone: FRONT_DESK });
    const other = await gallery.visit({ page: 'outgoing-call', extension: '1003', fill: { Number: '1001' } });
    const visible = () => popup.page.$eval('#card', (card) => card.checkVisibility());
    await other.press('Call');
    await other.shows('#state', /RINGING/);
    assert.equal(await visible(), false, 'another number');
    await other.press('Hang up');
    await other.shows('#state', 'COMPLETED');
    await caller.press('Call');
    await popup.shows('#card', /From Front desk 1001 To Sales 1002 Direction Internal State Ringing/);
    assert.equal(await visible(), true);
    await callee.press('Accept');
    await popup.shows('#card', /State InCall/);
    await caller.press('Hang up');
    await popup.page.waitForSelector('#card', { hidden: true });
    await popup.shows('#card', /State CallerHungUp/);
  });
});

/**
 * Records what a page hears from now on; the function it gives stops that, and tells how loud each tone was in the 50 ms
 * in which it was loudest, in dB. A key is too short for looking at it from time to time.
 */
async function keepLoudest({ page }: Desk, tones: number[]): Promise<() => Promise<number[]>> {
  const recording = await page.evaluateHandle(() => {
    const heard = window.ears.connections.flatMap((one) => one.getReceivers()).map(({ track }) => track);
    const recorder = new MediaRecorder(
      new MediaStream([heard.findLast(({ kind, readyState }) => kind === 'audio' && readyState === 'live')!]),
    );
    const stopped = new Promise<Blob>((resolve) => (recorder.ondataavailable = ({ data }) => resolve(data)));
    recorder.start();
    return { recorder, stopped };
  });
  return () =>
    recording.evaluate(async ({ recorder, stopped }, wanted) => {
      recorder.stop();
      const encoded = await (await stopped).arrayBuffer();
      const decoded = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(encoded);
      const samples = decoded.getChannelData(0);
      const size = 2400;
      const power = (from: number, hz: number) => {
        let [re, im] = [0, 0];
        for (let at = 0; at < size; at++) {
          const angle = (2 * Math.PI * at) / size;
          const sample = samples[from + at]! * (0.5 - 0.5 * Math.cos(angle));
          re += sample * Math.cos((angle * hz * size) / 48_000);
          im += sample * Math.sin((angle * hz * size) / 48_000);
        }
        return (16 * (re * re + im * im)) / size ** 2;
      };
      return wanted.map((hz) => {
        let loudest = 0;
        for (let from = 0; from + size <= samples.length; from += size / 2)
          loudest = Math.max(loudest, power(from, hz));
        return 10 * Math.log10(loudest + 1e-12);
      });
    }, tones);
}
