import { expect, fixtureSync, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-call-button.js';
import type { OzekiCallButton } from '../../src/elements/ozeki-call-button/ozeki-call-button.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { PhoneCall } from '../../src/phone/state.js';
import { aCall, type FakePhone } from '../support/fake-phone.js';
import { inside, overheard, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const button = (tag: OzekiCallButton) => inside<HTMLButtonElement>(tag, '[part=button]');
const named = (tag: OzekiCallButton, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find((one) => one.ariaLabel === name)!;

async function callButton(markup = '<ozeki-call-button number="1002">Call sales</ozeki-call-button>') {
  return withPhone<OzekiCallButton>(markup);
}

/** Clicks, and waits until the phone was told to dial; the call there is from then on can be changed. */
async function clicked(tag: OzekiCallButton, fake: FakePhone) {
  fake.answer = () => new Promise(() => {});
  button(tag).click();
  await waitUntil(() => fake.commands.some(([name]) => name === 'dial'));
  const [, , options] = fake.commands.find(([name]) => name === 'dial')! as [string, string, { id: string }];
  const show = async (differences: Partial<PhoneCall>) => {
    fake.setCalls(aCall({ id: options.id, answeredAt: null, talk: { ms: 0, since: null }, ...differences }));
    await rendered(tag);
  };
  await show({ state: 'preparing' });
  return { show, options };
}

describe('<ozeki-call-button>', () => {
  it('is a button that says what the page says, and nothing more', async () => {
    const { tag, fake } = await callButton();
    expect(tag.phase).to.equal('idle');
    expect(tag.matches(':state(idle)')).to.equal(true);
    expect(fake.listenerCount).to.equal(0);
    await expect(tag).to.be.accessible();
    const { tag: plain } = await callButton('<ozeki-call-button number="1002"></ozeki-call-button>');
    expect(shown(plain)).to.equal('Call');
    const { tag: video } = await callButton('<ozeki-call-button number="1002" video></ozeki-call-button>');
    expect(shown(video)).to.equal('Video call');
  });

  it('asks the page first', async () => {
    const { tag, fake } = await callButton();
    const [events] = [overheard('ozeki-dial')];
    tag.addEventListener('ozeki-dial', (event) => event.preventDefault());
    button(tag).click();
    await rendered(tag);
    expect(events).to.have.length(1);
    expect(tag.phase).to.equal('idle');
    expect(fake.commands).to.deep.equal([]);
  });

  it('shows the call in place, accessibly in every state', async () => {
    const { tag, fake } = await callButton();
    const { show } = await clicked(tag, fake);
    const steps: [Partial<PhoneCall>, string, RegExp][] = [
      [{ state: 'preparing' }, 'connecting', /Allow the microphone/],
      [{ state: 'dialing' }, 'calling', /Calling/],
      [{ state: 'ringing' }, 'calling', /Ringing/],
      [
        { state: 'active', answeredAt: Date.now() - 61_000, talk: { ms: 0, since: Date.now() - 61_000 } },
        'active',
        /1:0[12]/,
      ],
    ];
    const { top } = button(tag).getBoundingClientRect();
    const spoken: string[] = [];
    for (const [call, phase, words] of steps) {
      await show(call);
      expect(tag.phase).to.equal(phase);
      expect(tag.matches(`:state(${phase})`)).to.equal(true);
      expect(shown(tag)).to.match(words);
      spoken.push(inside(tag, '[role=status]').textContent);
      expect(button(tag).textContent).to.contain('Hang up');
      expect(button(tag).getBoundingClientRect().top, 'the button stays in its place').to.equal(top);
      await expect(tag).to.be.accessible();
    }
    await show({ state: 'ended', endReason: 'remote-hung-up', endedAt: Date.now() });
    await waitUntil(() => /The other side hung up/.test(shown(tag)));
    expect(spoken).to.deep.equal(['Allow the microphone…', 'Calling…', 'Ringing…', 'In a call']);
    expect(tag.phase).to.equal('ended');
    expect(shown(tag)).to.not.contain('Hang up');
    expect(fake.listenerCount, 'it lets go of the phone').to.equal(0);
    await expect(tag).to.be.accessible();
  });

  it('keeps the focus on the one button that calls and hangs up', async () => {
    const { tag, fake } = await callButton();
    button(tag).focus();
    const { show, options } = await clicked(tag, fake);
    await show({ state: 'active', answeredAt: Date.now() });
    expect(tag.shadowRoot!.activeElement).to.equal(button(tag));
    button(tag).click();
    expect(fake.commands.at(-1)).to.deep.equal(['hangUp', options.id]);
  });

  it('does not hang up at the second click of a double click', async () => {
    const { tag, fake } = await callButton();
    await clicked(tag, fake);
    button(tag).dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
    expect(fake.commands.map(([name]) => name)).to.deep.equal(['dial']);
  });

  it('calls nobody when it is hung up before it can', async () => {
    const { tag, fake } = await callButton();
    button(tag).click();
    expect(tag.phase).to.equal('connecting');
    tag.hangUp();
    expect(tag.phase).to.equal('idle');
    await import('../../src/elements/ozeki-call-button/button-call.js');
    await rendered(tag);
    expect(fake.commands).to.deep.equal([]);
  });

  it('mutes, and sends the keys that are pressed', async () => {
    const { tag, fake } = await callButton();
    const { show, options } = await clicked(tag, fake);
    await show({ state: 'active', answeredAt: Date.now() });
    named(tag, 'Mute').click();
    expect(fake.commands.at(-1)).to.deep.equal(['setMuted', options.id, true]);
    named(tag, 'Keypad').click();
    await rendered(tag);
    expect(named(tag, 'Keypad').ariaExpanded).to.equal('true');
    await expect(tag).to.be.accessible();
    fake.answer = () => Promise.resolve();
    named(tag, '5').click();
    expect(fake.commands.at(-1)).to.deep.equal(['sendDigits', options.id, '5']);
    named(tag, '5').focus();
    await sendKeys({ press: 'Escape' });
    await rendered(tag);
    expect(named(tag, '5')).to.equal(undefined);
    expect(tag.shadowRoot!.activeElement).to.equal(named(tag, 'Keypad'));
  });

  it('says why it did not come about, and tries again', async () => {
    const { tag, fake } = await callButton();
    fake.answer = () => Promise.reject(new PhoneError('microphone-refused', 'No.'));
    button(tag).click();
    await waitUntil(() => /microphone is blocked/.test(shown(tag)));
    expect(inside(tag, '[role=status]').textContent).to.contain('microphone is blocked');
    await expect(tag).to.be.accessible();
    fake.commands.length = 0;
    const { show } = await clicked(tag, fake);
    await show({ state: 'ringing' });
    expect(shown(tag)).to.not.contain('microphone');
  });

  it('says that it has no line, without a click having loaded anything', async () => {
    const tag = fixtureSync<OzekiCallButton>(html`<ozeki-call-button number="1"></ozeki-call-button>`);
    await tag.updateComplete;
    const { warn } = console;
    const warnings: unknown[] = [];
    console.warn = (...all: unknown[]) => warnings.push(all[1]);
    button(tag).click();
    console.warn = warn;
    expect(warnings[0]).to.contain('line="…"');
    await waitUntil(() => tag.phase === 'ended');
  });

  it('ends its call when it leaves the page, and not when it is moved', async () => {
    const { tag, fake, host } = await callButton();
    const { show, options } = await clicked(tag, fake);
    await show({ state: 'active', answeredAt: Date.now() });
    fake.answer = () => Promise.resolve();
    host.append(tag);
    await rendered(tag);
    expect(fake.commands.map(([name]) => name)).to.deep.equal(['dial']);
    tag.remove();
    await waitUntil(() => fake.commands.length === 2);
    expect(fake.commands.at(-1)).to.deep.equal(['hangUp', options.id]);
    expect(fake.listenerCount).to.equal(0);
  });

  it('fits a narrow place, from right to left', async () => {
    const { tag, fake, host } = await callButton();
    host.style.inlineSize = '160px';
    host.dir = 'rtl';
    const { show } = await clicked(tag, fake);
    await show({ state: 'active', answeredAt: Date.now() });
    expect(tag.getBoundingClientRect().width).to.be.at.most(160);
    expect(button(tag).getBoundingClientRect().height).to.be.at.least(44);
  });
});
