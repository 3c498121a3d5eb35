import { expect, fixtureSync, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-call.js';
import '../../src/define/ozeki-incoming-call.js';
import type { OzekiIncomingCall } from '../../src/elements/ozeki-incoming-call/ozeki-incoming-call.js';
import type { PhoneCall } from '../../src/phone/state.js';
import { aCall, FakePhone, SIGNED_IN } from '../support/fake-phone.js';
import { providePhone } from '../support/provide-phone.js';
import { inside, rendered, shown, still, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const rings = (differences: Partial<PhoneCall> = {}) =>
  aCall({
    direction: 'incoming',
    state: 'ringing',
    answeredAt: null,
    talk: { ms: 0, since: null },
    quality: null,
    media: 'idle',
    startedAt: Date.now() - 4000,
    ...differences,
  });

const toast = (attributes = '') =>
  withPhone<OzekiIncomingCall>(`<ozeki-incoming-call ${attributes}></ozeki-incoming-call>`);
const button = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
  )!;
const names = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('.call button')].map(
    (one) => one.getAttribute('aria-label') ?? one.textContent!.trim(),
  );
const isOpen = (tag: Element) => tag.shadowRoot!.querySelector('.base')?.checkVisibility() ?? false;

/** What a person would see of the browser's notifications. */
class FakeNotification {
  static permission = 'granted';
  static asked = 0;
  static readonly open = new Map<string, FakeNotification>();
  static requestPermission() {
    FakeNotification.asked++;
    FakeNotification.permission = 'granted';
    return Promise.resolve('granted');
  }
  onclick: (() => void) | null = null;
  readonly tag: string;
  constructor(
    readonly title: string,
    { tag }: { tag: string },
  ) {
    this.tag = tag;
    FakeNotification.open.set(tag, this);
  }
  close() {
    FakeNotification.open.delete(this.tag);
  }
}

