import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-call-list.js';
import type { OzekiCallList } from '../../src/elements/ozeki-call-list/ozeki-call-list.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { PhoneCall } from '../../src/phone/state.js';
import { aCall, SIGNED_OUT } from '../support/fake-phone.js';
import { inside, rendered, shown, still, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const quiet = { ms: 0, since: null };
const SALES = aCall({ id: 'sales' });
const SUPPORT = aCall({
  ...{ id: 'support', remote: { number: '1003', name: 'Support' } },
  ...{ heldLocally: true, talk: { ms: 12_000, since: null } },
});
const WAITING = aCall({
  ...{ id: 'waiting', remote: { number: '+3613710150', name: '' } },
  ...{ direction: 'incoming', state: 'ringing', answeredAt: null, talk: quiet, startedAt: Date.now() },
});
const DIALED = aCall({
  ...{ id: 'dialed', remote: { number: '1004', name: 'Supervisor' } },
  ...{ state: 'ringing', answeredAt: null, talk: quiet },
});
const merged = (call: PhoneCall): PhoneCall => ({ ...call, heldLocally: false, conference: 'x' });

async function list(...calls: PhoneCall[]) {
  const made = await withPhone<OzekiCallList>('<ozeki-call-list></ozeki-call-list>');
  made.fake.setCalls(...calls);
  await rendered(made.tag);
  if (calls.length > 1 || calls.some(({ conference }) => conference)) {
    // The part for conferences comes when it is needed.
    await import('../../src/elements/ozeki-call-list/conference/conference.js');
    await rendered(made.tag);
  }
  return made;
}

const words = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const rows = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('.who')].map((row) => words(row).replace(/\d+:\d\d/g, '0:00'));
const named = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find((one) => (one.ariaLabel ?? words(one)) === name)!;
const names = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('button')].map((one) => one.ariaLabel ?? words(one));
const status = (tag: Element) => words(inside(tag, '[role=status]'));

