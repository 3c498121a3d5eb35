import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-client.js';
import '../../src/define/ozeki-camera.js';
import '../../src/define/ozeki-device-settings.js';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { click, inside, onPageOf, rendered } from '../elements/tags.js';
import { HAS_TONES, Person, TONES } from '../support/people.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { waitUntil } from '../support/wait.js';

/** The tags for devices over real phones in a real call. */
describe('devices chosen on the screen, in a call', () => {
  let system: TestPhoneSystem;
  let alice: Person;
  let bob: Person;

  beforeEach(async () => {
    system = await startPhoneSystem();
    [alice, bob] = await Promise.all([
      new Person('1001', TONES.alice).signIn(system.gatewayUrl),
      new Person('1002', TONES.bob).signIn(system.gatewayUrl),
    ]);
    await alice.phone.dial('1002');
    await bob.phone.accept(await bob.untilCall('ringing'));
    await alice.untilCall('active', ({ media }) => media === 'connected');
  });

  afterEach(async () => {
    localStorage.removeItem('ozeki-webphone.devices');
    for (const tag of document.querySelectorAll('ozeki-client')) tag.remove();
    await Promise.all([alice.leave(), bob.leave()]);
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  /** A tag on alice's page. */
  const show = <K extends keyof HTMLElementTagNameMap>(name: K) => onPageOf(alice, name);

  // Headless Firefox has one microphone only.
  (HAS_TONES ? it : it.skip)(
    'another microphone is heard by the other side, chosen by keyboard',
    async () => {
      const tag = await show('ozeki-device-settings');
      await waitUntil(() => alice.state.devices.microphones.length > 1, 'there are microphones');
      await waitUntil(() => tag.matches(':state(ready)'), 'the microphone can be used');
      await bob.hears(TONES.alice);
      const list = inside<HTMLSelectElement>(tag, 'select[aria-label="Microphone"]');
      list.focus();
      await sendKeys({ press: 'Home' });
      await alice.until('another microphone', ({ devices }) => !devices.microphone.startsWith('tone-'));
      await bob.hearsNoVoice();
      expect(alice.call.state).to.equal('active');
    },
  );

  it('echo cancellation is turned off in the call by the pointer', async () => {
    await alice.phone.chooseDevice('microphone', '');
    const tag = await show('ozeki-device-settings');
    await waitUntil(() => tag.matches(':state(ready)'), 'the microphone can be used');
    await rendered(tag as never);
    await click(inside(tag, '.option'));
    await alice.untilTreated({ echoCancellation: false });
    expect(JSON.parse(localStorage.getItem('ozeki-webphone.devices')!)).to.have.nested.property(
      'processing.echoCancellation',
      false,
    );
  });

  it('the meter shares the microphone with the call, which keeps it', async () => {
    const tag = await show('ozeki-device-settings');
    const level = () => Number(inside(tag, '.level').style.getPropertyValue('--_level'));
    if (HAS_TONES) await waitUntil(() => level() > 0.4, 'there is a level');
    expect(SharedTrack.open).to.equal(2);
    tag.remove();
    expect(SharedTrack.open).to.equal(2);
    await bob.hears(TONES.alice);
  });

  it('the self-view and the call share one camera, and off is off', async () => {
    const tag = await show('ozeki-camera');
    const open = SharedTrack.open;
    const { id } = alice.call;
    await alice.phone.setCamera(id, true);
    await waitUntil(() => tag.matches(':state(on):state(sending)'), 'the self-view is on');
    await waitUntil(() => inside<HTMLVideoElement>(tag, 'video').videoWidth > 0, 'it has a picture');
    expect(SharedTrack.open - open, 'cameras').to.equal(1);
    await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
    const turn = () => [...tag.shadowRoot!.querySelectorAll('button')].at(-1)!;
    expect(turn().textContent).to.include('Turn off');
    turn().focus();
    await sendKeys({ press: 'Enter' });
    await bob.untilCall('active', ({ remoteVideo }) => !remoteVideo);
    await waitUntil(() => SharedTrack.open === open, 'the camera is off');
  });

  it('the camera of a call is turned off by the pointer', async () => {
    const tag = await show('ozeki-camera');
    await alice.phone.setCamera(alice.call.id, true);
    await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
    await waitUntil(() => tag.matches(':state(sending)'), 'the self-view is on');
    await rendered(tag);
    await click([...tag.shadowRoot!.querySelectorAll('button')].at(-1)!);
    await bob.untilCall('active', ({ remoteVideo }) => !remoteVideo);
  });

  it('the self-view alone sends nothing', async () => {
    const tag = await show('ozeki-camera');
    tag.on = true;
    await waitUntil(() => tag.matches(':state(on)'), 'the self-view is on');
    const sent = () => alice.stats('outbound-rtp', 'video', 'framesSent');
    await rendered(tag);
    expect(await sent()).to.equal(0);
    expect(alice.call.camera).to.equal('off');
    expect(bob.call.remoteVideo).to.equal(false);
  });
});
