import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import type { Baresip } from '../support/baresip.js';
import { Desk } from '../support/desk.js';
import { hears, hearsNone, seesFrames } from '../support/instrument.js';
import { DOMAIN, PASSWORD, SipLab } from '../support/sip-lab.js';
import { SipSite } from '../support/sip-site.js';
import { until } from '../support/until.js';

const ALICE = 807;
const BOB = 1438;
const CAROL = 1123;
const PHONE = 440;
const TONES = [ALICE, BOB, CAROL, PHONE];

describe('the tags on a SIP server', () => {
  let lab: SipLab;
  let site: SipSite;
  let browser: Browser;
  let desks: Desk[] = [];

  before(async () => {
    lab = await SipLab.start();
    site = await SipSite.start();
    browser = await startBrowser(['--allow-loopback-in-peer-connection']);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await lab?.stop();
  });
  afterEach(async () => {
    for (const desk of desks) {
      assert.deepEqual(await desk.violations(), [], 'the strictest policy is kept');
      assert.deepEqual(desk.errors, []);
      await desk.close();
    }
    desks = [];
  });

  async function open(user: string, tone: number, more = ''): Promise<Desk> {
    const desk = await Desk.open(browser, { url: site.url(lab.server, more), tone });
    desks.push(desk);
    await desk.signIn(`${user}@${DOMAIN}`, PASSWORD);
    await desk.signedIn();
    return desk;
  }

  async function connected(): Promise<[Desk, Desk]> {
    const alice = await open('101', ALICE);
    const bob = await open('102', BOB);
    await alice.dial('102');
    await bob.press('Accept');
    await Promise.all([hears(alice.page, BOB, [ALICE]), hears(bob.page, ALICE, [BOB])]);
    return [alice, bob];
  }

  /** Gives the phone of a page a command for its selected call, or the only one. */
  const command = (desk: Desk, name: 'transfer' | 'consult' | 'forward', to: string) =>
    desk.page.evaluate(
      async (method, number) => {
        const { phone } = document.querySelector('ozeki-client')!;
        const { selectedCallId, calls } = phone.getState();
        return phone[method](selectedCallId ?? calls[0]!.id, number);
      },
      name,
      to,
    );

  /** The phone hears this tone, and not the other. */
  const phoneHears = (phone: Baresip, hz: number, not: number) =>
    until(() => phone.heard(hz) > -40 && phone.heard(not) < phone.heard(hz) - 20);

  it('ring, are accepted and heard both ways, show who calls, and end', async () => {
    const [alice, bob] = await connected();
    // The server vouches for the name.
    await bob.shows('ozeki-call', /Extension 101.*101/);
    await bob.press('Hang up');
    await alice.shows('ozeki-call', 'The other side hung up.');
  });

  it('hold, confirmed by the far end, and go on', async () => {
    const [alice, bob] = await connected();
    await alice.press('Hold');
    await alice.offers('Resume');
    await bob.shows('ozeki-call', 'Held by the other side');
    await Promise.all([hearsNone(alice.page, TONES), hearsNone(bob.page, TONES)]);
    await alice.press('Resume');
    await Promise.all([hears(alice.page, BOB, [ALICE]), hears(bob.page, ALICE, [BOB])]);
  });

  it('have several calls, one at a time', async () => {
    const [alice, bob] = await connected();
    const carol = await open('103', CAROL);
    await carol.dial('101');
    await alice.press('Answer');
    await Promise.all([
      hears(carol.page, ALICE),
      hears(alice.page, CAROL, [BOB]),
      hearsNone(bob.page, TONES),
    ]);
  });

  it('say why a call did not come about', async () => {
    const alice = await open('101', ALICE);
    await alice.dial('199');
    await alice.shows('ozeki-call', 'There is no such number.');
    const bob = await open('102', BOB);
    await alice.dial('102');
    await bob.press('Reject');
    await alice.shows('ozeki-call', 'The call was rejected.');
  });

  it('refuse a wrong password at once', async () => {
    const desk = await Desk.open(browser, { url: site.url(lab.server), tone: ALICE });
    desks.push(desk);
    await desk.signIn(`101@${DOMAIN}`, 'wrong');
    await desk.page.waitForFunction(
      () => document.querySelector('ozeki-client')!.matches(':state(refused)'),
      {
        timeout: 5000,
      },
    );
  });

  for (const [name, codecs] of [
    ['PCMU', 'PCMU/8000/1'],
    ['Opus', 'opus/48000/2'],
  ] as const) {
    it(`reach a phone and are reached by it, with ${name}`, async () => {
      const phone = await lab.phone(`2${name}`, { codecs, tone: PHONE });
      const alice = await open('101', ALICE);
      await alice.dial(`2${name}`);
      await Promise.all([hears(alice.page, PHONE, [ALICE]), phoneHears(phone, ALICE, PHONE)]);
      await alice.press('Hang up');
      await phone.tells('CALL_CLOSED');

      const before = phone.events.length;
      await phone.dial('101');
      await alice.press('Accept');
      await phone.tells('CALL_ESTABLISHED', undefined, before);
      await Promise.all([hears(alice.page, PHONE, [ALICE]), phoneHears(phone, ALICE, PHONE)]);
      await phone.command('hangup');
      await alice.shows('ozeki-call', 'The other side hung up.');
      await phone.stop();
    });
  }

  it('hold a phone, and send it digits', async () => {
    const phone = await lab.phone('203', { tone: PHONE });
    const alice = await open('101', ALICE);
    await alice.dial('203');
    await Promise.all([hears(alice.page, PHONE), phoneHears(phone, ALICE, PHONE)]);
    await alice.press('Hold');
    await alice.offers('Resume');
    await hearsNone(alice.page, TONES);
    await alice.press('Resume');
    await hears(alice.page, PHONE);
    for (const digit of '15#') {
      await alice.page.evaluate(async (key) => {
        const { phone } = document.querySelector('ozeki-client')!;
        await phone.sendDigits(phone.getState().selectedCallId!, key);
      }, digit);
      await phone.tells('CALL_DTMF_START', ({ param }) => param === digit);
    }
    await phone.stop();
  });

  it('hear that a phone is busy', async () => {
    const phone = await lab.phone('204', { answer: 'manual' });
    const alice = await open('101', ALICE);
    await alice.dial('204');
    await phone.tells('CALL_INCOMING');
    await phone.command('hangup');
    await alice.shows('ozeki-call', 'The number is busy.');
    await phone.stop();
  });

  it('hear that nobody answers', async () => {
    const alice = await open('101', ALICE);
    await open('901', BOB);
    await alice.dial('901');
    await alice.shows('ozeki-call', 'Nobody answered.');
  });

  it('keep the call while the server is killed and restarted in it', async () => {
    const [alice, bob] = await connected();
    await lab.killServer();
    await alice.page.waitForFunction(() =>
      document.querySelector('ozeki-client')!.matches(':state(reconnecting)'),
    );
    await Promise.all([hears(alice.page, BOB), hears(bob.page, ALICE)]);
    await lab.startServer();
    await Promise.all([alice.signedIn(), bob.signedIn()]);
    await Promise.all([hears(alice.page, BOB), hears(bob.page, ALICE)]);
    await bob.press('Hang up');
    await alice.shows('ozeki-call', 'The other side hung up.');
  });

  it('blind transfer: the two others talk', async () => {
    const [alice, bob] = await connected();
    const carol = await open('103', CAROL);
    await command(alice, 'transfer', '103');
    await carol.press('Accept');
    await alice.shows('ozeki-call', 'The call was transferred.');
    await Promise.all([hears(bob.page, CAROL, [ALICE]), hears(carol.page, BOB, [ALICE])]);
  });

  it('a transfer to nobody fails, and the two talk on', async () => {
    const [alice, bob] = await connected();
    await command(alice, 'transfer', '199');
    await alice.page.waitForFunction(
      () => document.querySelector('ozeki-client')!.phone.getState().calls[0]!.transfer?.state === 'failed',
    );
    await Promise.all([hears(alice.page, BOB), hears(bob.page, ALICE)]);
  });

  it('attended transfer: who was asked first takes over', async () => {
    const [alice, bob] = await connected();
    const carol = await open('103', CAROL);
    const consulting = command(alice, 'consult', '103');
    await carol.press('Accept');
    const consultation = await consulting;
    await Promise.all([hears(carol.page, ALICE), hears(alice.page, CAROL, [BOB])]);
    await alice.page.evaluate(async (id) => {
      const { phone } = document.querySelector('ozeki-client')!;
      await phone.join(phone.getState().calls.find((call) => call.id !== id)!.id, id!);
    }, consultation);
    await Promise.all([hears(bob.page, CAROL, [ALICE]), hears(carol.page, BOB, [ALICE])]);
    await alice.page.waitForFunction(() =>
      document
        .querySelector('ozeki-client')!
        .phone.getState()
        .calls.every(({ state }) => state === 'ended'),
    );
  });

  it('forward a call that rings', async () => {
    const alice = await open('101', ALICE);
    const bob = await open('102', BOB);
    const carol = await open('103', CAROL);
    await alice.dial('102');
    await bob.offers('Accept');
    await command(bob, 'forward', '103');
    await carol.press('Accept');
    await Promise.all([hears(alice.page, CAROL), hears(carol.page, ALICE)]);
  });

  it('are not missed where another phone of the extension took them', async () => {
    const alice = await open('101', ALICE);
    const here = await open('102', BOB);
    const there = await open('102', CAROL);
    await alice.dial('102');
    await here.offers('Accept');
    await there.press('Accept');
    await here.shows('ozeki-call', 'Answered on another device.');
    await hears(alice.page, CAROL);
  });

  it('send the camera both ways', async () => {
    const [alice, bob] = await connected();
    await alice.press('Camera');
    await seesFrames(bob.page);
    await bob.press('Camera');
    await seesFrames(alice.page);
    await Promise.all([hears(alice.page, BOB), hears(bob.page, ALICE)]);
  });

  it('show what an extension is doing', async () => {
    const watcher = await open(
      '109',
      CAROL,
      '<ozeki-extension-status extension="102"></ozeki-extension-status>',
    );
    const lamp = (state: string) =>
      watcher.page.waitForFunction(
        (wanted) => document.querySelector('ozeki-extension-status')!.matches(`:state(${wanted})`),
        { timeout: 10_000 },
        state,
      );
    await lamp('idle');
    const alice = await open('101', ALICE);
    const bob = await open('102', BOB);
    await alice.dial('102');
    await lamp('ringing');
    await bob.press('Accept');
    await lamp('busy');
    await alice.press('Hang up');
    await lamp('idle');
  });

  it('use the next server where the first is not there', async () => {
    const desk = await Desk.open(browser, {
      url: site.url(`sip+ws://127.0.0.1:9/ ${lab.server}`),
      tone: ALICE,
    });
    desks.push(desk);
    await desk.signIn(`101@${DOMAIN}`, PASSWORD);
    await desk.signedIn();
  });
});
