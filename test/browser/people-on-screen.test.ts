import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-client.js';
import '../../src/define/ozeki-call-history.js';
import '../../src/define/ozeki-contacts.js';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { onPageOf, rendered, shown } from '../elements/tags.js';
import { Person, TONES } from '../support/people.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { waitUntil } from '../support/wait.js';

/** The tags for people and calls that were, over real phones. */
describe('people and calls on the screen', () => {
  let system: TestPhoneSystem;
  let alice: Person;
  let bob: Person;

  beforeEach(async () => {
    system = await startPhoneSystem();
    [alice, bob] = await Promise.all([
      new Person('1001', TONES.alice).signIn(system.gatewayUrl),
      new Person('1002', TONES.bob).signIn(system.gatewayUrl),
    ]);
  });

  afterEach(async () => {
    localStorage.clear();
    for (const tag of document.querySelectorAll('ozeki-client')) tag.remove();
    await Promise.all([alice.leave(), bob.leave()]);
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  /** A tag on alice's page. */
  const show = <K extends keyof HTMLElementTagNameMap>(name: K) => onPageOf(alice, name);

  it('a missed call is called back by keyboard, and both are in the history', async () => {
    const tag = await show('ozeki-call-history');
    await waitUntil(() => shown(tag).includes('No calls yet'), 'the history is here');
    await bob.phone.dial('1001');
    await alice.untilCall('ringing');
    await bob.phone.hangUp(bob.call.id);
    await waitUntil(() => /Sales Missed · 1002/.test(shown(tag)), 'it was missed');
    await Promise.all([
      alice.until('no call', ({ calls }) => !calls.length),
      bob.until('no call', ({ calls }) => !calls.length),
    ]);

    tag.shadowRoot!.querySelector<HTMLElement>('[part~=call-back]')!.focus();
    await sendKeys({ press: 'Enter' });
    await bob.phone.accept(await bob.untilCall('ringing'));
    await alice.untilCall('active', ({ media }) => media === 'connected');
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    await alice.phone.hangUp(alice.call.id);
    await waitUntil(() => /Sales Outgoing call, 0:\d\d · 1002/.test(shown(tag)), 'it was made');
  });

  it('somebody is found, and called with video; what the phones are doing is seen', async () => {
    const tag = await show('ozeki-contacts');
    const contact = () =>
      [...tag.shadowRoot!.querySelectorAll('.entry')].find((entry) =>
        entry.textContent.includes('Ben Carter'),
      );
    await waitUntil(() => /1002 · Idle/.test(contact()?.textContent ?? ''), 'Sales is there');
    tag.shadowRoot!.querySelector('input')!.focus();
    await sendKeys({ type: 'sales' });
    await rendered(tag);
    expect(tag.shadowRoot!.querySelectorAll('.entry')).to.have.length(1);
    tag.shadowRoot!.querySelector<HTMLElement>('.row > .video')!.click();
    await bob.phone.accept(await bob.untilCall('ringing', ({ video }) => video));
    await alice.untilCall('active', ({ media }) => media === 'connected');
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    await bob.until('her picture', ({ calls }) => calls[0]!.remoteVideo);
    await waitUntil(() => /1002 · Busy/.test(contact()!.textContent), 'Sales is busy');
    await alice.phone.hangUp(alice.call.id);
    await waitUntil(() => /1002 · Idle/.test(contact()!.textContent), 'Sales is free');
  });
});
