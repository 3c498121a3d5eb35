import { expect } from '@open-wc/testing';
import type { Call } from '../../src/api/index.js';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { TONES } from '../support/people.js';
import { WebPage } from '../support/web-pages.js';

describe('calls of the JavaScript API', () => {
  let system: TestPhoneSystem;
  let alice: WebPage;
  let bob: WebPage;
  let pages: WebPage[];

  beforeEach(async () => {
    system = await startPhoneSystem();
    alice = await new WebPage('1001', TONES.alice).open(system.gatewayUrl);
    bob = await new WebPage('1002', TONES.bob).open(system.gatewayUrl);
    pages = [alice, bob];
  });

  afterEach(async () => {
    await Promise.all(pages.map((page) => page.leave()));
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  async function talk() {
    const rings = bob.rings();
    const out = alice.follow(alice.client.createCall('1002'));
    out.call.start();
    const incoming = bob.follow(await rings);
    incoming.call.accept();
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    return { out, incoming };
  }

  it('go through the states once each, and are heard both ways', async () => {
    const rings = bob.rings();
    const out = alice.follow(alice.client.createCall('1002'));
    expect(out.call.getCallState()).to.equal('');
    expect(out.call.getOtherParty()).to.equal('1002');
    out.call.start();
    const incoming = bob.follow(await rings);
    expect(incoming.call.getCallState()).to.equal('RINGING');
    expect(incoming.call.getOtherParty()).to.equal('1001');
    await out.is('RINGING');
    incoming.call.accept();
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    out.call.hangUp();
    await Promise.all([out.is('COMPLETED'), incoming.is('COMPLETED')]);
    expect(out.states).to.deep.equal(['RINGING', 'ANSWERED', 'IN_CALL', 'COMPLETED']);
    expect(incoming.states).to.deep.equal(['ANSWERED', 'IN_CALL', 'COMPLETED']);
    expect([...alice.errors, ...bob.errors]).to.deep.equal([]);
  });

  it('that are declined, unknown or not there end so', async () => {
    const rings = bob.rings();
    const declined = alice.follow(alice.client.createCall('1002'));
    declined.call.start();
    (await rings).reject();
    await declined.is('REJECTED');
    for (const number of ['4711', '1003']) {
      const call = alice.follow(alice.client.createCall(number));
      call.call.start();
      await call.is('NOT_FOUND');
    }
  });

  it('are held and taken back, as both parties see', async () => {
    const { out, incoming } = await talk();
    out.call.hold();
    await Promise.all([out.is('HOLD'), incoming.is('HOLD')]);
    await bob.hearsNoVoice();
    incoming.call.hold();
    out.call.unHold();
    await bob.until(
      'a call held by bob alone',
      ({ calls }) => calls[0]!.heldLocally && !calls[0]!.heldRemotely,
    );
    expect(out.call.getCallState(), 'the other side holds still').to.equal('HOLD');
    incoming.call.unHold();
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  });

  it('a second call is accepted while the first is held', async () => {
    const carol = await new WebPage('1003', TONES.carol).open(system.gatewayUrl);
    pages.push(carol);
    const { out } = await talk();
    const rings = alice.rings();
    const second = carol.follow(carol.client.createCall('1001'));
    second.call.start();
    const waiting = alice.follow(await rings);
    out.call.hold();
    waiting.call.accept();
    await Promise.all([waiting.is('IN_CALL'), second.is('IN_CALL'), out.is('HOLD')]);
    await Promise.all([alice.hears(TONES.carol), carol.hears(TONES.alice), bob.hearsNoVoice()]);
  });

  it('are transferred; the two others talk', async () => {
    const carol = await new WebPage('1003', TONES.carol).open(system.gatewayUrl);
    pages.push(carol);
    const { out, incoming } = await talk();
    const rings = carol.rings();
    out.call.transfer('1003');
    (await rings).accept();
    await out.is('COMPLETED');
    await bob.until('another party', ({ calls }) => calls[0]!.remote.number === '1003');
    expect(incoming.call.getOtherParty()).to.equal('1003');
    await Promise.all([bob.hears(TONES.carol), carol.hears(TONES.bob)]);
  });

  it('a transfer to nobody is told, and the two talk on', async () => {
    const { out, incoming } = await talk();
    out.call.transfer('1003');
    const error = await alice.error('transfer');
    expect(error.code).to.equal(402);
    expect(error.message).to.contain('1003');
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  });

  it('are forwarded while they ring', async () => {
    const carol = await new WebPage('1003', TONES.carol).open(system.gatewayUrl);
    pages.push(carol);
    const [rings, later] = [bob.rings(), carol.rings()];
    const out = alice.follow(alice.client.createCall('1002'));
    out.call.start();
    (await rings).forward('1003');
    (await later).accept();
    await out.is('IN_CALL');
    await Promise.all([alice.hears(TONES.carol), carol.hears(TONES.alice)]);
  });

  it('carry messages both ways', async () => {
    const { out, incoming } = await talk();
    const heard: unknown[][] = [];
    out.call.onMessageReceived((...args) => alice.note(() => heard.push(args)));
    const first = new Promise<string>((resolve) => incoming.call.onMessageReceived(resolve));
    out.call.sendMessage('Hello <b>Bob</b> 👋');
    expect(await first).to.equal('Hello <b>Bob</b> 👋');
    incoming.call.sendMessage('Hello');
    await alice.eventually('a message', () => heard.length);
    const [[text, info]] = heard as [[string, { from: string; at: number; id: string }]];
    expect(text).to.equal('Hello');
    expect(info.from).to.equal('1002');
    expect(info.at).to.be.closeTo(Date.now(), 60_000);
    out.call.sendMessage('');
    expect(await alice.error('sendMessage')).to.include({ code: 302, parameter: 'message' });
  });

  it('that were not started, or are over, say so and change nothing', async () => {
    const call = alice.client.createCall('1002');
    call.hold();
    expect(await alice.error('hold')).to.include({ code: 303, reason: 'wrong-state' });
    expect(() => call.attachCamera(null as never)).to.throw(/'camera'.*'attachCamera'/);
    const nobody = alice.client.createCall('');
    nobody.start();
    expect(await alice.error('start')).to.include({ code: 302, reason: 'empty-number' });
    expect(nobody.getCallState()).to.equal('COMPLETED');
    const { out } = await talk();
    out.call.hangUp();
    await out.is('COMPLETED');
    out.call.start();
    await alice.eventually(
      'a second error',
      () => alice.errors.filter(({ method }) => method === 'start')[1],
    );
  });

  it('ringing before a handler is there are told of when it comes', async () => {
    alice.client.createCall('1002').start();
    await bob.untilCall('ringing');
    const late = await new Promise<Call>((resolve) => bob.client.onIncomingCall(resolve));
    expect(late.getOtherParty()).to.equal('1001');
  });
});
