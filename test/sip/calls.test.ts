import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, HTTPRequest } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import type { Baresip } from '../support/baresip.js';
import { Desk } from '../support/desk.js';
import { hears, hearsNone, seesFrames } from '../support/instrument.js';
import { DOMAIN, PASSWORD, SipLab } from '../support/sip-lab.js';
import { SipScript } from '../support/sip-script.js';
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

  const transferFailed = (desk: Desk) =>
    desk.page.waitForFunction(
      () => document.querySelector('ozeki-client')!.phone.getState().calls[0]!.transfer?.state === 'failed',
    );

  /** What kind of path this side's media take: `host`, `relay` … */
  const path = (desk: Desk) =>
    desk.page.evaluate(async () => {
      const report = await window.ears.connections.at(-1)!.getStats();
      const all = new Map<string, Record<string, unknown>>(report as never);
      const transport = [...all.values()].find(({ type }) => type === 'transport')!;
      const pair = all.get(transport.selectedCandidatePairId as string)!;
      return all.get(pair.localCandidateId as string)!.candidateType;
    });

  /** By which name the other side's paths are known: another one after an ICE restart. */
  const paths = (desk: Desk) =>
    desk.page.evaluate(() =>
      window.ears.connections
        .at(-1)!
        .currentRemoteDescription!.sdp.match(/ice-ufrag:.+/)![0]
        .trim(),
    );

  async function write(desk: Desk, text: string): Promise<void> {
    await desk.fill('Write a message', text);
    await desk.press('Send');
  }

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

  it('are taken by a page as soon as they ring', async () => {
    const alice = await open('101', ALICE);
    const bob = await open('102', BOB);
    await bob.page.evaluate(() => {
      const client = document.querySelector('ozeki-client')!;
      client.addEventListener('ozeki-incoming-call', ({ detail }) => void client.phone.accept(detail.id));
    });
    await alice.dial('102');
    await Promise.all([hears(alice.page, BOB, [ALICE]), hears(bob.page, ALICE, [BOB])]);
  });

  it('hold, confirmed by the far end, and go on; also when both do at the same moment', async () => {
    const [alice, bob] = await connected();
    await alice.press('Hold');
    await alice.offers('Resume');
    await bob.shows('ozeki-call', 'Held by the other side');
    await Promise.all([hearsNone(alice.page, TONES), hearsNone(bob.page, TONES)]);
    await alice.press('Resume');
    await Promise.all([hears(alice.page, BOB, [ALICE]), hears(bob.page, ALICE, [BOB])]);
    // Their offers cross, and both are told 491.
    await Promise.all([alice.press('Hold'), bob.press('Hold')]);
    await Promise.all(
      [alice, bob].map(({ page }) =>
        page.waitForFunction(() => {
          const [call] = document.querySelector('ozeki-client')!.phone.getState().calls;
          return call?.heldLocally && call.heldRemotely;
        }),
      ),
    );
    await Promise.all([alice.press('Resume'), bob.press('Resume')]);
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
    await desk.page.waitForFunction(() => document.querySelector('ozeki-client')!.matches(':state(refused)'));
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

  it('hold a phone, keep it while the server is restarted, and send it digits', async () => {
    const phone = await lab.phone('203', { tone: PHONE });
    const alice = await open('101', ALICE);
    await alice.dial('203');
    await Promise.all([hears(alice.page, PHONE), phoneHears(phone, ALICE, PHONE)]);
    await alice.press('Hold');
    await alice.offers('Resume');
    await hearsNone(alice.page, TONES);
    await alice.press('Resume');
    await hears(alice.page, PHONE);
    const before = await paths(alice);
    await lab.killServer();
    await alice.page.waitForFunction(() =>
      document.querySelector('ozeki-client')!.matches(':state(reconnecting)'),
    );
    await hears(alice.page, PHONE);
    await lab.startServer();
    await alice.signedIn();
    await until(async () => (await paths(alice)) !== before);
    await hears(alice.page, PHONE);
    // Digits go within the sound: it still arrives there, too.
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

  it('keep the call while the server is killed and restarted in it, and look for new paths then', async () => {
    const [alice, bob] = await connected();
    const before = await Promise.all([paths(alice), paths(bob)]);
    await lab.killServer();
    await alice.page.waitForFunction(() =>
      document.querySelector('ozeki-client')!.matches(':state(reconnecting)'),
    );
    await Promise.all([hears(alice.page, BOB), hears(bob.page, ALICE)]);
    await lab.startServer();
    await Promise.all([alice.signedIn(), bob.signedIn()]);
    // Both have registered anew and offered anew: an ICE restart, whichever came first.
    await until(async () =>
      (await Promise.all([paths(alice), paths(bob)])).every((now, side) => now !== before[side]),
    );
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
    await transferFailed(alice);
    await Promise.all([hears(alice.page, BOB), hears(bob.page, ALICE)]);
  });

  it('a transfer that comes before the phone has loaded what it needs is made all the same', async () => {
    const [alice, bob] = [await open('101', ALICE), await open('102', BOB)];
    await bob.page.setRequestInterception(true);
    const held: HTTPRequest[] = [];
    const asked = new Promise<void>((resolve) =>
      bob.page.on('request', (request) => {
        if (!request.url().includes('/later-')) return void request.continue();
        held.push(request);
        resolve();
      }),
    );
    await alice.dial('102');
    await bob.press('Accept');
    await Promise.all([asked, hears(alice.page, BOB, [ALICE])]);
    await command(alice, 'transfer', '199');
    for (const request of held) await request.continue();
    await transferFailed(alice);
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
    const offered = () => alice.page.evaluate(() => window.ears.connections.at(-1)!.localDescription!.sdp);
    assert.doesNotMatch(await offered(), /^m=video/m);
    await alice.press('Camera');
    await seesFrames(bob.page);
    assert.match(await offered(), /^m=video [1-9]/m);
    await bob.press('Camera');
    await seesFrames(alice.page);
    await Promise.all([hears(alice.page, BOB), hears(bob.page, ALICE)]);
  });

  it('write to each other, and hear where there is nobody', async () => {
    const alice = await open('101', ALICE, '<ozeki-chat with="102"></ozeki-chat>');
    const bob = await open('102', BOB, '<ozeki-chat></ozeki-chat>');
    await write(alice, 'Is the 15 % discount in? — Ünnepi ár <b>1</b>');
    await alice.shows('ozeki-chat', /Is the 15 % discount in\?.* Delivered/);
    await bob.press(/^101/);
    await bob.shows('ozeki-chat', 'Ünnepi ár <b>1</b>');
    await write(bob, 'Yes.');
    await alice.shows('ozeki-chat', 'Yes.');

    await alice.page.evaluate(() => (document.querySelector('ozeki-chat')!.with = '199'));
    await write(alice, 'Anybody?');
    await alice.shows('ozeki-chat', /Not sent.*There is no such number\./);
  });

  it('write to a phone, and are written to by it', async () => {
    const phone = await lab.phone('205', { contact: '101', trace: true });
    const alice = await open('101', ALICE, '<ozeki-chat with="205"></ozeki-chat>');
    await write(alice, 'The door is open');
    await alice.shows('ozeki-chat', 'Delivered');
    await phone.command('message', 'Thank you');
    await alice.shows('ozeki-chat', 'Thank you');
    await phone.stop();
    // It tells nobody of messages but who looks at it.
    assert.match(phone.log, /MESSAGE sip:205[\s\S]*The door is open/);
  });

  it('show what an extension is doing', async () => {
    // One that had no call: where calls follow each other closely, Kamailio's own lamp may stay lit (pua_dialoginfo).
    const watcher = await open(
      '109',
      CAROL,
      '<ozeki-extension-status extension="107"></ozeki-extension-status>',
    );
    const lamp = (state: string) =>
      watcher.page.waitForFunction(
        (wanted) => document.querySelector('ozeki-extension-status')!.matches(`:state(${wanted})`),
        {},
        state,
      );
    await lamp('idle');
    const alice = await open('101', ALICE);
    const bob = await open('107', BOB);
    await alice.dial('107');
    await lamp('ringing');
    await bob.press('Accept');
    await lamp('busy');
    await alice.press('Hang up');
    await lamp('idle');
  });

  it('go through a TURN server, where there is no other way', async () => {
    const urls = await lab.turn();
    const sip = { iceServers: [{ urls, username: 'lab', credential: PASSWORD }] };
    const alice = await Desk.open(browser, {
      url: site.url(lab.server, '', sip),
      tone: ALICE,
      relayOnly: true,
    });
    desks.push(alice);
    await alice.signIn(`101@${DOMAIN}`, PASSWORD);
    await alice.signedIn();
    const bob = await open('102', BOB);
    await alice.dial('102');
    await bob.press('Accept');
    await Promise.all([hears(alice.page, BOB, [ALICE]), hears(bob.page, ALICE, [BOB])]);
    assert.equal(await path(alice), 'relay');
  });

  it('wait no longer than a moment for servers that find their address', async (test) => {
    // It takes every question, and answers none.
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    test.after(() => silent.close());
    await once(silent, 'listening');
    const urls = `stun:127.0.0.1:${silent.address().port}`;
    const alice = await Desk.open(browser, {
      url: site.url(lab.server, '', { iceServers: [{ urls }] }),
      tone: ALICE,
    });
    desks.push(alice);
    // What looks at the candidates is loaded for a first call, and comes late here: no part of the wait.
    await alice.page.setRequestInterception(true);
    alice.page.on('request', (request) => {
      setTimeout(() => void request.continue(), request.url().includes('/gathering-') ? 300 : 0);
    });
    await alice.signIn(`101@${DOMAIN}`, PASSWORD);
    await alice.signedIn();
    await alice.page.evaluate(() => {
      const marks: Record<string, number> = { late: 0 };
      Object.assign(window, { marks });
      // What the machine takes from the page meanwhile is not the page's waiting.
      let tick = performance.now();
      setInterval(() => {
        const now = performance.now();
        if (marks.candidate && !marks.invite) marks.late! += Math.max(0, now - tick - 20);
        tick = now;
      }, 10);
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (data) {
        if (typeof data === 'string' && data.startsWith('INVITE')) marks.invite ??= performance.now();
        send.call(this, data);
      };
      const { setLocalDescription } = RTCPeerConnection.prototype;
      RTCPeerConnection.prototype.setLocalDescription = function (this: RTCPeerConnection) {
        this.addEventListener('icecandidate', () => (marks.candidate ??= performance.now()));
        return Reflect.apply(setLocalDescription, this, []) as Promise<void>;
      };
    });
    const bob = await open('102', BOB);
    await alice.dial('102');
    await bob.offers('Accept');
    // From the first candidate to the offer that went out; without an end, Chromium looks for nearly ten seconds.
    const waited = await alice.page.evaluate(() => {
      const { marks } = window as unknown as { marks: { candidate: number; invite: number; late: number } };
      return { ms: marks.invite - marks.candidate, late: marks.late };
    });
    assert.ok(waited.ms > 0 && waited.ms < 850 + waited.late, `it waited for ${JSON.stringify(waited)}`);
  });

  it('hear what is said before anybody answers', async () => {
    const script = await SipScript.start();
    const alice = await Desk.open(browser, { url: site.url(script.address), tone: ALICE });
    const far = await Desk.open(browser, { url: site.url(script.address), tone: PHONE });
    desks.push(alice, far);
    await alice.signIn('101', PASSWORD);
    await alice.signedIn();
    await alice.dial('206');
    const invite = await script.request('INVITE');
    const body = await far.page.evaluate(async (sdp) => {
      const connection = new RTCPeerConnection();
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      await connection.setRemoteDescription({ type: 'offer', sdp });
      connection.addTrack(stream.getAudioTracks()[0]!, stream);
      await connection.setLocalDescription(await connection.createAnswer());
      while (connection.iceGatheringState !== 'complete')
        await new Promise((resolve) => (connection.onicegatheringstatechange = resolve));
      return connection.localDescription!.sdp;
    }, invite.body);
    const told = { body, tag: 'far', headers: ['Contact: <sip:206@script.invalid>'] };
    script.reply(invite, 183, 'Session Progress', told);
    await hears(alice.page, PHONE, [ALICE]);
    const state = () =>
      alice.page.evaluate(() => document.querySelector('ozeki-client')!.phone.getState().calls[0]?.state);
    assert.equal(await state(), 'ringing');
    script.reply(invite, 200, 'OK', told);
    await alice.offers('Hold');
    await hears(alice.page, PHONE, [ALICE]);
    await alice.press('Hang up');
    await script.request('BYE');
    await script.stop();
  });

  it('send digits beside the sound to a phone that takes none in it', async () => {
    // Kamailio leaves telephone-event out for numbers that begin with 3.
    const phone = await lab.phone('301', { tone: PHONE });
    const alice = await open('101', ALICE);
    await alice.dial('301');
    await hears(alice.page, PHONE);
    await alice.page.evaluate(async () => {
      const { phone } = document.querySelector('ozeki-client')!;
      await phone.sendDigits(phone.getState().selectedCallId!, '42#');
    });
    for (const digit of '42#') await phone.tells('CALL_DTMF_START', ({ param }) => param === digit);
    await phone.stop();
  });

  it('go on when the other side looks for new paths', async () => {
    const [alice, bob] = await connected();
    const before = await paths(alice);
    await bob.page.evaluate(() => window.ears.connections.at(-1)!.restartIce());
    await bob.press('Hold');
    await bob.press('Resume');
    await Promise.all([hears(alice.page, BOB, [ALICE]), hears(bob.page, ALICE, [BOB])]);
    assert.notEqual(await paths(alice), before);
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
