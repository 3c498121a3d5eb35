import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-chat.js';
import { OzekiChatOpenEvent } from '../../src/elements/common/chat-open-event.js';
import type { OzekiChat } from '../../src/elements/ozeki-chat/ozeki-chat.js';
import type { Conversation, KeptMessage } from '../../src/phone/control/control.js';
import { PhoneError } from '../../src/phone/handle.js';
import { aCall, SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const FRONT = { number: '1001', name: 'Front desk' };
const SALES = { number: '1002', name: 'Sales' };
let made = 0;
const kept = (text: string, mine = false, differences: Partial<KeptMessage> = {}): KeptMessage => ({
  ...{ id: `kept-${++made}`, from: mine ? FRONT : SALES, to: mine ? SALES : FRONT },
  ...{ text, at: Date.now(), state: 'delivered' },
  ...differences,
});
const conversation = (last: KeptMessage, unread = 0, other = SALES): Conversation => ({
  with: other,
  unread,
  last,
});

interface Given {
  attributes?: string;
  conversations?: Conversation[];
  messages?: KeptMessage[];
  more?: boolean;
}

async function chat({ attributes = '', conversations = [], messages = [], more = false }: Given = {}) {
  const all = await withPhone<OzekiChat>(`<ozeki-chat ${attributes}></ozeki-chat>`, SIGNED_OUT);
  all.fake.control.answerConversations = () => conversations;
  all.fake.control.answerMessages = () => ({ messages: [...messages].reverse(), more });
  all.fake.set(SIGNED_IN);
  await import('../../src/elements/ozeki-chat/thread/thread.js');
  await import('../../src/elements/ozeki-chat/list/list.js');
  for (let times = 0; times < 3; times++) await rendered(all.tag);
  return all;
}

const words = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const named = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find((one) => (one.ariaLabel ?? words(one)) === name)!;
const bubbles = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('.bubble')].map((one) => one.textContent);
const states = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('.mine small')].map((one) => words(one).replace(/^[^·]*·? ?/, ''));
const field = (tag: Element) => inside<HTMLTextAreaElement>(tag, 'textarea');
const came = (text: string, from = SALES) =>
  ({
    type: 'text-message',
    message: { id: `came-${++made}`, from, to: '1001', text, at: Date.now() },
  }) as const;