describe('<ozeki-call-list>', () => {
  it('shows each call with its state and time, the selected one marked', async () => {
    const { tag } = await list(SALES, SUPPORT, WAITING, DIALED);
    expect(rows(tag)).to.deep.equal([
      'Sales In a call · 0:00 · 1002',
      'Support On hold · 0:00 · 1003',
      '+3613710150 Incoming call · 0:00',
      'Supervisor Ringing… · 1004',
    ]);
    expect(words(inside(tag, '[aria-current]'))).to.contain('Sales');
    expect(tag.matches(':state(waiting)')).to.equal(true);
    await expect(tag).to.be.accessible();
  });

  it('is empty without calls, and says what then', async () => {
    const { tag, fake } = await list();
    expect(shown(tag)).to.contain('Dial a number, or wait for a call.');
    expect(tag.matches(':state(empty)')).to.equal(true);
    await expect(tag).to.be.accessible();
    fake.set(SIGNED_OUT);
    await rendered(tag);
    expect(shown(tag)).to.contain('Sign in to make and take calls.');
  });

  it('switches between calls', async () => {
    const { tag, fake } = await list(SALES, SUPPORT, DIALED);
    const [, support, dialed] = tag.shadowRoot!.querySelectorAll<HTMLElement>('.who');
    support!.click();
    dialed!.click();
    named(tag, 'Resume Support').click();
    named(tag, 'Hold Sales').click();
    named(tag, 'Hang up Supervisor').click();
    expect(fake.commands).to.deep.equal([
      ['swapTo', 'support'],
      ['select', 'dialed'],
      ['swapTo', 'support'],
      ['hold', 'sales'],
      ['hangUp', 'dialed'],
    ]);
  });

  it('takes or rejects a waiting call, after it asked the page', async () => {
    const { tag, fake, host } = await list(SALES, WAITING);
    const asked: unknown[] = [];
    host.addEventListener('ozeki-accept-request', (event) => asked.push([event.callId, event.video]));
    host.addEventListener('ozeki-hang-up-request', (event) => asked.push(event.callId));
    named(tag, 'Accept +3613710150').click();
    named(tag, 'Reject +3613710150').click();
    expect(asked).to.deep.equal([['waiting', false], 'waiting']);
    expect(fake.commands).to.deep.equal([
      ['accept', 'waiting'],
      ['reject', 'waiting'],
    ]);
    for (const type of ['ozeki-accept-request', 'ozeki-hang-up-request'] as const)
      host.addEventListener(type, (event) => event.preventDefault());
    named(tag, 'Accept +3613710150').click();
    named(tag, 'Reject +3613710150').click();
    expect(fake.commands).to.have.length(2);
  });

  it('announces a waiting call once, and no timer', async () => {
    const { tag, fake } = await list(SALES);
    expect(status(tag)).to.equal('');
    fake.setCalls(SALES, WAITING);
    await rendered(tag);
    expect(status(tag)).to.equal('Incoming call: +3613710150');
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(inside(tag, '[role=status]'), { subtree: true, childList: true, characterData: true });
    const before = shown(tag);
    await waitUntil(() => shown(tag) !== before, 'the timers run');
    observer.disconnect();
    expect(changes).to.equal(0);
  });

  it('merges what is chosen, or everything that can be', async () => {
    const third = aCall({ ...SUPPORT, id: 'third', remote: { number: '1004', name: 'Supervisor' } });
    const { tag, fake, host } = await list(SALES, SUPPORT, third, WAITING);
    expect(names(tag)).to.not.include('Choose +3613710150');
    const asked: unknown[] = [];
    host.addEventListener('ozeki-merge-request', (event) => asked.push(event.callIds));
    named(tag, 'Merge 3 calls').click();
    named(tag, 'Choose Sales').click();
    await rendered(tag);
    expect(named(tag, 'Merge 1 calls').ariaDisabled).to.equal('true');
    named(tag, 'Merge 1 calls').click();
    named(tag, 'Choose Supervisor').click();
    await rendered(tag);
    // What could not be pressed fades in.
    await still(tag);
    await expect(tag).to.be.accessible();
    named(tag, 'Merge 2 calls').click();
    await rendered(tag);
    expect(named(tag, 'Choose Sales').ariaChecked).to.equal('false');
    expect(asked).to.deep.equal([
      ['sales', 'support', 'third'],
      ['sales', 'third'],
    ]);
    expect(fake.control.merges).to.deep.equal(asked);
    host.addEventListener('ozeki-merge-request', (event) => event.preventDefault());
    named(tag, 'Merge 3 calls').click();
    await rendered(tag);
    expect(fake.control.merges).to.have.length(2);
  });

  it('offers no conference where there is none to have', async () => {
    const { tag, fake } = await list(SALES, WAITING);
    expect(shown(tag)).to.not.contain('Merge');
    fake.setCalls(SALES, { ...SUPPORT, transfer: { to: '1004', state: 'ringing' } });
    await rendered(tag);
    expect(shown(tag)).to.not.contain('Merge');
    fake.setCalls(SALES, SUPPORT);
    fake.set({ capabilities: { ...fake.getState().capabilities!, control: false } });
    await rendered(tag);
    expect(shown(tag)).to.not.contain('Merge');
    expect(names(tag)).to.not.include('Choose Sales');
  });

  it('shows a conference with its members, and takes it apart', async () => {
    const { tag, fake, host } = await list(SALES, WAITING, merged(SUPPORT));
    fake.setCalls(merged(SALES), WAITING, merged(SUPPORT));
    await rendered(tag);
    expect(words(inside(tag, '[part=conference] .row'))).to.equal('Conference with 2 people');
    expect(rows(tag).map((row) => row.split(' ')[0])).to.deep.equal(['Sales', 'Support', '+3613710150']);
    expect(tag.matches(':state(conference)')).to.equal(true);
    expect(status(tag)).to.equal('Conference with 2 people Incoming call: +3613710150');
    await expect(tag).to.be.accessible();
    named(tag, 'Hold Support').click();
    named(tag, 'Hold Conference').click();
    named(tag, 'Hang up Support').click();
    expect(fake.commands).to.deep.equal([
      ['hold', 'support'],
      ['hold', 'sales'],
      ['hold', 'support'],
      ['hangUp', 'support'],
    ]);
    const asked: unknown[] = [];
    host.addEventListener('ozeki-split-request', (event) => asked.push(event.callId));
    fake.set({ selectedCallId: 'support' });
    await rendered(tag);
    named(tag, 'Take apart Conference').click();
    await rendered(tag);
    expect(asked).to.deep.equal(['support']);
    expect(fake.control.splits).to.deep.equal(['support']);
  });

  it('resumes a conference together, and a member of it alone', async () => {
    const held = (call: PhoneCall) => ({ ...merged(call), heldLocally: true });
    const { tag, fake } = await list(held(SALES), held(SUPPORT));
    named(tag, 'Resume Conference').click();
    named(tag, 'Resume Support').click();
    expect(fake.commands).to.deep.equal([
      ['swapTo', 'sales'],
      ['unhold', 'support'],
    ]);
  });

  it('adds another call to a conference', async () => {
    const other = aCall({ ...SUPPORT, id: 'other', remote: { number: '1004', name: 'Supervisor' } });
    const { tag, fake } = await list(merged(SALES), merged(SUPPORT), other);
    expect(names(tag).filter((name) => name.startsWith('Choose'))).to.deep.equal([
      'Choose Conference',
      'Choose Supervisor',
    ]);
    named(tag, 'Merge 3 calls').click();
    await rendered(tag);
    expect(fake.control.merges).to.deep.equal([['sales', 'support', 'other']]);
  });

  it('says why something did not work, until the next command', async () => {
    const { tag, fake } = await list(SALES, SUPPORT);
    fake.control.answerConference = () => Promise.reject(new PhoneError('wrong-state', 'no'));
    named(tag, 'Merge 2 calls').click();
    await waitUntil(() => words(inside(tag, '[role=alert]')) !== '', 'it is told');
    expect(words(inside(tag, '[role=alert]'))).to.contain('cannot be done');
    await expect(tag).to.be.accessible();
    named(tag, 'Hold Sales').click();
    await rendered(tag);
    expect(words(inside(tag, '[role=alert]'))).to.equal('');
  });

  it('says why a call ended, while that can be read', async () => {
    const over = aCall({ ...SALES, state: 'ended', endReason: 'busy', talk: quiet, answeredAt: null });
    const { tag, fake } = await list(SUPPORT, over);
    await waitUntil(() => rows(tag)[1]?.includes('busy'), 'the reason is here');
    named(tag, 'Dismiss Sales').click();
    expect(fake.commands).to.deep.equal([['dismiss', 'sales']]);
  });

  it('is one stop of the Tab key; arrows go through it, the blank chooses', async () => {
    const { tag, fake } = await list(SALES, SUPPORT);
    named(tag, 'Choose Sales').focus();
    await sendKeys({ press: ' ' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: ' ' });
    await rendered(tag);
    expect(names(tag).at(-1)).to.equal('Merge 2 calls');
    expect(tag.shadowRoot!.querySelectorAll('[data-row] button[tabindex="0"]')).to.have.length(1);
    await sendKeys({ press: 'Tab' });
    expect(tag.shadowRoot!.activeElement).to.equal(named(tag, 'Merge 2 calls'));
    await sendKeys({ press: 'Enter' });
    await rendered(tag);
    expect(fake.control.merges).to.deep.equal([['sales', 'support']]);
  });

  it('keeps the focus when what had it is gone', async () => {
    const { tag, fake } = await list(merged(SALES), merged(SUPPORT));
    named(tag, 'Take apart Conference').focus();
    fake.setCalls(SALES, SUPPORT);
    await rendered(tag);
    expect(words(tag.shadowRoot!.activeElement!)).to.contain('Sales');
    fake.setCalls();
    await rendered(tag);
    expect(tag.shadowRoot!.activeElement?.localName).to.equal('h2');
  });

  it('lets go of the phone when it leaves', async () => {
    const { tag, fake } = await list(SALES);
    tag.remove();
    expect(fake.listenerCount).to.equal(0);
  });

  for (const width of [1000, 320, 240]) {
    it(`fits in ${width} px, in both directions`, async () => {
      const long = { number: '1004', name: 'Wolfeschlegelsteinhausenbergerdorff, Hubert' };
      const { tag, fake, host } = await list(merged(SALES), merged({ ...SUPPORT, remote: long }), WAITING);
      fake.setCalls(merged(SALES), merged({ ...SUPPORT, remote: long }), WAITING, { ...SUPPORT, id: 'one' });
      for (const direction of ['ltr', 'rtl']) {
        host.dir = direction;
        host.style.inlineSize = `${width}px`;
        await rendered(tag);
        const base = inside(tag, '.base').getBoundingClientRect();
        for (const button of tag.shadowRoot!.querySelectorAll('button')) {
          const { left, right, width: wide, height } = button.getBoundingClientRect();
          expect(left).to.be.at.least(base.left - 0.5);
          expect(right).to.be.at.most(base.right + 0.5);
          expect(Math.min(wide, height)).to.be.at.least(24);
        }
      }
    });
  }
});
