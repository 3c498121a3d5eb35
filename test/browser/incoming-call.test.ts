import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-client.js';
import '../../src/define/ozeki-incoming-call.js';
import type { OzekiIncomingCall } from '../../src/elements/ozeki-incoming-call/ozeki-incoming-call.js';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { click, onPageOf, still } from '../elements/tags.js';
import { HAS_TONES, Person, TONES } from '../support/people.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { waitUntil } from '../support/wait.js';

/** The window of ringing calls over real phones. */
describe('an incoming call on the screen', () => {
  let system: TestPhoneSystem;
  let alice: Person;
  let bob: Person;
  let tag: OzekiIncomingCall;
  /** Where sound was sent: the devices that media elements were given. */
  let sinks: string[];
  const realSetSinkId = HTMLMediaElement.prototype.setSinkId as HTMLMediaElement['setSinkId'] | undefined;

  beforeEach(async () => {
    sinks = [];
    if (realSetSinkId)
      HTMLMediaElement.prototype.setSinkId = function (id: string) {
        sinks.push(id);
        return realSetSinkId.call(this, id);
      };
    system = await startPhoneSystem();
    [alice, bob] = await Promise.all([
      new Person('1001', TONES.alice).signIn(system.gatewayUrl),
      new Person('1002', TONES.bob).signIn(system.gatewayUrl),
    ]);
    tag = await onPageOf(bob, 'ozeki-incoming-call');
  });

  afterEach(async () => {
    if (realSetSinkId) HTMLMediaElement.prototype.setSinkId = realSetSinkId;
    await Promise.all([alice.leave(), bob.leave()]);
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  async function button(name: string): Promise<HTMLButtonElement> {
    const find = () =>
      [...tag.shadowRoot!.querySelectorAll('button')].find(
        (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
      );
    await waitUntil(find, `there is ${name}`);
    await still(tag);
    return find()!;
  }

  const point = async (name: string) => click(await button(name));

  /** Goes there by the Tab key, and presses Enter. */
  async function press(name: string): Promise<void> {
    const wanted = await button(name);
    tag.focus();
    for (let stops = 0; tag.shadowRoot!.activeElement !== wanted; stops++) {
      expect(stops, `the Tab key comes to ${name}`).to.be.below(10);
      await sendKeys({ press: 'Tab' });
    }
    await sendKeys({ press: 'Enter' });
  }

  it('is accepted by keyboard, and both hear each other', async () => {
    await alice.phone.dial('1002');
    await button('Accept');
    tag.focus();
    await sendKeys({ press: 'Enter' });
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    await waitUntil(() => !tag.matches(':state(ringing)'), 'the window is gone');
  });

  it('is accepted with video by pointer, and the caller sees it', async () => {
    await alice.phone.dial('1002', { video: true });
    await point('Accept with video');
    await alice.untilCall('active', ({ remoteVideo }) => remoteVideo);
    const decoded = () => alice.stats('inbound-rtp', 'video', 'framesDecoded');
    while ((await decoded()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('is accepted with video by keyboard', async () => {
    await alice.phone.dial('1002', { video: true });
    await press('Accept with video');
    await alice.untilCall('active', ({ remoteVideo }) => remoteVideo);
    await bob.untilCall('active', ({ camera, remoteVideo }) => camera === 'on' && remoteVideo);
  });

  for (const [how, act] of [
    ['pointer', point],
    ['keyboard', press],
  ] as const)
    it(`is rejected by ${how}`, async () => {
      await alice.phone.dial('1002');
      await act('Reject');
      await alice.untilCall('ended', ({ endReason }) => endReason === 'rejected');
      await waitUntil(() => !tag.matches(':state(ringing)'), 'the window is gone');
    });

  it('is accepted by pointer, after another one was ignored by pointer', async () => {
    const carol = await new Person('1003', TONES.carol).signIn(system.gatewayUrl);
    try {
      await carol.phone.dial('1002');
      await point('Ignore');
      await waitUntil(() => !tag.matches(':state(ringing)'), 'the window is gone');
      expect(carol.call.state).to.equal('ringing');
      await alice.phone.dial('1002');
      await point('Accept');
      await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    } finally {
      await carol.leave();
    }
  });

  it('is ignored by Escape: silent here, it rings on for the caller, and can still be accepted', async () => {
    await alice.phone.dial('1002');
    (await button('Accept')).focus();
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !tag.matches(':state(ringing)'), 'the window is gone');
    expect(bob.call).to.include({ state: 'ringing', ignored: true });
    expect(alice.call.state).to.equal('ringing');
    await bob.phone.accept(bob.call.id);
    await alice.hears(TONES.bob);
  });

  it('is forwarded by keyboard, and the third answers', async () => {
    const carol = await new Person('1003', TONES.carol).signIn(system.gatewayUrl);
    try {
      await alice.phone.dial('1002');
      (await button('Forward')).focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => tag.shadowRoot!.activeElement?.localName === 'input', 'the field has the focus');
      await sendKeys({ type: '1003' });
      await sendKeys({ press: 'Enter' });
      await carol.phone.accept(await carol.untilCall('ringing'));
      await Promise.all([alice.hears(TONES.carol), carol.hears(TONES.alice)]);
    } finally {
      await carol.leave();
    }
  });

  it('goes away when the caller gives up, and when it is answered elsewhere', async () => {
    const desk = await new Person('1002', TONES.carol).signIn(system.gatewayUrl);
    try {
      const id = await alice.phone.dial('1002');
      await button('Accept');
      await alice.phone.hangUp(id);
      await waitUntil(() => !tag.matches(':state(ringing)'), 'the window is gone');
      await alice.phone.dial('1002');
      await button('Accept');
      await desk.phone.accept(await desk.untilCall('ringing'));
      await waitUntil(() => !tag.matches(':state(ringing)'), 'the window is gone');
      await alice.hears(TONES.carol);
    } finally {
      await desk.leave();
    }
  });

  if (HAS_TONES) {
    it('rings on the chosen ringer', async () => {
      await (await bob.phone.deviceCheck()).ask('microphone');
      const { devices } = await bob.until('speakers', ({ devices }) =>
        devices.speakers.some(({ label }) => label),
      );
      const ringer = devices.speakers.at(-1)!.id;
      await bob.phone.chooseDevice('ringer', ringer);
      await alice.phone.dial('1002');
      await button('Accept');
      expect(sinks).to.include(ringer);
    });
  }
});