describe('<ozeki-chat>', () => {
  it('lists conversations, the latest first, with what is unread', async () => {
    const support = { number: '1003', name: 'Support' };
    const { tag, fake } = await chat({
      conversations: [conversation(kept('See you'), 2), conversation(kept('Thanks', true), 0, support)],
    });
    const rows = () => [...tag.shadowRoot!.querySelectorAll('[part=name]')].map(words);
    expect(rows()).to.deep.equal(['Sales', 'Support']);
    expect(tag.unread).to.equal(2);
    expect(tag.matches(':state(unread)')).to.equal(true);
    await expect(tag).to.be.accessible();
    const told: number[] = [];
    tag.addEventListener('ozeki-unread-change', (event) => told.push(event.unread));
    fake.control.tell(came('Hello?', support));
    await rendered(tag);
    expect(rows()).to.deep.equal(['Support', 'Sales']);
    expect(told).to.deep.equal([3]);
    fake.control.tell({ type: 'messages-seen', with: '1002' });
    await rendered(tag);
    expect(told).to.deep.equal([3, 1]);
  });

  it('brings earlier conversations when somebody wants them, each once', async () => {
    const conversations = Array.from({ length: 120 }, (_, at) =>
      conversation(kept(`Text ${at}`), 0, { number: `2${at}`, name: `Person ${at}` }),
    );
    const { tag, fake } = await chat({ conversations });
    const rows = () => [...tag.shadowRoot!.querySelectorAll('[part=name]')].map(words);
    expect(rows()).to.have.length(50);
    await expect(tag).to.be.accessible();
    // One that is gone on with is the latest here and there.
    fake.control.tell(came('Again', { number: '280', name: 'Person 80' }));
    for (const length of [100, 120]) {
      named(tag, 'Earlier messages').click();
      await waitUntil(() => rows().length === length, `there are ${length}`);
      expect(new Set(rows()).size, 'each once').to.equal(rows().length);
    }
    expect(rows()[0]).to.equal('Person 80');
    expect(named(tag, 'Earlier messages'), 'there are no others').to.equal(undefined);
  });

  it('shows what the same person writes on another phone, read aloud by none', async () => {
    const { tag, fake } = await chat({ attributes: 'with="1002"', messages: [kept('Hello?')] });
    const to = SALES;
    fake.control.tell({ type: 'message-sent', message: { id: 'other-1', to, text: 'Yes', at: Date.now() } });
    await rendered(tag);
    expect(bubbles(tag)).to.deep.equal(['Hello?', 'Yes']);
    expect(states(tag)).to.deep.equal(['Sent']);
    expect(shown(tag)).to.not.contain('1002: Yes');
    expect(tag.unread, 'it is no news').to.equal(0);
    fake.control.tell({ type: 'message-report', report: { id: 'other-1', delivered: true } });
    await rendered(tag);
    expect(states(tag)).to.deep.equal(['Delivered']);
  });

  it('says so when there is nothing, when nobody is signed in and when it failed', async () => {
    const { tag, fake } = await chat();
    expect(shown(tag)).to.contain('No messages yet');
    await expect(tag).to.be.accessible();
    fake.set(SIGNED_OUT);
    await rendered(tag);
    expect(shown(tag)).to.contain('Sign in to see your messages.');
    fake.control.answerConversations = () => Promise.reject(new PhoneError('timeout', 'no'));
    fake.set({ ...SIGNED_IN, identity: { ...SIGNED_IN.identity! } });
    await waitUntil(() => shown(tag).includes('could not be loaded'), 'it is told');
    await expect(tag).to.be.accessible();
    fake.control.answerConversations = () => [conversation(kept('Back'))];
    named(tag, 'Try again').click();
    await waitUntil(() => shown(tag).includes('Back'), 'it is loaded');
  });

  it('shows a conversation by side, text only, each in its own direction', async () => {
    const hostile = '<img src=x onerror=alert(1)> https://example.com';
    const { tag, fake } = await chat({
      attributes: 'with="1002"',
      conversations: [conversation(kept('x'), 2)],
      messages: [kept(hostile), kept('مرحبا'), kept('Yes', true), kept('No', true)],
    });
    expect(bubbles(tag)).to.deep.equal([hostile, 'مرحبا', 'Yes', 'No']);
    expect(tag.shadowRoot!.querySelector('.bubble a, .bubble img')).to.equal(null);
    expect(getComputedStyle(tag.shadowRoot!.querySelectorAll('.bubble')[1]!).direction).to.equal('rtl');
    expect(states(tag), 'only the last one says what became of it').to.deep.equal(['', 'Delivered']);
    await waitUntil(() => fake.control.saw.length, 'it was seen');
    expect(fake.control.saw).to.deep.equal(['1002']);
    expect(tag.unread).to.equal(0);
    await expect(tag).to.be.accessible();
  });

  it('sends by Enter, begins a line by Shift+Enter, and says what became of it', async () => {
    const { tag, fake, host } = await chat({ attributes: 'with="1002"' });
    const asked: string[] = [];
    host.addEventListener('ozeki-message-request', (event) => asked.push(event.to));
    let answer: (id: string) => void = () => {};
    fake.control.answerMessage = () => new Promise((resolve) => (answer = resolve));
    field(tag).focus();
    await sendKeys({ type: 'One' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ type: 'two' });
    await sendKeys({ press: 'Enter' });
    await rendered(tag);
    expect(asked).to.deep.equal(['1002']);
    expect(fake.control.written).to.deep.equal([['1002', 'One\ntwo']]);
    expect(field(tag).value).to.equal('');
    expect(states(tag)).to.deep.equal(['Sending…']);
    answer('m1');
    await waitUntil(() => states(tag)[0] === 'Sent', 'it is on its way');
    fake.control.tell({ type: 'message-report', report: { id: 'm1', delivered: false, kept: true } });
    await rendered(tag);
    expect(states(tag)).to.deep.equal(['Sent, waits for 1002']);
    fake.control.tell({ type: 'message-report', report: { id: 'm1', delivered: true } });
    await rendered(tag);
    expect(states(tag)).to.deep.equal(['Delivered']);

    host.addEventListener('ozeki-message-request', (event) => event.preventDefault());
    await sendKeys({ type: 'Three' });
    await sendKeys({ press: 'Enter' });
    expect(field(tag).value, 'nothing is lost').to.equal('Three');
    expect(fake.control.written).to.have.length(1);
  });

  it('sends again what was not sent', async () => {
    const { tag, fake } = await chat({ attributes: 'with="1002"' });
    fake.control.answerMessage = () => Promise.reject(new PhoneError('not-found', 'no'));
    field(tag).value = 'Hello';
    named(tag, 'Send').click();
    await waitUntil(() => states(tag)[0]?.startsWith('Not sent'), 'it failed');
    await waitUntil(() => words(inside(tag, '[role=alert]')) !== '', 'why is told');
    await expect(tag).to.be.accessible();
    fake.control.answerMessage = () => Promise.resolve('m2');
    named(tag, 'Try again').click();
    await waitUntil(() => states(tag)[0] === 'Sent', 'it is on its way');
    expect(fake.control.written.map(([, text]) => text)).to.deep.equal(['Hello', 'Hello']);
    expect(bubbles(tag)).to.deep.equal(['Hello']);
    fake.control.tell({ type: 'message-report', report: { id: 'm2', delivered: false } });
    await rendered(tag);
    expect(states(tag)[0]).to.contain('Not sent');
  });

  it('stays at the end, unless an earlier place is being read', async () => {
    const messages = Array.from({ length: 40 }, (_, at) => kept(`Line ${at}`));
    const { tag, fake } = await chat({ attributes: 'with="1002"', messages, more: true });
    const log = inside(tag, '.log');
    const toEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight;
    expect(toEnd()).to.be.below(2);
    fake.control.tell(came('New'));
    await rendered(tag);
    expect(toEnd()).to.be.below(2);
    expect(words(tag.shadowRoot!.querySelectorAll('[role=status]')[0]!)).to.equal('Sales: New');

    log.scrollTop = 100;
    await waitUntil(() => toEnd() > 100);
    await rendered(tag);
    const place = log.scrollTop;
    fake.control.tell(came('Newer'));
    await rendered(tag);
    expect(log.scrollTop).to.equal(place);
    named(tag, 'New messages ↓').click();
    await rendered(tag);
    expect(toEnd()).to.be.below(2);

    fake.control.answerMessages = () => ({ messages: [kept('Before')], more: false });
    log.scrollTop = 0;
    await rendered(tag);
    const first = [...tag.shadowRoot!.querySelectorAll('.bubble')][0]!;
    const where = first.getBoundingClientRect().top;
    named(tag, 'Earlier messages').click();
    await waitUntil(() => bubbles(tag)[0] === 'Before', 'they are here');
    expect(fake.control.asked.at(-1)).to.deep.equal(['1002', messages[0]!.id]);
    await rendered(tag);
    expect(Math.abs(first.getBoundingClientRect().top - where)).to.be.below(60);
  });

  it('says how much room is left, and takes no more', async () => {
    const { tag } = await chat({ attributes: 'with="1002"' });
    expect(field(tag).maxLength).to.equal(4000);
    field(tag).value = 'x'.repeat(3950);
    field(tag).dispatchEvent(new InputEvent('input'));
    await rendered(tag);
    expect(shown(tag)).to.contain('50 characters left');
    await expect(tag).to.be.accessible();
  });

  it('opens what is asked for, and goes back to the list', async () => {
    const { tag, host } = await chat({ conversations: [conversation(kept('Hi'))], messages: [kept('Hi')] });
    const other = document.createElement('div');
    host.append(other);
    other.dispatchEvent(new OzekiChatOpenEvent(SALES));
    await waitUntil(() => bubbles(tag).length, 'it is open');
    await rendered(tag);
    expect(tag.shadowRoot!.activeElement).to.equal(field(tag));
    named(tag, 'Back').click();
    await rendered(tag);
    expect((tag.shadowRoot!.activeElement as HTMLElement).className).to.contain('entry');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => bubbles(tag).length, 'it is open again');
    other.remove();
    document.body.dispatchEvent(new OzekiChatOpenEvent({ number: '1003', name: '' }));
    await rendered(tag);
    expect(words(inside(tag, 'h2')), 'another phone’s').to.equal('Sales');
  });

  it('writes to a number that is typed', async () => {
    const { tag } = await chat();
    inside(tag, 'input').focus();
    await sendKeys({ type: '+36 1 371' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => tag.shadowRoot!.querySelector('textarea'), 'it is open');
    expect(words(inside(tag, 'h2'))).to.equal('+361371');
  });

  it('follows the selected call, and shows what is written in it', async () => {
    const { tag, fake } = await chat({ attributes: 'follow-call' });
    const call = aCall();
    fake.setCalls(call);
    await waitUntil(() => tag.shadowRoot!.querySelector('textarea'), 'it is open');
    expect(words(inside(tag, 'h2'))).to.equal('Sales');
    fake.control.tell({
      type: 'message',
      message: { id: 'c1', callId: call.id, from: '1002', text: 'In the call', at: Date.now() },
    });
    await rendered(tag);
    expect(bubbles(tag)).to.deep.equal(['In the call']);
    fake.setCalls();
    await rendered(tag);
    expect(words(inside(tag, 'h2'))).to.equal('Messages');
  });

  it('lets a visitor write in the call', async () => {
    const { tag, fake } = await chat({ attributes: 'follow-call' });
    fake.set({ identity: { number: 'Qx1', name: 'Visitor', kind: 'line', privileges: [] } });
    const call = aCall();
    fake.setCalls(call);
    await waitUntil(() => tag.shadowRoot!.querySelector('textarea'), 'it is open');
    field(tag).value = 'Hello';
    named(tag, 'Send').click();
    await waitUntil(() => states(tag)[0] === 'Delivered', 'it is there');
    expect(fake.control.written).to.deep.equal([[call.id, 'Hello']]);
  });

  it('lets go of the phone when it leaves', async () => {
    const { tag, fake } = await chat({ attributes: 'with="1002"' });
    tag.remove();
    expect(fake.listenerCount).to.equal(0);
    expect(fake.control.listenerCount).to.equal(0);
  });

  for (const direction of ['ltr', 'rtl']) {
    it(`fits in 240 px (${direction})`, async () => {
      const { tag, host } = await chat({
        attributes: 'with="1002"',
        messages: [kept('a'.repeat(200)), kept('b', true)],
      });
      host.dir = direction;
      host.style.inlineSize = '240px';
      await rendered(tag);
      expect(inside(tag, '.log').scrollWidth).to.be.at.most(inside(tag, '.log').clientWidth);
      const base = inside(tag, '.base').getBoundingClientRect();
      for (const one of tag.shadowRoot!.querySelectorAll('button, textarea')) {
        const { left, right } = one.getBoundingClientRect();
        expect(left).to.be.at.least(base.left - 0.5);
        expect(right).to.be.at.most(base.right + 0.5);
      }
    });
  }
});
