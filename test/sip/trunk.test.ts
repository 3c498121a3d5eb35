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
import type { PhoneControl } from '../../src/phone/index.js';
import { hears, hearsMusic, hearsNone } from '../support/instrument.js';
import { heardIn } from '../support/recordings.js';
import { DOMAIN, PASSWORD, SipLab } from '../support/sip-lab.js';
import { tone, wav } from '../support/sound.js';
import { until } from '../support/until.js';

const DESK = 807;
const COLLEAGUE = 1438;
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
    lab = await SipLab.start({ tls: true });
    site = await CompanySite.start();
    content = mkdtempSync(join(tmpdir(), 'ozeki-content-'));
    writeFileSync(join(content, 'jingle.wav'), wav([tone(JINGLE, 20, 16_000)], { rate: 16_000 }));
    house = await startDemo({
      logLevel: process.env.LOG_LEVEL ?? 'silent',
      contentFolder: content,
      outsideLines: [
        line('lab', '300', { keepAliveSeconds: 1 }),
        line('menu', '301', { rings: '9999' }),
        line('safe', '302', {
          ...{ server: lab.tls, transport: 'tls', tlsCa: lab.certificate!.cert, security: 'required' },
          rings: '1001',
        }),
      ],
      apiExtensions: [{ id: '9999', name: 'Menu', incomingCallUrl: `${site.url}/call` }],
      httpApi: {
        allowedAddresses: ['loopback'],
        allowTargets: ['loopback'],
        notifications: {
          routingInterceptionUrl: `${site.url}/route`,
          callChangedUrl: `${site.url}/changed`,
        },
      },
      dialPlan: {
        rules: [
          { pattern: '300', to: '1001' },
          { pattern: '0*', to: '{rest}', line: 'lab' },
          { pattern: '8*', to: '{rest}', line: 'safe' },
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

  it('is called through by a webphone, with PCMU and with Opus: both hear each other, and digits arrive', async () => {
    const wide = await lab.phone('206', { codecs: 'opus/48000/2', tone: PHONE });
    const desk = await open('1001', DESK);
    for (const [number, other] of [
      ['0204', phone],
      ['0206', wide],
    ] as const) {
      const before = other.events.length;
      await desk.dial(number);
      await other.tells('CALL_ESTABLISHED', undefined, before);
      await Promise.all([hears(desk.page, PHONE, [DESK]), phoneHears(other, DESK, PHONE)]);
      for (const digit of '15#') {
        await desk.page.evaluate((key) => {
          const { phone: own } = document.querySelector('ozeki-client')!;
          return own.sendDigits(own.getState().selectedCallId!, key);
        }, digit);
        await other.tells('CALL_DTMF_START', ({ param }) => param === digit, before);
      }
      await desk.press('Hang up');
      await other.tells('CALL_CLOSED', undefined, before);
    }
    await wide.stop();
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

  /** A call from the phone outside that the front desk has taken. */
  async function fromOutside(): Promise<Desk> {
    const desk = await open('1001', DESK);
    await phone.dial('300');
    await desk.press('Accept');
    await Promise.all([hears(desk.page, PHONE), phoneHears(phone, DESK, PHONE)]);
    return desk;
  }

  /** Gives the phone of a page a command for its only call. */
  const command = (desk: Desk, name: 'transfer' | 'consult', to: string) =>
    desk.page.evaluate(
      async (method, number) => {
        const { phone: own } = document.querySelector('ozeki-client')!;
        return own[method](own.getState().calls[0]!.id, number);
      },
      name,
      to,
    );

  it('speaks TLS and encrypts what is said, both ways', async () => {
    const safe = await lab.phone('205', { tone: PHONE, srtp: true });
    const desk = await open('1001', DESK);
    await desk.dial('8205');
    await Promise.all([hears(desk.page, PHONE, [DESK]), phoneHears(safe, DESK, PHONE)]);
    await desk.press('Hang up');
    await safe.tells('CALL_CLOSED');
    const before = safe.events.length;
    await safe.dial('302');
    await desk.press('Accept');
    await Promise.all([hears(desk.page, PHONE, [DESK]), phoneHears(safe, DESK, PHONE)]);
    await safe.command('hangup');
    await safe.tells('CALL_CLOSED', undefined, before);
    await safe.stop();
  });

  it('carries hold from either side', async () => {
    const desk = await fromOutside();
    await desk.press('Hold');
    // Music, and nothing of the desk.
    await until(() => phone.heard(DESK) < -45);
    await hearsNone(desk.page, [PHONE, DESK]);
    await desk.press('Resume');
    await Promise.all([hears(desk.page, PHONE), phoneHears(phone, DESK, PHONE)]);
    await phone.command('hold');
    await desk.shows('ozeki-call', 'Held by the other side');
    await hearsMusic(desk.page, [PHONE, DESK]);
    await phone.command('resume');
    // baresip itself records nothing of what it hears after a re-INVITE.
    await hears(desk.page, PHONE);
    await desk.press('Hang up');
  });

  it('is transferred, blind and attended', async () => {
    const desk = await fromOutside();
    const colleague = await open('1002', COLLEAGUE);
    await command(desk, 'transfer', '1002');
    await colleague.press('Accept');
    await desk.shows('ozeki-call', 'The call was transferred.');
    await Promise.all([hears(colleague.page, PHONE), phoneHears(phone, COLLEAGUE, PHONE)]);
    const consulting = command(colleague, 'consult', '1001');
    await desk.press('Accept');
    const consultation = await consulting;
    await hears(desk.page, COLLEAGUE, [PHONE]);
    await colleague.page.evaluate(async (id) => {
      const { phone: own } = document.querySelector('ozeki-client')!;
      await own.join(own.getState().calls.find((call) => call.id !== id && call.state === 'active')!.id, id!);
    }, consultation);
    await Promise.all([hears(desk.page, PHONE, [COLLEAGUE]), phoneHears(phone, DESK, COLLEAGUE)]);
    await desk.press('Hang up');
  });

  it('is recorded with both parties, and listened to', async () => {
    site.answers.set('CallChanged', ({ fields }) =>
      fields.CallState === 'Answered'
        ? `<Record Format="wav" FinishedUrl="${site.url}/recorded"/>`
        : undefined,
    );
    const desk = await fromOutside();
    const boss = await open('1004', COLLEAGUE);
    const sessionId = await desk.page.evaluate(
      () => document.querySelector('ozeki-client')!.phone.getState().calls[0]!.sessionId,
    );
    await boss.page.evaluate(async (id) => {
      const client = document.querySelector('ozeki-client') as unknown as {
        phone: { control(): Promise<PhoneControl> };
      };
      await (await client.phone.control()).listen(id);
    }, sessionId);
    await Promise.all([hears(boss.page, PHONE), hears(boss.page, DESK)]);
    await phoneHears(phone, DESK, COLLEAGUE);
    await desk.press('Hang up');
    const told = await site.tells('RecordCompleted');
    const recorded = await heardIn(told.fields.RecordURL!);
    assert.ok(recorded.level(DESK) > -35 && recorded.level(PHONE) > -35, 'both parties are recorded');
  });

  it('leaves a message on a voicemail, as any caller', async () => {
    site.answers.set(
      'IncomingCall',
      `<Record Format="wav" Duration="2" FinishedUrl="${site.url}/recorded"/>`,
    );
    await phone.dial('301');
    const told = await site.tells('RecordCompleted');
    assert.equal(told.fields.Caller, '204');
    assert.ok((await heardIn(told.fields.RecordURL!)).level(PHONE) > -35, 'the caller is recorded');
    await phone.command('hangup');
  });

  it('is chosen by name by the web site that routes calls, with the number to dial and to show', async () => {
    site.answers.set(
      'RoutingInterception',
      '<Route CallerId="+3615550100" DialedNumber="204">Line lab</Route>',
    );
    const desk = await open('1001', DESK);
    const before = phone.events.length;
    await desk.dial('5550000');
    const { param } = await phone.tells('CALL_ESTABLISHED', undefined, before);
    assert.ok(param !== undefined);
    await phoneHears(phone, DESK, PHONE);
    await desk.press('Hang up');
  });

  it('is one of two to sign in at on the demo’s page: the other is the SIP server itself', async () => {
    const desk = await Desk.open(browser, { url: house.url, tone: DESK });
    desks.push(desk);
    const { page } = desk;
    const is = (state: string) =>
      page.waitForFunction(
        (wanted) => document.querySelector('ozeki-client')!.matches(`:state(${wanted})`),
        { timeout: 30_000 },
        state,
      );
    await is('signed-out');
    await page.click('.kinds label:nth-child(2)');
    await desk.fill('SIP address', `109@${DOMAIN}`);
    await desk.fill('Password', 'wrong');
    // No address of a SIP server: the field says so, and nobody is asked.
    await desk.fill('Server', 'pbx.example.com');
    await desk.press('Sign in');
    assert.equal(await desk.focused(), 'Server');
    await is('signed-out');
    await desk.fill('Server', lab.server);
    await desk.press('Sign in');
    await desk.shows('ozeki-client', 'Sign-in refused');
    await desk.fill('Password', PASSWORD);
    await desk.press('Sign in');
    await desk.signedIn();
    const before = phone.events.length;
    await desk.dial('204');
    await phone.tells('CALL_ESTABLISHED', undefined, before);
    await Promise.all([hears(page, PHONE, [DESK]), phoneHears(phone, DESK, PHONE)]);
    await desk.press('Hang up');
    await phone.tells('CALL_CLOSED', undefined, before);

    await desk.press('Sign out');
    await is('signed-out');
    await page.click('.kinds label');
    await desk.signIn('1001');
    await desk.signedIn();
    assert.deepEqual(await desk.violations(), []);
    assert.deepEqual(desk.errors, []);
  });

  it('says why a call out did not come about', async () => {
    const desk = await open('1001', DESK);
    await desk.dial('0199');
    await desk.shows('ozeki-call', 'There is no such number.');
  });

  it('is offline while its server is gone, and comes back with it', async () => {
    const desk = await open('1001', DESK);
    const lamp = (state: string) =>
      desk.page.waitForFunction(
        (wanted) =>
          document
            .querySelector('ozeki-client')!
            .phone.getState()
            .extensions.some(({ id, status: now }) => id === 'lab' && now === wanted),
        { timeout: 60_000 },
        state,
      );
    await lamp('idle');
    await lab.killServer();
    await lamp('offline');
    assert.match(status('lab')?.problem ?? '', /does not answer/);
    await lab.startServer();
    await lamp('idle');
  });
});