describe('<ozeki-incoming-call>', () => {
  const realNotification = globalThis.Notification;
  let visibility: DocumentVisibilityState | null = null;

  beforeEach(() => {
    FakeNotification.permission = 'denied';
    FakeNotification.open.clear();
    FakeNotification.asked = 0;
    globalThis.Notification = FakeNotification as unknown as typeof Notification;
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => visibility ?? 'visible',
    });
  });
  afterEach(() => {
    visibility = null;
    globalThis.Notification = realNotification;
    Reflect.deleteProperty(document, 'visibilityState');
  });

  function turn(state: DocumentVisibilityState): void {
    visibility = state;
    document.dispatchEvent(new Event('visibilitychange'));
  }

  it('shows nothing, and takes no room, while nobody calls', async () => {
    const { tag, fake } = await toast();
    expect(isOpen(tag)).to.equal(false);
    expect(tag.offsetHeight).to.equal(0);
    fake.setCalls(aCall(), rings({ direction: 'outgoing' }));
    await rendered(tag);
    expect(isOpen(tag)).to.equal(false);
    await expect(tag).to.be.accessible();
  });

  it('shows who calls, above everything on the page', async () => {
    const { tag, fake, host } = await toast();
    const cover = document.createElement('div');
    cover.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:red';
    host.append(cover);
    fake.setCalls(rings({ line: 'Website', remote: { number: '+3613710150', name: 'Visitor' } }));
    await rendered(tag);
    await still(tag);
    expect(shown(tag)).to.include('Visitor').and.include('+3613710150').and.include('outside line Website');
    expect(tag).to.match(':state(ringing)');
    const { left, top, width, height } = button(tag, 'Accept').getBoundingClientRect();
    expect(document.elementFromPoint(left + width / 2, top + height / 2)).to.equal(tag);
    expect(inside(tag, '[role=alert]').textContent.trim()).to.equal(
      'Incoming call: Visitor +3613710150, outside line Website',
    );
    cover.remove();
    await expect(tag).to.be.accessible();
  });

  it('is announced once, however long it rings', async () => {
    const { tag, fake } = await toast();
    fake.setCalls(rings());
    await rendered(tag);
    let told = 0;
    new MutationObserver((records) => (told += records.length)).observe(inside(tag, '[role=alert]'), {
      subtree: true,
      childList: true,
      characterData: true,
    });
    for (let second = 0; second < 3; second++) {
      tag.requestUpdate();
      await rendered(tag);
    }
    expect(told).to.equal(0);
  });

  for (const [name, command] of [
    ['Accept', (id: string) => ['accept', id, { video: false }]],
    ['Accept with video', (id: string) => ['accept', id, { video: true }]],
    ['Reject', (id: string) => ['reject', id]],
    ['Ignore', (id: string) => ['ignore', id]],
  ] as const) {
    it(`${name}, by pointer and by keyboard`, async () => {
      const { tag, fake } = await toast();
      const call = rings();
      fake.setCalls(call);
      await rendered(tag);
      button(tag, name).click();
      button(tag, name).focus();
      await sendKeys({ press: 'Enter' });
      expect(fake.commands).to.deep.equal([command(call.id), command(call.id)]);
    });
  }

  it('asks the page before it accepts or rejects', async () => {
    const { tag, fake, host } = await toast();
    const call = rings();
    fake.setCalls(call);
    await rendered(tag);
    const asked: string[] = [];
    for (const type of ['ozeki-accept-request', 'ozeki-hang-up-request'] as const)
      host.addEventListener(type, (event) => {
        asked.push(`${event.type} ${event.callId}`);
        event.preventDefault();
      });
    button(tag, 'Accept').click();
    button(tag, 'Reject').click();
    expect(asked).to.deep.equal([`ozeki-accept-request ${call.id}`, `ozeki-hang-up-request ${call.id}`]);
    expect(fake.commands).to.be.empty;
  });

  it('hides an ignored call', async () => {
    const { tag, fake } = await toast();
    const call = rings();
    fake.setCalls(call);
    await rendered(tag);
    fake.setCalls({ ...call, ignored: true });
    await rendered(tag);
    expect(isOpen(tag)).to.equal(false);
  });

  it('forwards to a number that is typed', async () => {
    const { tag, fake } = await toast();
    const call = rings();
    fake.set({
      extensions: [{ id: '1003', name: 'Support', kind: 'extension', type: 'Webphone', status: 'idle' }],
    });
    fake.setCalls(call);
    await rendered(tag);
    button(tag, 'Forward').click();
    await rendered(tag);
    await waitUntil(() => tag.shadowRoot!.activeElement?.localName === 'input', 'the field has the focus');
    await still(tag);
    await expect(tag).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await rendered(tag);
    expect(shown(tag)).to.include('Enter a number first.');
    await sendKeys({ type: '1003' });
    await sendKeys({ press: 'Enter' });
    expect(fake.commands).to.deep.equal([['forward', call.id, '1003']]);
    await sendKeys({ press: 'Escape' });
    await rendered(tag);
    await waitUntil(() => tag.shadowRoot!.activeElement === button(tag, 'Forward'), 'the focus is back');
    expect(fake.commands).to.have.length(1);
  });

  it('offers no forwarding where the phone system has none', async () => {
    const { tag, fake } = await toast();
    fake.set({ capabilities: { ...SIGNED_IN.capabilities!, forward: false } });
    fake.setCalls(rings());
    await rendered(tag);
    expect(names(tag)).to.deep.equal(['Accept', 'Accept with video', 'Reject', 'Ignore']);
  });

  it('shows several, each with buttons that say whom', async () => {
    const { tag, fake } = await toast();
    const [one, two] = [rings(), rings({ remote: { number: '1003', name: 'Support' } })];
    fake.setCalls(one, two);
    await rendered(tag);
    await still(tag);
    expect(names(tag)).to.deep.equal([
      ...['Accept Sales', 'Accept with video Sales', 'Reject Sales', 'Forward Sales', 'Ignore Sales'],
      ...[
        'Accept Support',
        'Accept with video Support',
        'Reject Support',
        'Forward Support',
        'Ignore Support',
      ],
    ]);
    await expect(tag).to.be.accessible();
    button(tag, 'Accept Support').focus();
    await sendKeys({ press: 'Escape' });
    expect(fake.commands).to.deep.equal([['ignore', two.id]]);
    fake.setCalls(one);
    await rendered(tag);
    expect(names(tag)[0]).to.equal('Accept');
    expect(tag.shadowRoot!.activeElement, 'the focus goes on in the window').to.equal(button(tag, 'Accept'));
  });

  it('takes the focus from nobody, and gives it back', async () => {
    const { tag, fake, host } = await toast();
    const field = document.createElement('input');
    host.prepend(field);
    field.focus();
    fake.setCalls(rings());
    await rendered(tag);
    expect(document.activeElement).to.equal(field);
    await sendKeys({ type: 'a b' });
    expect(field.value).to.equal('a b');
    expect(fake.commands).to.be.empty;
    tag.focus();
    expect(tag.shadowRoot!.activeElement).to.equal(button(tag, 'Accept'));
    fake.setCalls();
    await rendered(tag);
    expect(document.activeElement, 'back where it was').to.equal(field);
  });

  it('cannot be accepted twice', async () => {
    const { tag, fake } = await toast();
    fake.setCalls(rings({ pending: 'accept' }));
    await rendered(tag);
    button(tag, 'Accept').click();
    expect(fake.commands).to.be.empty;
    expect(button(tag, 'Accept')).to.have.attribute('aria-disabled', 'true');
    await expect(tag).to.be.accessible();
  });

  it('says what went wrong', async () => {
    const { tag, fake } = await toast();
    const call = rings();
    fake.setCalls(call);
    fake.set({ problem: { id: 1, code: 'microphone-refused', callId: call.id } });
    await waitUntil(() => shown(tag).includes('The microphone is blocked'));
    await still(tag);
    await expect(tag).to.be.accessible();
  });

  describe('one window for one call', () => {
    it('the first of several shows it, and the next when that one is gone or hidden', async () => {
      const { tag: first, fake, host } = await toast();
      const second = document.createElement('ozeki-incoming-call');
      host.append(second);
      fake.setCalls(rings());
      await rendered(first, second);
      expect([isOpen(first), isOpen(second)]).to.deep.equal([true, false]);
      first.hidden = true;
      first.requestUpdate();
      second.requestUpdate();
      await rendered(first, second);
      expect([isOpen(first), isOpen(second)]).to.deep.equal([false, true]);
      first.remove();
      await rendered(second);
      expect(isOpen(second)).to.equal(true);
      second.remove();
      host.append(second, first);
      await rendered(first, second);
      expect([isOpen(first), isOpen(second)]).to.deep.equal([false, true]);
    });

    it('tags of different phones each show their own', async () => {
      const one = await toast();
      const two = await toast();
      one.fake.setCalls(rings());
      two.fake.setCalls(rings());
      await rendered(one.tag, two.tag);
      expect([isOpen(one.tag), isOpen(two.tag)]).to.deep.equal([true, true]);
    });

    it('a call card in view shows it instead', async () => {
      const { tag, fake, host } = await toast();
      const card = document.createElement('ozeki-call');
      host.append(card);
      fake.setCalls(rings());
      await rendered(tag, card);
      expect(isOpen(tag)).to.equal(false);
      expect(card.shadowRoot!.textContent).to.include('Accept');
      card.hidden = true;
      tag.requestUpdate();
      await rendered(tag);
      expect(isOpen(tag), 'a hidden card does not count').to.equal(true);
    });

    it('a card in a shadow root counts, one out of view or of another phone does not', async () => {
      const { tag, fake, host } = await toast();
      const own = document.createElement('div');
      const card = document.createElement('ozeki-call');
      own.attachShadow({ mode: 'open' }).append(card);
      host.append(own);
      fake.setCalls(rings());
      await rendered(tag, card);
      expect(isOpen(tag)).to.equal(false);
      own.style.cssText = 'position:absolute;inset-block-start:5000px';
      tag.requestUpdate();
      await rendered(tag);
      expect(isOpen(tag)).to.equal(true);
      own.remove();
      const elsewhere = fixtureSync<HTMLElement>(html`<div></div>`);
      providePhone(elsewhere, new FakePhone());
      elsewhere.append(document.createElement('ozeki-call'));
      tag.requestUpdate();
      await rendered(tag);
      expect(isOpen(tag)).to.equal(true);
    });
  });

  describe('on the desktop', () => {
    it('tells of a call while the page cannot be seen, and no longer than it rings', async () => {
      FakeNotification.permission = 'granted';
      const { tag, fake } = await toast();
      fake.setCalls(rings());
      await rendered(tag);
      expect(FakeNotification.open.size, 'not while it can be seen').to.equal(0);
      turn('hidden');
      await rendered(tag);
      expect([...FakeNotification.open.values()].map(({ title }) => title)).to.deep.equal([
        'Incoming call: Sales 1002',
      ]);
      turn('visible');
      await rendered(tag);
      expect(FakeNotification.open.size).to.equal(0);
      turn('hidden');
      await rendered(tag);
      expect(FakeNotification.open.size).to.equal(1);
      fake.setCalls();
      await rendered(tag);
      expect(FakeNotification.open.size).to.equal(0);
    });

    it('a click brings the page to the front', async () => {
      FakeNotification.permission = 'granted';
      const { tag, fake } = await toast();
      turn('hidden');
      fake.setCalls(rings());
      await rendered(tag);
      const { focus } = window;
      let focused = 0;
      window.focus = () => focused++;
      [...FakeNotification.open.values()][0]!.onclick!();
      window.focus = focus;
      expect(focused).to.equal(1);
      expect(FakeNotification.open.size).to.equal(0);
    });

    it('has one notification for two tags, and none when they leave', async () => {
      FakeNotification.permission = 'granted';
      const { tag, fake, host } = await toast();
      host.append(document.createElement('ozeki-incoming-call'));
      turn('hidden');
      fake.setCalls(rings());
      await rendered(tag);
      expect(FakeNotification.open.size).to.equal(1);
      host.replaceChildren();
      expect(FakeNotification.open.size).to.equal(0);
    });

    it('asks by a click only, and once', async () => {
      FakeNotification.permission = 'default';
      const { tag, fake } = await toast();
      fake.setCalls(rings());
      await rendered(tag);
      expect(FakeNotification.asked).to.equal(0);
      await expect(tag).to.be.accessible();
      button(tag, 'Tell me on the desktop, too').click();
      await rendered(tag);
      await rendered(tag);
      expect(FakeNotification.asked).to.equal(1);
      expect(button(tag, 'Tell me on the desktop, too')).to.equal(undefined);
    });

    it('goes on where the browser has no such notifications', async () => {
      globalThis.Notification = class {
        static permission = 'granted';
        constructor() {
          throw new TypeError('Illegal constructor');
        }
      } as unknown as typeof Notification;
      const { tag, fake } = await toast();
      turn('hidden');
      fake.setCalls(rings());
      await rendered(tag);
      Reflect.deleteProperty(globalThis, 'Notification');
      fake.setCalls(rings());
      await rendered(tag);
      expect(shown(tag)).to.include('Sales');
    });
  });

  it('has a width of its own with `inline`, where its place gives none', async () => {
    const { tag, fake, host } = await toast('inline');
    host.style.display = 'flex';
    fake.setCalls(rings());
    await rendered(tag);
    expect(tag.getBoundingClientRect().width).to.be.within(300, 320);
  });

  it('stands in its place with `inline`', async () => {
    const { tag, fake, host } = await toast('inline');
    fake.setCalls(rings());
    await rendered(tag);
    await still(tag);
    const { left, width } = inside(tag, '.base').getBoundingClientRect();
    expect([left, width]).to.deep.equal([host.getBoundingClientRect().left, host.clientWidth]);
    await expect(tag).to.be.accessible();
  });

  it('stands in the other corner from right to left, in the dark, and fits', async () => {
    const { tag, fake, host } = await toast();
    host.style.colorScheme = 'dark';
    host.dir = 'rtl';
    fake.setCalls(rings());
    await rendered(tag);
    await still(tag);
    expect(inside(tag, '.base').getBoundingClientRect().left).to.equal(16);
    await expect(tag).to.be.accessible();
  });
});
