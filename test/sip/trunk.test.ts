import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import type { Baresip } from '../support/baresip.js';
import { CompanySite } from '../support/company-site.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears } from '../support/instrument.js';
import { DOMAIN, PASSWORD, SipLab } from '../support/sip-lab.js';
import { tone, wav } from '../support/sound.js';
import { until } from '../support/until.js';

const DESK = 807;
const PHONE = 440;
/** What a script plays. */
const JINGLE = 2130;

/** The phone hears this tone, and not the other. */
const phoneHears = (phone: Baresip, hz: number, not: number) =>
  until(() => phone.heard(hz) > -40 && phone.heard(not) < phone.heard(hz) - 20);

describe('an outside line of type SIP, at Kamailio', () => {
  let lab: SipLab;
  let site: CompanySite;
  let content: string;
  let house: Demo;
  let browser: Browser;
  let phone: Baresip;
  let desks: Desk[] = [];

  const line = (id: string, username: string, more: object = {}) => ({
    ...{ id, type: 'sip', name: `Line ${id}`, server: lab.udp, domain: DOMAIN, username, password: PASSWORD },
    ...more,
  });
  const status = (id: string) => house.phoneSystem.lines.find((one) => one.id === id);

  before(async () => {
    lab = await SipLab.start();
    site = await CompanySite.start();
    content = mkdtempSync(join(tmpdir(), 'ozeki-content-'));
    writeFileSync(join(content, 'jingle.wav'), wav([tone(JINGLE, 20, 16_000)], { rate: 16_000 }));
    house = await startDemo({
      logLevel: process.env.LOG_LEVEL ?? 'silent',
      contentFolder: content,
      outsideLines: [line('lab', '300'), line('menu', '301', { rings: '9999' })],
      apiExtensions: [{ id: '9999', name: 'Menu', incomingCallUrl: `${site.url}/call` }],
      httpApi: {
        allowedAddresses: ['loopback'],
        allowTargets: ['loopback'],
        notifications: { routingInterceptionUrl: `${site.url}/route` },
      },
      dialPlan: {
        rules: [
          { pattern: '300', to: '1001' },
          { pattern: '0*', to: '{rest}', line: 'lab' },
        ],
      },
    });
    browser = await startBrowser(['--allow-loopback-in-peer-connection']);
    await until(() => house.phoneSystem.lines.every(({ state }) => state === 'registered'));
    phone = await lab.phone('204', { tone: PHONE });
  });
  after(async () => {
    await browser?.close();
    await house?.close();
    await site?.close();
    await lab?.stop();
    rmSync(content, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const desk of desks) await desk.close();
    desks = [];
    await house.quiet();
    site.forget();
  });

  async function open(extension: string, hz: number): Promise<Desk> {
    const desk = await Desk.open(browser, { url: house.url, tone: hz });
    desks.push(desk);
    await desk.signIn(extension);
    await desk.signedIn();
    return desk;
  }

  it('has a script answer a call from a phone outside, and gather the digits of the caller', async () => {
    site.answers.set(
      'IncomingCall',
      `<UserInput Digits="4" Timeout="10" ForwardToUrl="${site.url}/pin">` +
        '<InitialCommands><Play>jingle.wav</Play></InitialCommands></UserInput>',
    );
    site.answers.set('DtmfEntered', '<Hangup/>');
    const before = phone.events.length;
    await phone.dial('301');
    await phone.tells('CALL_ESTABLISHED', undefined, before);
    await until(() => phone.heard(JINGLE) > -40);
    await phone.command('sndcode', '19#5');
    const told = await site.tells('DtmfEntered');
    assert.equal(told.fields.DtmfDigits, '19#5');
    await phone.tells('CALL_CLOSED', undefined, before);
  });

  it('is called through by a webphone: both hear each other', async () => {
    const desk = await open('1001', DESK);
    const before = phone.events.length;
    await desk.dial('0204');
    await phone.tells('CALL_ESTABLISHED', undefined, before);
    await Promise.all([hears(desk.page, PHONE, [DESK]), phoneHears(phone, DESK, PHONE)]);
    await desk.press('Hang up');
    await phone.tells('CALL_CLOSED', undefined, before);
  });

  it('rings a webphone when a phone outside calls', async () => {
    const desk = await open('1001', DESK);
    const before = phone.events.length;
    await phone.dial('300');
    await desk.shows('ozeki-call', /204/);
    await desk.press('Accept');
    await phone.tells('CALL_ESTABLISHED', undefined, before);
    await Promise.all([hears(desk.page, PHONE, [DESK]), phoneHears(phone, DESK, PHONE)]);
    await phone.command('hangup');
    await desk.shows('ozeki-call', 'The other side hung up.');
    assert.equal(status('lab')?.calls, 0);
  });
});
