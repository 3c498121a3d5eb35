import { expect, fixtureSync, html, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../src/define/ozeki-webphone.js';
import { OzekiWebphone } from '../../src/elements/ozeki-webphone/ozeki-webphone.js';
import type { OzekiOpenChangeEvent } from '../../src/elements/ozeki-webphone/floating/events.js';
import type { PhoneCall, PhoneState } from '../../src/phone/state.js';
import { aCall, FakePhone, SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { providePhone } from '../support/provide-phone.js';
import { EXTENSIONS, incoming, onHold, unanswered } from './calls.js';
import { inside, rendered, shown, still, TestClient } from './tags.js';
import { waitUntil } from '../support/wait.js';

/** A phone with a fake one inside. */
class TestWebphone extends OzekiWebphone {
  readonly fake = new FakePhone(SIGNED_OUT);
  protected override createPhone() {
    return this.fake.handle;
  }
}
customElements.define('test-webphone', TestWebphone);

const STATE: PhoneState = { ...SIGNED_IN, extensions: EXTENSIONS };

interface Shown {
  readonly phone: TestWebphone;
  readonly fake: FakePhone;
  readonly host: HTMLElement;
}

/** A phone on the page, this wide. */
async function place(attributes = '', state = STATE, width = 380, content = ''): Promise<Shown> {
  const host = fixtureSync<HTMLElement>(html`<div></div>`);
  host.style.inlineSize = `${width}px`;
  host.innerHTML = `<test-webphone ${attributes}>${content}</test-webphone>`;
  const phone = host.firstElementChild as TestWebphone;
  await rendered(phone);
  phone.fake.set(state);
  await settled(phone);
  return { phone, fake: phone.fake, host };
}

/** Waits for what the phone loads, and for what is measured. */
async function settled(phone: TestWebphone): Promise<void> {
  const loaded = () => find(phone, '.launcher, .close');
  if (phone.floating) await waitUntil(loaded, 'what floats is loaded');
  await rendered(phone);
  await rendered(phone);
}

const find = <E extends HTMLElement>(tag: Element, selector: string) =>
  tag.shadowRoot!.querySelector<E>(selector);
const isShown = (tag: Element, selector: string) => find(tag, selector)?.checkVisibility() ?? false;
const tabs = (phone: Element) => [...phone.shadowRoot!.querySelectorAll<HTMLElement>('[role=tab]')];
const tabNames = (phone: Element) => tabs(phone).map((tab) => tab.querySelector('.clip')!.textContent);
const tabOf = (phone: Element, name: string) =>
  tabs(phone).find((tab) => tab.querySelector('.clip')!.textContent === name)!;
const chosen = (phone: Element) =>
  tabs(phone)
    .filter((tab) => tab.ariaSelected === 'true')
    .map((tab) => tab.querySelector('.clip')!.textContent);
/** The name of a button, as assistive technology takes it from its content. */
const said = (button: Element) =>
  [...button.querySelectorAll('span:not([aria-hidden])')]
    .map((one) => one.textContent.trim())
    .filter(Boolean)
    .join(' ');
/** Where the focus is, through shadow roots. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
/** The window of a ringing call, where it is shown. */
function incomingWindow(phone: Element): HTMLElement | null {
  const base = find(find(phone, 'ozeki-incoming-call')!, '.base');
  return base?.checkVisibility() ? base : null;
}
/** Shows these calls, and waits for what they bring along. */
async function withCalls({ phone, fake }: Shown, ...calls: PhoneCall[]): Promise<void> {
  fake.setCalls(...calls);
  await rendered(phone);
  await rendered(phone);
}

/** Says how many calls were missed, as the history does. */
async function missed({ phone }: Shown, count: number): Promise<void> {
  await waitUntil(() => customElements.get('ozeki-call-history') && find(phone, 'ozeki-call-history'));
  const event = Object.assign(new Event('ozeki-missed-change'), { count });
  find(phone, 'ozeki-call-history')!.dispatchEvent(event);
  await rendered(phone);
}

describe('<ozeki-webphone>', () => {
  before(() => setViewport({ width: 1000, height: 800 }));
  beforeEach(() => {
    sessionStorage.clear();
    localStorage.clear();
  });

  describe('signing in', () => {
    it('asks who it is, and shows nothing that needs to know', async () => {
      const { phone } = await place('server="pbx"', SIGNED_OUT);
      expect(isShown(phone, 'form')).to.equal(true);
      expect(isShown(phone, '.main')).to.equal(false);
      await expect(phone).to.be.accessible();
      find<HTMLInputElement>(phone, '[name=extension]')!.value = '1001';
      find<HTMLInputElement>(phone, '[name=password]')!.value = 'secret';
      find<HTMLFormElement>(phone, 'form')!.requestSubmit();
      await rendered(phone);
      expect(phone.fake.commands.at(-1)).to.deep.equal([
        'connect',
        {
          server: 'pbx',
          signIn: { extension: '1001', password: 'secret' },
          resume: true,
          tabs: true,
          sip: '',
        },
      ]);
    });

    it('connects with what the page gives, and tells the page of the connection', async () => {
      const host = fixtureSync<HTMLElement>(html`<div></div>`);
      host.innerHTML = '<test-webphone server="pbx" token="t"></test-webphone>';
      const phone = host.firstElementChild as TestWebphone;
      await rendered(phone);
      expect(phone.fake.commands).to.deep.equal([
        ['connect', { server: 'pbx', signIn: { token: 't' }, resume: true, tabs: true, sip: '' }],
      ]);
      const heard = oneEvent(phone, 'ozeki-connection-change');
      phone.fake.set(SIGNED_IN);
      await heard;
      expect(phone.matches(':state(connected)')).to.equal(true);
    });

    it('says that it connects, and what is wrong when the connection is lost', async () => {
      const { phone, fake } = await place('token="t"', {
        ...SIGNED_OUT,
        connection: { ...SIGNED_OUT.connection, status: 'connecting' },
      });
      expect(shown(phone)).to.match(/^Phone Connecting…/);
      await expect(phone).to.be.accessible();
      fake.set(STATE);
      fake.set({
        connection: {
          ...STATE.connection,
          ...{ status: 'reconnecting', problem: 'unreachable', retryAt: Date.now() + 9000 },
        },
      });
      await waitUntil(() => shown(phone).includes('The phone system cannot be reached.'));
      expect(isShown(phone, 'ozeki-dialpad'), 'what is there stays').to.equal(true);
      await expect(phone).to.be.accessible();
      inside(phone, '[part=notice] button').click();
      expect(fake.commands.at(-1)).to.deep.equal(['retry']);
    });

    it('gives its phone to tags that name it', async () => {
      const { host, fake } = await place('id="desk"');
      const { firstElementChild: phone } = host;
      const other = document.createElement('ozeki-dialpad');
      other.client = 'desk';
      host.append(other);
      await rendered(other);
      expect(shown(other)).to.include('1001');
      expect(fake.listenerCount).to.be.above(1);
      phone!.remove();
      await rendered(other);
      expect(shown(other)).to.not.include('1001');
    });
  });

  describe('in a client', () => {
    it('shows its phone, and signs nobody in', async () => {
      const host = fixtureSync<HTMLElement>(html`<div></div>`);
      const outer = new FakePhone(STATE);
      providePhone(host, outer);
      host.innerHTML = '<test-webphone extension="1009"></test-webphone>';
      const phone = host.firstElementChild as TestWebphone;
      phone.password = 'secret';
      await rendered(phone);
      expect(phone.phone).to.equal(outer.handle);
      expect(shown(phone)).to.include('1001 Front desk');
      expect(phone.fake.commands.map(([name]) => name)).to.deep.equal(['dispose']);
      expect(outer.commands).to.deep.equal([]);
      outer.set(SIGNED_OUT);
      await rendered(phone);
      expect(!!find(phone, 'form'), 'the client asks').to.equal(false);
      phone.remove();
      await rendered(phone);
      expect(outer.commands, 'it is not its phone to hang up').to.deep.equal([]);
      expect(outer.listenerCount).to.equal(0);
    });

    it('takes the one it names, and its own again when that is gone', async () => {
      const host = fixtureSync<HTMLElement>(html`<div></div>`);
      host.innerHTML =
        '<test-client id="main" no-sign-in></test-client><test-webphone client="main"></test-webphone>';
      const [client, phone] = host.children as unknown as [TestClient, TestWebphone];
      await rendered(client, phone);
      client.fake.set(STATE);
      await rendered(phone);
      expect(shown(phone)).to.include('1001 Front desk');
      client.remove();
      await rendered(phone);
      expect(phone.phone).to.equal(phone.fake.handle);
      expect(isShown(phone, 'form')).to.equal(true);
    });

    it('shows its calls in the title once', async () => {
      const { title } = document;
      document.title = 'Customer';
      const host = fixtureSync<HTMLElement>(html`<div></div>`);
      host.innerHTML = '<test-client no-sign-in><test-webphone></test-webphone></test-client>';
      const client = host.firstElementChild as TestClient;
      client.fake.set(STATE);
      await rendered(client);
      client.fake.setCalls(incoming({ remote: { number: '1002', name: 'Sales' } }));
      await waitUntil(() => document.title !== 'Customer');
      await rendered(client);
      expect(document.title).to.equal('☎ Sales · Customer');
      client.setAttribute('no-title-badge', '');
      client.fake.setCalls(aCall());
      await waitUntil(() => document.title === 'Customer');
      document.title = title;
    });
  });

  describe('tabs', () => {
    it('say who is signed in, and show the keypad first', async () => {
      const { phone } = await place();
      expect(shown(phone)).to.match(/^1001 Front desk Ready/);
      expect(tabNames(phone)).to.deep.equal([
        'Keypad',
        'History',
        'Contacts',
        'Messages',
        'Calls',
        'Settings',
      ]);
      expect(chosen(phone)).to.deep.equal(['Keypad']);
      expect(isShown(phone, 'ozeki-dialpad')).to.equal(true);
      await expect(phone).to.be.accessible();
    });

    it('load what they show when they are first opened', async () => {
      const { phone } = await place();
      expect(customElements.get('ozeki-contacts'), 'before').to.equal(undefined);
      expect(!!find(phone, 'ozeki-contacts')).to.equal(false);
      tabOf(phone, 'Contacts').click();
      await waitUntil(() => customElements.get('ozeki-contacts'));
      await rendered(phone);
      await waitUntil(() => shown(find(phone, 'ozeki-contacts')!).includes('Support'));
      expect(isShown(phone, 'ozeki-dialpad')).to.equal(false);
      await expect(phone).to.be.accessible();
      tabOf(phone, 'Settings').click();
      await waitUntil(() => shown(find(phone, 'ozeki-device-settings') ?? phone).includes('Ringer'));
      await expect(phone).to.be.accessible();
    });

    it('move by arrows, Home and End, and open by Enter', async () => {
      const { phone, host } = await place();
      tabs(phone)[0]!.focus();
      await sendKeys({ press: 'ArrowRight' });
      expect(focused() === tabOf(phone, 'History')).to.equal(true);
      expect(chosen(phone), 'the focus alone opens nothing').to.deep.equal(['Keypad']);
      await sendKeys({ press: 'End' });
      expect(focused() === tabOf(phone, 'Settings')).to.equal(true);
      await sendKeys({ press: 'ArrowRight' });
      expect(focused() === tabOf(phone, 'Keypad')).to.equal(true);
      await sendKeys({ press: 'ArrowLeft' });
      await sendKeys({ press: 'ArrowLeft' });
      await sendKeys({ press: 'Enter' });
      await rendered(phone);
      expect(chosen(phone)).to.deep.equal(['Calls']);
      expect(tabs(phone).map((tab) => tab.tabIndex)).to.deep.equal([-1, -1, -1, -1, 0, -1]);
      await sendKeys({ press: 'Home' });
      expect(focused() === tabOf(phone, 'Keypad')).to.equal(true);
      host.dir = 'rtl';
      await sendKeys({ press: 'ArrowLeft' });
      expect(focused() === tabOf(phone, 'History')).to.equal(true);
    });

    it('are those the page wants, in its order, its own among them', async () => {
      const { phone } = await place(
        'tabs="notes keypad settings"',
        STATE,
        380,
        '<p slot="notes" aria-label="Notes">Back at two.</p><i slot="notes-icon">N</i>',
      );
      expect(tabNames(phone)).to.deep.equal(['Notes', 'Keypad', 'Settings']);
      expect(chosen(phone)).to.deep.equal(['Notes']);
      expect(phone.querySelector('p')!.checkVisibility()).to.equal(true);
      await expect(phone).to.be.accessible();
      tabOf(phone, 'Keypad').click();
      await rendered(phone);
      expect(phone.querySelector('p')!.checkVisibility()).to.equal(false);
    });

    it('are not there for what the phone system cannot do', async () => {
      const capabilities = { ...STATE.capabilities!, control: false };
      const { phone, fake } = await place('', { ...STATE, capabilities });
      expect(tabNames(phone), 'SIP').to.deep.equal(['Keypad', 'Contacts', 'Messages', 'Calls', 'Settings']);
      fake.set({ capabilities: { ...capabilities, messages: false }, identity: { ...STATE.identity! } });
      await rendered(phone);
      expect(tabNames(phone)).to.deep.equal(['Keypad', 'Contacts', 'Calls', 'Settings']);
    });

    it('are none where there is one', async () => {
      const { phone } = await place('tabs="keypad"');
      expect(tabs(phone)).to.deep.equal([]);
      await expect(phone).to.be.accessible();
    });

    it('count missed calls', async () => {
      const all = await place();
      await missed(all, 3);
      expect(said(tabOf(all.phone, 'History'))).to.equal('History 3 missed calls');
      expect(inside(all.phone, '.badge').textContent.trim()).to.equal('3');
      await expect(all.phone).to.be.accessible();
    });

    it('count unread messages, and open with whom somebody wants to write', async () => {
      const { phone, fake } = await place();
      await waitUntil(() => customElements.get('ozeki-chat') && find(phone, 'ozeki-chat'), 'it is loaded');
      const from = { number: '1003', name: 'Support' };
      await waitUntil(() => fake.control.listenerCount, 'it listens');
      for (const id of ['m1', 'm2'])
        fake.control.tell({
          type: 'text-message',
          message: { id, from, to: '1001', text: 'Hello', at: Date.now() },
        });
      await waitUntil(() => said(tabOf(phone, 'Messages')) === 'Messages 2 unread', 'they are counted');
      expect(isShown(phone, 'ozeki-chat'), 'nobody is disturbed').to.equal(false);
      tabOf(phone, 'Contacts').click();
      const write = () =>
        find(phone, 'ozeki-contacts')?.shadowRoot?.querySelector<HTMLElement>(
          '[aria-label^="Message"], .message',
        );
      await waitUntil(write, 'there is a button to write');
      write()!.click();
      await waitUntil(() => chosen(phone)[0] === 'Messages', 'the messages open');
      await waitUntil(() => find(phone, 'ozeki-chat')!.matches(':state(open)'), 'with somebody');
      await expect(phone).to.be.accessible();
    });

    it('offer to try again what could not be loaded', async () => {
      const { tags } = OzekiWebphone;
      const { warn } = console;
      let times = 0;
      OzekiWebphone.tags = {
        ...tags,
        settings: () => (times++ ? Promise.resolve() : Promise.reject(new Error('gone'))),
      };
      console.warn = () => {};
      try {
        const { phone } = await place('tab="settings"');
        await waitUntil(() => find(phone, '[id=panel-settings] .notice'));
        await expect(phone).to.be.accessible();
        inside(phone, '[id=panel-settings] button').click();
        await waitUntil(() => find(phone, '[part=language]'));
      } finally {
        OzekiWebphone.tags = tags;
        console.warn = warn;
      }
    });

    it('set the language, which the browser remembers, and sign out', async () => {
      const { phone, fake, host } = await place('tab="settings"');
      await waitUntil(() => find(phone, '[part=language]'));
      const choice = inside<HTMLSelectElement>(phone, '[part=language]');
      expect([...choice.options].map(({ text }) => text)).to.include.members(['English', 'Magyar', '日本語']);
      choice.value = 'de';
      choice.dispatchEvent(new Event('change'));
      expect(phone.lang).to.equal('de');
      const again = document.createElement('test-webphone') as TestWebphone;
      host.append(again);
      expect(again.lang).to.equal('de');
      inside(phone, '[part=sign-out]').click();
      expect(fake.commands.at(-1)).to.deep.equal(['disconnect']);
    });
  });

  describe('calls', () => {
    it('take the place of the keypad, and leave it', async () => {
      const all = await place('tab="contacts"');
      await withCalls(all, aCall());
      const { phone } = all;
      expect(chosen(phone)).to.deep.equal(['Keypad']);
      expect(isShown(phone, 'ozeki-call')).to.equal(true);
      expect(!!find(phone, 'ozeki-dialpad')).to.equal(false);
      expect(phone.matches(':state(in-call)')).to.equal(true);
      await expect(phone).to.be.accessible();
      await withCalls(all);
      expect(chosen(phone), 'where one was before').to.deep.equal(['Contacts']);
    });

    it('have a line in other tabs that leads back', async () => {
      const all = await place();
      const { phone } = all;
      await withCalls(all, aCall(), onHold());
      tabOf(phone, 'History').click();
      await rendered(phone);
      const line = inside(phone, '[part=call-line]');
      expect(line.textContent.replace(/\s+/g, ' ')).to.match(/Sales 3:0\d Back to call/);
      await expect(phone).to.be.accessible();
      line.click();
      await rendered(phone);
      expect(isShown(phone, 'ozeki-call')).to.equal(true);
      expect(!!find(phone, '[part=call-line]')).to.equal(false);
      await withCalls(all);
      expect(chosen(phone), 'the person chose the place').to.deep.equal(['Keypad']);
    });

    it('keep the focus near, and on nothing that acts', async () => {
      const all = await place();
      const { phone } = all;
      inside(find(phone, 'ozeki-dialpad')!, 'input').focus();
      await withCalls(all, unanswered({ state: 'dialing' }));
      expect(focused() === find(phone, '.place')).to.equal(true);
      await sendKeys({ press: 'Tab' });
      expect(find(phone, 'ozeki-call')!.matches(':focus-within')).to.equal(true);
      await withCalls(all);
      expect(focused() === find(phone, '.place')).to.equal(true);
    });

    it('take no focus from the page', async () => {
      const all = await place();
      const field = document.createElement('input');
      all.host.append(field);
      field.focus();
      await withCalls(all, aCall());
      await withCalls(all);
      expect(focused() === field).to.equal(true);
    });

    it('ring in one window, over what is there, whichever tab is open', async () => {
      const all = await place();
      const { phone, fake } = all;
      const before = phone.getBoundingClientRect().height;
      await withCalls(all, incoming());
      expect(incomingWindow(phone)?.popover, 'in the phone').to.equal(null);
      expect(isShown(phone, 'ozeki-dialpad')).to.equal(true);
      expect(phone.getBoundingClientRect().height, 'nothing moves').to.equal(before);
      await still(find(phone, 'ozeki-incoming-call')!);
      await expect(phone).to.be.accessible();
      tabOf(phone, 'Contacts').click();
      await rendered(phone);
      const window = incomingWindow(phone)!;
      window.querySelector<HTMLElement>('[part=accept]')!.click();
      expect(fake.commands.at(-1)![0]).to.equal('accept');
      expect(chosen(phone)).to.deep.equal(['Contacts']);
    });

    it('ring in the call card, when that is in view, and in the window when it is not', async () => {
      const all = await place();
      const { phone } = all;
      await withCalls(all, aCall(), incoming());
      expect(!!incomingWindow(phone)).to.equal(false);
      await waitUntil(() => shown(find(phone, 'ozeki-call')!).includes('Answer'));
      await expect(phone).to.be.accessible();
      tabOf(phone, 'History').click();
      await rendered(phone);
      await rendered(phone);
      expect(!!incomingWindow(phone)).to.equal(true);
      tabOf(phone, 'Keypad').click();
      await rendered(phone);
      await rendered(phone);
      expect(!!incomingWindow(phone)).to.equal(false);
    });

    it('leave the keypad alone when they stop ringing, unless this device is why', async () => {
      const all = await place();
      const { phone } = all;
      const over = { state: 'ended', endedAt: Date.now() } as const;
      await withCalls(all, incoming({ ...over, endReason: 'remote-hung-up' }));
      expect(isShown(phone, 'ozeki-dialpad')).to.equal(true);
      await withCalls(all, incoming({ ...over, endReason: 'microphone-refused' }));
      await waitUntil(() => shown(find(phone, 'ozeki-call')!).includes('The microphone is blocked'));
      await expect(phone).to.be.accessible();
    });

    it('can still be taken when they are ignored', async () => {
      const all = await place();
      await withCalls(all, incoming({ ignored: true }));
      expect(!!incomingWindow(all.phone)).to.equal(false);
      expect(shown(find(all.phone, 'ozeki-call')!)).to.include('Accept');
    });

    it('have a place without the keypad, too', async () => {
      const all = await place('tabs="contacts history"');
      const { phone } = all;
      expect(!!find(phone, 'ozeki-dialpad')).to.equal(false);
      await withCalls(all, aCall());
      expect(isShown(phone, 'ozeki-call')).to.equal(true);
      await expect(phone).to.be.accessible();
      await withCalls(all);
      expect(!!find(phone, 'ozeki-call')).to.equal(false);
      expect(chosen(phone)).to.deep.equal(['Contacts']);
    });
  });

  describe('wide', () => {
    it('has two columns, the keypad or the call beside the lists', async () => {
      const all = await place('', STATE, 900);
      const { phone, host } = all;
      await waitUntil(() => tabNames(phone).length === 5);
      expect(tabNames(phone)).to.deep.equal(['History', 'Contacts', 'Messages', 'Calls', 'Settings']);
      expect(isShown(phone, 'ozeki-dialpad')).to.equal(true);
      expect(isShown(phone, 'ozeki-call-history')).to.equal(true);
      const [left, right] = ['.place', '#panel-history'].map((one) =>
        find(phone, one)!.getBoundingClientRect(),
      );
      expect(left!.right).to.be.at.most(right!.left);
      await expect(phone).to.be.accessible();
      await withCalls(all, aCall());
      expect(chosen(phone), 'the list stays').to.deep.equal(['History']);
      expect(isShown(phone, 'ozeki-call')).to.equal(true);
      expect(!!find(phone, '[part=call-line]')).to.equal(false);
      await expect(phone).to.be.accessible();
      host.dir = 'rtl';
      await rendered(phone);
      expect(find(phone, '.place')!.getBoundingClientRect().left).to.be.above(
        find(phone, '#panel-history')!.getBoundingClientRect().left,
      );
      host.style.inlineSize = '380px';
      await waitUntil(() => tabNames(phone).length === 6);
      expect(isShown(phone, '#panel-history')).to.equal(false);
    });

    it('opens the list of calls when there are two to merge, and what was open before when there are not', async () => {
      const all = await place('tab="contacts"', STATE, 900);
      const { phone } = all;
      await waitUntil(() => chosen(phone)[0] === 'Contacts');
      const [one, two] = [aCall(), onHold()];
      await withCalls(all, one);
      expect(chosen(phone), 'one call needs no list').to.deep.equal(['Contacts']);
      await withCalls(all, one, two);
      expect(chosen(phone)).to.deep.equal(['Calls']);
      const list = () => find(phone, 'ozeki-call-list')?.shadowRoot;
      await waitUntil(() => list()?.querySelector('[part~=merge], [part~=choose]'), 'they can be merged');
      expect(isShown(phone, 'ozeki-call')).to.equal(true);
      await expect(phone).to.be.accessible();
      await withCalls(all, one);
      expect(chosen(phone)).to.deep.equal(['Contacts']);
      await withCalls(all, one, two);
      tabOf(phone, 'History').click();
      await withCalls(all);
      expect(chosen(phone), 'what somebody chose stays').to.deep.equal(['History']);
    });

    it('rings in the column of the keypad', async () => {
      const all = await place('', STATE, 900);
      await withCalls(all, incoming());
      const window = incomingWindow(all.phone)!.getBoundingClientRect();
      expect(window.right).to.be.at.most(find(all.phone, '#panel-history')!.getBoundingClientRect().left);
      await still(find(all.phone, 'ozeki-incoming-call')!);
      await expect(all.phone).to.be.accessible();
    });
  });

  it('fits a width of 80 pixels, as at a zoom of 400 %, and one of 240', async () => {
    for (const width of [80, 240]) {
      const all = await place('', STATE, width);
      await withCalls(all, aCall());
      expect(all.phone.scrollWidth).to.be.at.most(width);
      for (const tab of tabs(all.phone)) {
        const { width: wide, height } = tab.getBoundingClientRect();
        expect(wide).to.be.at.least(width < 240 ? 16 : 24);
        expect(height).to.be.at.least(24);
      }
      expect(tabs(all.phone)[0]!.title, 'icons alone have names').to.equal('Keypad');
    }
  });

  it('takes the height the page gives it', async () => {
    const { phone } = await place('style="block-size: 420px"');
    expect(find(phone, '.base')!.getBoundingClientRect().height).to.equal(420);
    expect(inside(phone, '.tabs').getBoundingClientRect().bottom).to.be.at.most(
      phone.getBoundingClientRect().bottom,
    );
  });

  it('lets a page style every part of its tags', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`test-webphone::part(call__hang-up) { background: rgb(1, 2, 3); }
      test-webphone::part(dialpad__key) { color: rgb(4, 5, 6); }`);
    document.adoptedStyleSheets.push(sheet);
    try {
      const all = await place();
      const key = inside(find(all.phone, 'ozeki-dialpad')!, '.key');
      expect(getComputedStyle(key).color).to.equal('rgb(4, 5, 6)');
      await withCalls(all, aCall());
      const button = inside(find(all.phone, 'ozeki-call')!, '[part=hang-up]');
      expect(getComputedStyle(button).backgroundColor).to.equal('rgb(1, 2, 3)');
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    }
  });

  it('is usable in the dark and in Arabic', async () => {
    const { phone, host } = await place('lang="ar"');
    host.style.colorScheme = 'dark';
    await waitUntil(() => find(phone, '.base')!.dir === 'rtl');
    await expect(phone).to.be.accessible();
  });

  it('is moved without losing anything, and leaves nothing behind', async () => {
    const all = await place('floating open');
    const { phone, fake, host } = all;
    await withCalls(all, aCall());
    const listeners = fake.listenerCount;
    const elsewhere = document.createElement('div');
    host.append(elsewhere);
    elsewhere.append(phone);
    await rendered(phone);
    expect(isShown(phone, 'ozeki-call')).to.equal(true);
    expect(fake.listenerCount).to.equal(listeners);
    expect(fake.commands).to.deep.equal([]);
    phone.remove();
    await rendered(phone);
    expect(fake.commands).to.deep.equal([['disconnect']]);
    expect(fake.listenerCount).to.equal(0);
  });

  describe('floating', () => {
    it('is a button in the corner that opens it, and Escape closes it', async () => {
      const { phone } = await place('floating');
      const launcher = inside(phone, '.launcher');
      const { right, bottom, width, height } = launcher.getBoundingClientRect();
      expect([innerWidth - right, innerHeight - bottom, width, height]).to.deep.equal([16, 16, 56, 56]);
      expect(said(launcher)).to.equal('Open phone');
      expect(isShown(phone, 'ozeki-dialpad')).to.equal(false);
      await expect(phone).to.be.accessible();
      const opened = oneEvent(phone, 'ozeki-open-change');
      launcher.focus();
      await sendKeys({ press: 'Enter' });
      expect(((await opened) as unknown as OzekiOpenChangeEvent).open).to.equal(true);
      await rendered(phone);
      expect(focused() === find(phone, '.base')).to.equal(true);
      expect(find(phone, '.base')!.role).to.equal('dialog');
      await still(phone);
      await expect(phone).to.be.accessible();
      await sendKeys({ press: 'Tab' });
      expect(focused() === find(phone, '.close')).to.equal(true);
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Escape' });
      await rendered(phone);
      expect(phone.open).to.equal(false);
      expect(focused() === find(phone, '.launcher')).to.equal(true);
    });

    it('leaves Escape to what is open inside it', async () => {
      const all = await place('floating open');
      const { phone } = all;
      await withCalls(all, aCall());
      const card = find(phone, 'ozeki-call')!;
      const keypad = [...card.shadowRoot!.querySelectorAll<HTMLElement>('.control')].find((one) =>
        one.textContent.includes('Keypad'),
      )!;
      keypad.focus();
      keypad.click();
      await waitUntil(() => find(card, '.panel'));
      await sendKeys({ press: 'Escape' });
      await rendered(phone);
      expect(phone.open).to.equal(true);
      await sendKeys({ press: 'Escape' });
      await rendered(phone);
      expect(phone.open).to.equal(false);
    });

    it('remembers in each window whether it was open', async () => {
      const { phone } = await place('floating');
      inside(phone, '.launcher').click();
      await rendered(phone);
      const { phone: next } = await place('floating');
      expect(next.open).to.equal(true);
      inside(next, '.close').click();
      await rendered(next);
      const { phone: last } = await place('floating open');
      expect(last.open, 'rather than what the page says').to.equal(false);
      const { phone: other } = await place('floating open id="second"');
      expect(other.open, 'each by its id').to.equal(true);
    });

    it('works where nothing can be remembered', async () => {
      const { getItem, setItem } = Storage.prototype;
      Storage.prototype.getItem = Storage.prototype.setItem = () => {
        throw new DOMException('refused', 'SecurityError');
      };
      try {
        const { phone } = await place('floating');
        inside(phone, '.launcher').click();
        await rendered(phone);
        expect(isShown(phone, 'ozeki-dialpad')).to.equal(true);
      } finally {
        Object.assign(Storage.prototype, { getItem, setItem });
      }
    });

    it('opens by itself when a call rings, and leaves the focus where it is', async () => {
      const all = await place('floating');
      const { phone, host } = all;
      const field = document.createElement('input');
      host.append(field);
      field.focus();
      await withCalls(all, incoming());
      expect(phone.open).to.equal(true);
      expect(incomingWindow(phone)?.popover).to.equal(null);
      expect(focused() === field).to.equal(true);
      await still(phone);
      await still(find(phone, 'ozeki-incoming-call')!);
      await expect(phone).to.be.accessible();
      inside(phone, '.close').click();
      await rendered(phone);
      await rendered(phone);
      expect(incomingWindow(phone)?.matches(':popover-open'), 'closed, it still rings').to.equal(true);
    });

    it('stays closed on request, and has the call in its own window', async () => {
      const all = await place('floating no-open-on-ring');
      const { phone } = all;
      await withCalls(all, incoming());
      expect(phone.open).to.equal(false);
      expect(incomingWindow(phone)?.matches(':popover-open')).to.equal(true);
      expect(said(inside(phone, '.launcher'))).to.equal('Open phone, Incoming call');
      await still(find(phone, 'ozeki-incoming-call')!);
      await expect(phone).to.be.accessible();
    });

    it('says what it is about: a call and its time, missed calls', async () => {
      const all = await place('floating');
      const { phone } = all;
      await withCalls(all, aCall());
      expect(inside(phone, '.launcher > .number').textContent.trim()).to.match(/^3:0\d$/);
      expect(said(inside(phone, '.launcher'))).to.match(/^Open phone, In a call 3:0\d$/);
      await expect(phone).to.be.accessible();
      await withCalls(all);
      await missed(all, 2);
      expect(said(inside(phone, '.launcher'))).to.equal('Open phone, 2 missed calls');
      expect(inside(phone, '.launcher .badge').textContent.trim()).to.equal('2');
      await expect(phone).to.be.accessible();
    });

    it('stands in the other corner from right to left, and where the page wants it', async () => {
      const { phone, host } = await place('floating');
      host.dir = 'rtl';
      await rendered(phone);
      const launcher = inside(phone, '.launcher');
      expect(launcher.getBoundingClientRect().left).to.equal(16);
      phone.corner = 'top start';
      phone.style.setProperty('--ozeki-floating-block', '30px');
      await rendered(phone);
      const { right, top } = launcher.getBoundingClientRect();
      expect([innerWidth - right, top]).to.deep.equal([16, 30]);
    });

    it('is a sheet at the bottom of a small screen, which can be closed', async () => {
      await setViewport({ width: 320, height: 560 });
      try {
        const all = await place('floating open');
        const { phone } = all;
        await withCalls(all, aCall());
        await still(phone);
        const { left, right, top, bottom } = inside(phone, '.base').getBoundingClientRect();
        expect([left, right, bottom]).to.deep.equal([0, 320, 560]);
        expect(top).to.be.at.least(0);
        const hangUp = inside(find(phone, 'ozeki-call')!, '[part=hang-up]').getBoundingClientRect();
        expect(hangUp.bottom, 'hang up is in sight').to.be.at.most(
          inside(phone, '.tabs').getBoundingClientRect().top,
        );
        await expect(phone).to.be.accessible();
        inside(phone, '.close').click();
        await rendered(phone);
        expect(isShown(phone, '.launcher')).to.equal(true);
      } finally {
        await setViewport({ width: 1000, height: 800 });
      }
    });
  });
});
