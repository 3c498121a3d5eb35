import { expect } from '@open-wc/testing';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { Person, TONES } from '../support/people.js';

describe('calls through the phone system', () => {
  let system: TestPhoneSystem;
  let alice: Person;
  let bob: Person;
  let people: Person[];

  beforeEach(async () => {
    system = await startPhoneSystem();
    alice = await new Person('1001', TONES.alice).signIn(system.gatewayUrl);
    bob = await new Person('1002', TONES.bob).signIn(system.gatewayUrl);
    people = [alice, bob];
  });

  afterEach(async () => {
    await Promise.all(people.map((person) => person.leave()));
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  async function talk(): Promise<{ out: string; in: string }> {
    const out = await alice.phone.dial('1002');
    const incoming = await bob.untilCall('ringing');
    await bob.phone.accept(incoming);
    await Promise.all([alice.untilCall('active'), bob.untilCall('active')]);
    return { out, in: incoming };
  }

  it('ring, are accepted, are heard both ways, and end', async () => {
    const id = await alice.phone.dial('1002');
    expect(alice.call.id).to.equal(id);
    await alice.untilCall('ringing');
    const incoming = await bob.untilCall('ringing');
    expect(bob.call.remote).to.deep.equal({ number: '1001', name: 'Front desk' });
    await bob.phone.accept(incoming);
    await alice.untilCall('active', ({ media }) => media === 'connected');
    await bob.untilCall('active', ({ media }) => media === 'connected');
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    expect(alice.call.talk.since).to.be.closeTo(Date.now(), 20_000);

    await alice.phone.hangUp(id);
    await bob.untilCall('ended');
    expect(alice.call.endReason).to.equal('hung-up');
    expect(bob.call.endReason).to.equal('remote-hung-up');
    expect(CallMedia.open).to.equal(0);
    expect(SharedTrack.open).to.equal(0);
  });

  it('hold and go on', async () => {
    const ids = await talk();
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    await alice.phone.hold(ids.out);
    await alice.untilCall('active', (call) => call.heldLocally);
    await bob.untilCall('active', (call) => call.heldRemotely);
    await Promise.all([bob.hearsNoVoice(), alice.hearsNoVoice()]);
    await alice.phone.unhold(ids.out);
    await bob.untilCall('active', (call) => !call.heldRemotely);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  });

  it('keep mute over a swap of the microphone', async () => {
    const ids = await talk();
    await bob.hears(TONES.alice);
    alice.phone.setMuted(ids.out, true);
    expect(alice.call.muted).to.equal(true);
    await bob.hearsNoVoice();
    await alice.phone.chooseDevice('microphone', `tone-${TONES.carol}`);
    await bob.hearsNoVoice();
    alice.phone.setMuted(ids.out, false);
    await bob.hears(TONES.carol);
  });

  it('blind transfer: the two others talk, without a new offer', async () => {
    const carol = await new Person('1003', TONES.carol).signIn(system.gatewayUrl);
    people.push(carol);
    const ids = await talk();
    await bob.hears(TONES.alice);
    await alice.phone.transfer(ids.out, '1003');
    const ringing = await carol.untilCall('ringing');
    await carol.phone.accept(ringing);
    await alice.untilCall('ended', ({ endReason }) => endReason === 'transferred');
    await bob.untilCall('active', ({ remote }) => remote.number === '1003');
    await Promise.all([bob.hears(TONES.carol), carol.hears(TONES.bob)]);
  });

  it('a transfer to nobody fails, and the two talk on', async () => {
    const ids = await talk();
    await alice.phone.transfer(ids.out, '4711').catch(() => {});
    await alice.until(
      'a problem or a failed transfer',
      ({ problem, calls }) => problem ?? calls[0]?.transfer?.state === 'failed',
    );
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  });

  it('consult, then attended transfer', async () => {
    const carol = await new Person('1003', TONES.carol).signIn(system.gatewayUrl);
    people.push(carol);
    const ids = await talk();
    const consulting = alice.phone.consult(ids.out, '1003');
    await carol.phone.accept(await carol.untilCall('ringing'));
    const consultation = await consulting;
    await alice.untilCall('active', ({ id, heldLocally }) => id === consultation && !heldLocally);
    expect(alice.state.selectedCallId).to.equal(consultation);
    expect(alice.state.calls.find(({ id }) => id === ids.out)!.heldLocally).to.equal(true);
    await carol.hears(TONES.alice);
    await bob.hearsNoVoice();
    await alice.phone.join(ids.out, consultation);
    await alice.until('no call any more', ({ calls }) => calls.every(({ state }) => state === 'ended'));
    await Promise.all([bob.hears(TONES.carol), carol.hears(TONES.bob)]);
  });

  it('a second call waits, and accepting it holds the first', async () => {
    const carol = await new Person('1003', TONES.carol).signIn(system.gatewayUrl);
    people.push(carol);
    const ids = await talk();
    const waiting = carol.phone.dial('1001');
    const second = await alice.untilCall('ringing');
    expect(alice.state.selectedCallId, 'an incoming call does not take the place').to.equal(ids.out);
    await alice.phone.accept(second);
    await waiting;
    await alice.untilCall('active', ({ id }) => id === second);
    expect(alice.state.calls.map(({ heldLocally }) => heldLocally)).to.deep.equal([true, false]);
    expect(alice.state.selectedCallId).to.equal(second);
    await Promise.all([carol.hears(TONES.alice), alice.hears(TONES.carol), bob.hearsNoVoice()]);

    await alice.phone.swapTo(ids.out);
    await alice.until('the first call back', ({ calls }) => !calls[0]!.heldLocally && calls[1]!.heldLocally);
    await Promise.all([bob.hears(TONES.alice), carol.hearsNoVoice()]);

    await alice.phone.hangUp(ids.out);
    expect(alice.state.selectedCallId, 'the next call is selected').to.equal(second);
  });

  it('send digits, one after the other', async () => {
    const ids = await talk();
    await alice.untilCall('active', ({ media }) => media === 'connected');
    await Promise.all([alice.phone.sendDigits(ids.out, '15'), alice.phone.sendDigits(ids.out, '*#d')]);
    expect(await system.digits(5)).to.equal('15*#D');
  });

  it('carry the camera both ways, without a new offer', async () => {
    const ids = await talk();
    await alice.phone.setCamera(ids.out, true);
    expect(alice.call.camera).to.equal('on');
    expect(alice.phone.pictures(ids.out).local!.getVideoTracks()).to.have.length(1);
    await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
    await bob.phone.setCamera(ids.in, true);
    await alice.untilCall('active', ({ remoteVideo }) => remoteVideo);
    await decodes(bob);
    await decodes(alice);
    expect(bob.phone.pictures(ids.in).remote!.getVideoTracks()[0]!.muted).to.equal(false);

    await alice.phone.setCamera(ids.out, false);
    await bob.untilCall('active', ({ remoteVideo }) => !remoteVideo);
    expect(alice.phone.pictures(ids.out).local).to.equal(null);
    expect(bob.phone.pictures(ids.in).remote).to.equal(null);
    await alice.phone.setCamera(ids.out, true);
    await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
    await decodes(bob);
  });

  it('start and are accepted with video', async () => {
    await alice.phone.dial('1002', { video: true });
    const incoming = await bob.untilCall('ringing', ({ video }) => video);
    await bob.phone.accept(incoming, { video: true });
    await alice.untilCall('active', ({ camera, remoteVideo }) => camera === 'on' && remoteVideo);
    await bob.untilCall('active', ({ camera, remoteVideo }) => camera === 'on' && remoteVideo);
    await Promise.all([decodes(alice), decodes(bob)]);
  });

  it('are measured while they last', async () => {
    await talk();
    const id = await alice.untilCall('active', ({ quality }) => quality !== null);
    const measured = alice.state.calls.find((call) => call.id === id)!;
    const { mos, loss } = measured.quality!;
    expect(measured.qualityLog.at(-1)).to.equal(measured.quality);
    expect(measured.qualityWarnings).to.deep.equal([]);
    expect(mos).to.be.within(3.5, 4.5);
    expect(loss).to.be.within(0, 0.2);
  });

  it('a call rings everywhere, and is answered elsewhere', async () => {
    const desk = await new Person('1002', TONES.carol).signIn(system.gatewayUrl);
    people.push(desk);
    await alice.phone.dial('1002');
    await bob.untilCall('ringing');
    await desk.phone.accept(await desk.untilCall('ringing'));
    await bob.untilCall('ended', ({ endReason }) => endReason === 'answered-elsewhere');
    await alice.hears(TONES.carol);
  });

  it('are picked up at another desk', async () => {
    const supervisor = await new Person('1004', TONES.carol).signIn(system.gatewayUrl);
    people.push(supervisor);
    await alice.phone.dial('1002');
    await bob.untilCall('ringing');
    const id = await supervisor.phone.pickUp('1002');
    await supervisor.untilCall('active', (call) => call.id === id);
    await bob.untilCall('ended');
    await Promise.all([alice.hears(TONES.carol), supervisor.hears(TONES.alice)]);
  });

  it('are forwarded while they ring', async () => {
    const carol = await new Person('1003', TONES.carol).signIn(system.gatewayUrl);
    people.push(carol);
    await alice.phone.dial('1002');
    await bob.phone.forward(await bob.untilCall('ringing'), '1003');
    await carol.phone.accept(await carol.untilCall('ringing'));
    await Promise.all([alice.hears(TONES.carol), carol.hears(TONES.alice)]);
    expect(bob.call.endReason).to.equal('forwarded');
  });

  it('leave nothing behind after many', async () => {
    for (let round = 0; round < 15; round++) {
      const out = await alice.phone.dial('1002');
      await bob.phone.accept(await bob.untilCall('ringing'));
      await alice.untilCall('active', ({ id }) => id === out);
      await (round % 2 ? alice.phone.hangUp(out) : bob.phone.hangUp(await bob.untilCall('active')));
      await alice.until('no live call', ({ calls }) => calls.every(({ state }) => state === 'ended'));
      await bob.until('no live call', ({ calls }) => calls.every(({ state }) => state === 'ended'));
      expect(CallMedia.open).to.equal(0);
      expect(SharedTrack.open).to.equal(0);
    }
    const { sessions, legs, mediaLegs } = await system.vitals();
    expect({ sessions, legs, mediaLegs }).to.deep.equal({ sessions: 0, legs: 0, mediaLegs: 0 });
    await alice.until('an empty list', ({ calls }) => calls.length === 0);
  }).timeout(120_000);

  /** Waits until pictures are decoded from now on. */
  async function decodes(person: Person): Promise<void> {
    const before = await person.stats('inbound-rtp', 'video', 'framesDecoded');
    while ((await person.stats('inbound-rtp', 'video', 'framesDecoded')) < before + 3) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
