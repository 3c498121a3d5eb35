import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { Desk } from '../support/desk.js';
import { hears, hearsMusic, hearsNone, seesFrames } from '../support/instrument.js';
import { startDemo, type Demo } from '../support/demo.js';

/** Between musical notes and DTMF, so that hold music and keys cannot be mistaken for them. */
const FRONT_DESK = 807;
const SALES = 1438;
const SUPPORT = 1163;
const TONES = [FRONT_DESK, SALES, SUPPORT];

describe('a call between two tabs of the demo', () => {
  let demo: Demo;
  let browser: Browser;
  let desks: Desk[] = [];

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  afterEach(async () => {
    for (const desk of desks) {
      assert.deepEqual(await desk.violations(), [], 'the demo keeps its own content security policy');
      await desk.close();
    }
    desks = [];
    await demo.quiet();
  });

  async function openDesk(extension: string, tone: number): Promise<Desk> {
    const desk = await Desk.open(browser, { url: demo.url, tone });
    desks.push(desk);
    await desk.signIn(extension);
    await desk.signedIn();
    return desk;
  }

  /** 1001 calls 1002, who accepts; both hear each other. */
  async function connected(): Promise<[Desk, Desk]> {
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    await front.dial('1002');
    await sales.press('Accept');
    await Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);
    return [front, sales];
  }

  it('rings, is accepted, heard both ways, and hung up', async () => {
    const [front, sales] = await connected();
    await front.shows('ozeki-call', /Sales.*1002.*0:0\d/);
    await sales.shows('ozeki-call', /Front desk.*1001/);
    await sales.press('Hang up');
    await front.shows('ozeki-call', 'The other side hung up.');
  });

  it('holds with music, and goes on', async () => {
    const [front, sales] = await connected();
    await front.press('Hold');
    await front.offers('Resume');
    await Promise.all([hearsMusic(sales.page, TONES), hearsNone(front.page, TONES)]);
    await front.press('Resume');
    await Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);
  });

  it('mutes, and unmutes', async () => {
    const [front, sales] = await connected();
    await front.press('Mute');
    await hearsNone(sales.page, TONES);
    await front.press('Unmute');
    await hears(sales.page, FRONT_DESK);
  });

  it('shows the camera of either side', async () => {
    const [front, sales] = await connected();
    await front.press('Camera');
    await seesFrames(sales.page);
    await sales.press('Camera');
    await seesFrames(front.page);
    await front.press('Hold');
    await front.offers('Resume');
    await front.press('Resume');
    await Promise.all([seesFrames(front.page), seesFrames(sales.page)]);
  });

  it('sends keys as tones to the phone system', async () => {
    const [front] = await connected();
    const digits = demo.nextDigits(4);
    await front.press('Keypad');
    for (const key of '15#0') await front.press(KEY_NAMES[key]!);
    assert.equal(await digits, '15#0');
  });

  it('comes back from a transfer that nobody takes', async () => {
    const [front, sales] = await connected();
    await front.press('Transfer');
    await front.fill('Number or extension', '1003');
    await front.press('Transfer now');
    await front.shows('ozeki-call', 'The transfer to 1003 failed.');
    await Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);
  });

  it('is made, accepted, held and hung up by keyboard alone, and the focus is never lost', async () => {
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    await front.tabTo('Number');
    await front.type('Number', '1002');
    await front.page.keyboard.press('Enter');
    await sales.key('Accept');
    await Promise.all([hears(front.page, SALES, [FRONT_DESK]), hears(sales.page, FRONT_DESK, [SALES])]);
    assert.match(await sales.focused(), /Front desk/, 'where the button was, the name of the caller is next');

    // A control that says something else now keeps the focus.
    await sales.key('Hold');
    await hearsMusic(front.page, TONES);
    assert.equal(await sales.focused(), 'Resume');
    await sales.page.keyboard.press('Enter');
    await hears(front.page, SALES, [FRONT_DESK]);
    assert.equal(await sales.focused(), 'Hold');

    await sales.key('Hang up');
    await front.shows('ozeki-call', 'The other side hung up.');
  });
});

const KEY_NAMES: Record<string, string> = { 1: '1', 5: '5', '#': '#', 0: '0' };
