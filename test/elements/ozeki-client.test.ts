import { aTimeout, expect, fixtureSync, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-dialpad.js';
import '../../src/define/ozeki-extension-status.js';
import { kitLoadedFrom } from '../../src/elements/ozeki-client/kit-address.js';
import { OzekiClient } from '../../src/elements/ozeki-client/ozeki-client.js';
import { OzekiDialpad } from '../../src/elements/ozeki-dialpad/ozeki-dialpad.js';
import type { ConnectionState } from '../../src/phone/state.js';
import { aCall, SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { inside, rendered, shown, still, TestClient } from './tags.js';
import { waitUntil } from '../support/wait.js';

const PASSWORD = {
  server: 'pbx',
  signIn: { extension: '1001', password: 'secret' },
  resume: true,
  tabs: true,
  sip: '',
};

const connection = (differences: Partial<ConnectionState>): { connection: ConnectionState } => ({
  connection: { ...SIGNED_OUT.connection, ...differences },
});

function place(markup: string): HTMLElement {
  const host = fixtureSync<HTMLElement>(html`<div></div>`);
  host.innerHTML = markup;
  return host;
}

async function client(attributes = '', content = ''): Promise<TestClient> {
  const host = place(`<test-client ${attributes}>${content}</test-client>`);
  const tag = host.firstElementChild as TestClient;
  await tag.updateComplete;
  return tag;
}

const form = (tag: TestClient) => tag.shadowRoot!.querySelector('form');
const field = (tag: TestClient, name: string) => inside<HTMLInputElement>(tag, `input[name="${name}"]`);
const button = (tag: TestClient) => inside<HTMLButtonElement>(tag, 'button');

async function withForm(attributes = ''): Promise<TestClient> {
  const tag = await client(attributes);
  await waitUntil(() => form(tag), 'the form is shown');
  return tag;
}

describe('<ozeki-client>', () => {
  describe('connecting', () => {
    it('waits for a full set, and sends nothing until then', async () => {
      const tag = await client('server="pbx" extension="1001"');
      expect(tag.commands).to.deep.equal([]);
      tag.password = 'secret';
      await tag.updateComplete;
      expect(tag.connects).to.deep.equal([PASSWORD]);
    });

    it('connects once for all that was set in one go', async () => {
      const tag = await client();
      tag.server = 'old';
      tag.password = 'secret';
      tag.setAttribute('extension', '1001');
      tag.server = 'pbx';
      expect(tag.connects).to.deep.equal([]);
      await tag.updateComplete;
      expect(tag.connects).to.deep.equal([PASSWORD]);
    });

    it('connects anew when a credential changes, and for nothing else', async () => {
      const tag = await client('server="pbx" token="a"');
      tag.token = 'b';
      await tag.updateComplete;
      expect(tag.connects).to.deep.equal([
        { server: 'pbx', signIn: { token: 'a' }, resume: true, tabs: true, sip: '' },
        { server: 'pbx', signIn: { token: 'b' }, resume: true, tabs: true, sip: '' },
      ]);
      tag.noSignIn = true;
      tag.id = 'other';
      tag.lang = 'hu';
      await tag.updateComplete;
      expect(tag.connects).to.have.length(2);
    });

    it('takes token before token-url before extension and password', async () => {
      const tag = await client('server="pbx" token="t" token-url="/token" extension="1001"');
      tag.password = 'secret';
      await tag.updateComplete;
      tag.removeAttribute('token');
      await tag.updateComplete;
      tag.tokenUrl = '';
      await tag.updateComplete;
      expect(tag.connects.slice(-3)).to.deep.equal([
        { server: 'pbx', signIn: { token: 't' }, resume: true, tabs: true, sip: '' },
        { server: 'pbx', signIn: { tokenUrl: '/token' }, resume: true, tabs: true, sip: '' },
        PASSWORD,
      ]);
    });

    it('signs out when the set is no longer full', async () => {
      const tag = await client('server="pbx" token="a"');
      tag.fake.set(SIGNED_IN);
      tag.removeAttribute('token');
      await tag.updateComplete;
      expect(tag.commands).to.deep.equal(['connect', 'disconnect']);
    });

    it('uses the gateway of the page, or of the phone system the kit came from', async () => {
      const servers = async () => {
        const tag = await client('token="a"');
        return (tag.connects[0] as { server: string }).server;
      };
      const own = location.origin.replace('http', 'ws') + '/gateway';
      expect(await servers()).to.equal(own);
      try {
        kitLoadedFrom('https://pbx.example:7777/ozeki-webphone.js?1');
        expect(await servers()).to.equal('wss://pbx.example:7777/gateway');
        kitLoadedFrom('https://cdn.example/ozeki-webphone/dist/cdn/ozeki-webphone.js');
        expect(await servers()).to.equal(own);
      } finally {
        kitLoadedFrom('');
      }
    });

    it('has no password attribute, and says so', async () => {
      const warn = console.warn;
      const warnings: unknown[][] = [];
      console.warn = (...args: unknown[]) => warnings.push(args);
      try {
        const tag = await client('server="pbx" extension="1001" password="secret"');
        expect(tag.connects).to.deep.equal([]);
        expect(tag.password).to.equal('');
        expect(warnings.flat().join()).to.include('password property').and.not.include('secret');
      } finally {
        console.warn = warn;
      }
    });

    it('takes what was set before it was defined', async () => {
      const host = place('<late-client server="pbx"><ozeki-dialpad></ozeki-dialpad></late-client>');
      const late = host.firstElementChild as TestClient;
      const dialpad = host.querySelector('ozeki-dialpad')!;
      Object.assign(late, { extension: '1001', password: 'secret' });
      customElements.define('late-client', class extends TestClient {});
      late.fake.set(SIGNED_IN);
      await late.updateComplete;
      expect(late.connects).to.deep.equal([PASSWORD]);
      expect(late.password).to.equal('secret');
      // The dialpad asked for a phone before there was one.
      await rendered(dialpad);
      expect(dialpad).to.match(':state(connected)');
    });

    it('is made by createElement, and connects when it is connected', async () => {
      const tag = new TestClient();
      tag.server = 'pbx';
      tag.token = 'a';
      await aTimeout(0);
      expect(tag.connects).to.deep.equal([]);
      place('').append(tag);
      await tag.updateComplete;
      expect(tag.connects).to.have.length(1);
    });
  });

  describe('signing in by hand', () => {
    it('shows a form with nothing to connect with, but not with no-sign-in', async () => {
      const tag = await withForm('extension="1001"');
      expect(field(tag, 'extension').value).to.equal('1001');
      expect(field(tag, 'extension').autocomplete).to.equal('username');
      expect(field(tag, 'password').autocomplete).to.equal('current-password');
      expect(tag.shadowRoot!.querySelector('input[name="server"]')).to.equal(null);
      await expect(tag).to.be.accessible();
      tag.noSignIn = true;
      await rendered(tag);
      expect(form(tag)).to.equal(null);
      expect(shown(tag)).to.equal('');
    });

    it('connects with what was filled in, by Enter', async () => {
      const tag = await withForm('server="pbx"');
      field(tag, 'extension').focus();
      await sendKeys({ type: '1001' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: 'secret' });
      await sendKeys({ press: 'Enter' });
      await tag.updateComplete;
      expect(tag.connects).to.deep.equal([PASSWORD]);
      expect(tag.outerHTML).to.not.include('secret');
    });

    it('sends nothing while a field is empty', async () => {
      const tag = await withForm('extension="1001"');
      button(tag).click();
      await rendered(tag);
      expect(tag.connects).to.deep.equal([]);
    });

    it('waits, says what was wrong, takes another try, and goes away', async () => {
      const tag = await withForm('server="pbx"');
      const submit = async (password: string) => {
        field(tag, 'extension').value = '1001';
        field(tag, 'password').value = password;
        button(tag).click();
        await rendered(tag);
      };
      await submit('wrong');
      tag.fake.set(connection({ status: 'connecting' }));
      await rendered(tag);
      expect(button(tag)).to.have.attribute('aria-disabled', 'true');
      expect(button(tag).textContent.trim()).to.equal('Connecting…');
      await expect(tag).to.be.accessible();
      tag.fake.set(connection({ status: 'refused', problem: 'unauthorized' }));
      await waitUntil(() => /wrong extension, password/i.test(shown(tag)));
      expect(inside(tag, '[role="alert"]').id).to.equal(
        field(tag, 'password').getAttribute('aria-describedby'),
      );
      expect(field(tag, 'password')).to.have.attribute('aria-invalid', 'true');
      await still(tag);
      await expect(tag).to.be.accessible();
      await submit('wrong');
      await submit('secret');
      expect(tag.connects).to.have.length(3);
      expect(tag.connects[2]).to.deep.equal(PASSWORD);
      tag.fake.set(SIGNED_IN);
      await rendered(tag);
      expect(shown(tag)).to.equal('');
    });

    it('asks for the server once its address turned out not to work', async () => {
      const tag = await withForm('server="nowhere" extension="1001"');
      field(tag, 'password').value = 'secret';
      button(tag).click();
      await rendered(tag);
      tag.fake.set(connection({ status: 'failed', problem: 'unreachable', retryAt: Date.now() + 60_000 }));
      await waitUntil(() => /cannot be reached/.test(shown(tag)));
      expect(shown(tag)).to.match(/Next try in (60|59) s/);
      expect(field(tag, 'server').value).to.equal('nowhere');
      await expect(tag).to.be.accessible();
      field(tag, 'server').value = 'pbx';
      form(tag)!.requestSubmit();
      await tag.updateComplete;
      expect(tag.connects.at(-1)).to.deep.equal(PASSWORD);
    });
  });

  describe('when the connection is not well', () => {
    it('counts down to the next try, and tries at once on a click', async () => {
      const tag = await client('token="a"');
      tag.fake.set(connection({ status: 'reconnecting', problem: 'lost', retryAt: Date.now() + 3000 }));
      await waitUntil(() => /lost.*Next try in 3 s/.test(shown(tag)));
      await expect(tag).to.be.accessible();
      await waitUntil(() => /Next try in 2 s/.test(shown(tag)));
      expect(inside(tag, '[role="alert"]').textContent).to.not.include('Next');
      button(tag).click();
      expect(tag.commands.at(-1)).to.equal('retry');
      tag.fake.set(SIGNED_IN);
      await rendered(tag);
      expect(shown(tag)).to.equal('');
    });

    it('tells a refused token, even with no-sign-in, and offers another try', async () => {
      const tag = await client('token="a" no-sign-in');
      tag.fake.set(connection({ status: 'refused', problem: 'unauthorized' }));
      await waitUntil(() => /wrong/i.test(shown(tag)));
      expect(form(tag)).to.equal(null);
      button(tag).click();
      await tag.updateComplete;
      expect(tag.connects).to.have.length(2);
    });
  });

  describe('signing out', () => {
    it('forgets the password and shows the form', async () => {
      const tag = await client('server="pbx" extension="1001"');
      tag.password = 'secret';
      await tag.updateComplete;
      tag.fake.set(SIGNED_IN);
      await tag.signOut();
      tag.fake.set(SIGNED_OUT);
      await waitUntil(() => form(tag));
      expect(tag.password).to.equal('');
      expect(tag.commands).to.deep.equal(['connect', 'disconnect']);
      expect(field(tag, 'password').value).to.equal('');
    });

    it('with a token, offers to sign in again', async () => {
      const tag = await client('server="pbx" token="a"');
      tag.fake.set(SIGNED_IN);
      await tag.signOut();
      tag.fake.set(SIGNED_OUT);
      await rendered(tag);
      expect(shown(tag)).to.equal('Signed out. Sign in');
      await expect(tag).to.be.accessible();
      button(tag).click();
      await tag.updateComplete;
      expect(tag.commands).to.deep.equal(['connect', 'disconnect', 'connect']);
    });

    it('does not keep the page from signing in with something else at once', async () => {
      const tag = await client('server="pbx" token="a"');
      void tag.signOut();
      tag.token = 'b';
      await tag.updateComplete;
      expect(tag.connects.at(-1)).to.deep.equal({
        server: 'pbx',
        signIn: { token: 'b' },
        resume: true,
        tabs: true,
        sip: '',
      });
    });
  });

  describe('what it tells', () => {
    it('notifies of the connection, without bubbling, and as states', async () => {
      const tag = await client('token="a"');
      let bubbled = 0;
      tag.parentElement!.addEventListener('ozeki-connection-change', () => bubbled++);
      for (const status of [
        'connecting',
        'connected',
        'reconnecting',
        'failed',
        'refused',
        'signed-out',
      ] as const) {
        setTimeout(() => tag.fake.set(connection({ status })));
        const event = await oneEvent(tag, 'ozeki-connection-change');
        expect(event.detail.status).to.equal(status);
        expect(tag).to.match(`:state(${status})`);
        if (status !== 'connected') expect(tag).to.not.match(':state(connected)');
      }
      expect(bubbled).to.equal(0);
    });

    it('notifies of each incoming call once, and of no outgoing one', async () => {
      const tag = await client('token="a"');
      const told: string[] = [];
      tag.addEventListener('ozeki-incoming-call', ({ detail, bubbles }) =>
        told.push(`${detail.id} ${bubbles}`),
      );
      tag.fake.set(SIGNED_IN);
      const incoming = aCall({ id: 'in', direction: 'incoming', state: 'ringing' });
      tag.fake.setCalls(aCall({ id: 'out', state: 'ringing' }), incoming);
      tag.fake.setCalls({ ...incoming, video: true });
      tag.fake.setCalls({ ...incoming, state: 'active' });
      expect(told).to.deep.equal(['in false']);
    });

    it('keeps its content on the page in every state', async () => {
      const tag = await client('', '<p>Content</p>');
      for (const status of ['signed-out', 'connecting', 'connected', 'refused', 'failed'] as const) {
        tag.fake.set(connection({ status }));
        await rendered(tag);
        expect(tag.querySelector('p')!.offsetHeight).to.be.above(0);
      }
    });
  });

  describe('in the document', () => {
    for (const way of ['append', 'moveBefore'] as const) {
      it(`is moved by ${way} without dropping anything`, async function () {
        const tag = await client('token="a"', '<ozeki-dialpad></ozeki-dialpad>');
        const target = place('');
        if (!(way in target)) return this.skip();
        tag.fake.set(SIGNED_IN);
        tag.fake.setCalls(aCall());
        const { phone } = tag;
        (target as unknown as Record<string, (node: Node, before: null) => void>)[way]!(tag, null);
        await aTimeout(0);
        await rendered(tag);
        expect(tag.commands).to.deep.equal(['connect']);
        expect(tag.phone).to.equal(phone);
        const dialpad = tag.querySelector('ozeki-dialpad')!;
        await rendered(dialpad);
        expect(dialpad).to.match(':state(in-call)');
      });
    }

    it('signs out when it is removed for good, and in again when it comes back', async () => {
      const tag = await client('token="a"', '<ozeki-dialpad></ozeki-dialpad>');
      const host = tag.parentElement!;
      expect(tag.fake.listenerCount).to.equal(2);
      tag.remove();
      await aTimeout(0);
      expect(tag.commands).to.deep.equal(['connect', 'disconnect']);
      expect(tag.fake.listenerCount).to.equal(0);
      host.append(tag);
      await tag.updateComplete;
      expect(tag.commands).to.deep.equal(['connect', 'disconnect', 'connect']);
      expect(tag.fake.listenerCount).to.equal(2);
    });

    it('has one phone for its whole life', async () => {
      const tag = new TestClient();
      const { phone } = tag;
      const host = place('');
      host.append(tag);
      tag.remove();
      await aTimeout(0);
      host.append(tag);
      expect(tag.phone).to.equal(phone);
    });

    it('makes a real phone', () => {
      if (!customElements.get('real-client'))
        customElements.define('real-client', class extends OzekiClient {});
      const real = document.createElement('real-client') as OzekiClient;
      expect(real.phone.getState().connection.status).to.equal('signed-out');
      void real.phone.dispose();
    });
  });

  describe('and the tags that use it', () => {
    const connected = (tag: TestClient, number: string) =>
      tag.fake.set({ ...SIGNED_IN, identity: { ...SIGNED_IN.identity!, number } });

    it('gives each tag the phone of the client around it', async () => {
      const host = place(`
        <test-client token="a"><ozeki-dialpad></ozeki-dialpad>
          <test-client token="b"><ozeki-dialpad></ozeki-dialpad></test-client></test-client>
        <test-client token="c"><ozeki-dialpad></ozeki-dialpad></test-client>`);
      [...host.querySelectorAll<TestClient>('test-client')].forEach((tag, index) =>
        connected(tag, `100${index}`),
      );
      const pads = [...host.querySelectorAll('ozeki-dialpad')];
      await rendered(...pads);
      expect(pads.map((pad) => shown(pad).slice(0, 4))).to.deep.equal(['1000', '1001', '1002']);
    });

    for (const way of ['append', 'moveBefore'] as const) {
      it(`follows a tag that is moved by ${way} to another client, and out of any`, async function () {
        const host = place(
          '<test-client token="a"><ozeki-dialpad></ozeki-dialpad></test-client><test-client token="b"></test-client>',
        );
        const [first, second] = [...host.querySelectorAll<TestClient>('test-client')] as [
          TestClient,
          TestClient,
        ];
        if (!(way in first)) return this.skip();
        const pad = host.querySelector('ozeki-dialpad')!;
        const move = (target: Element) =>
          (target as unknown as Record<string, (node: Node, before: null) => void>)[way]!(pad, null);
        connected(first, '1001');
        connected(second, '1002');
        move(second);
        await rendered(pad);
        expect(shown(pad)).to.match(/^1002/);
        expect(first.fake.listenerCount).to.equal(1);
        move(host);
        await rendered(pad);
        expect(shown(pad)).to.match(/^Offline/);
        expect(second.fake.listenerCount).to.equal(1);
      });
    }

    it('is named by client="id", whoever comes first and wherever it is', async () => {
      const host = place('<ozeki-dialpad client="desk"></ozeki-dialpad>');
      const pad = host.querySelector('ozeki-dialpad')!;
      await rendered(pad);
      expect(shown(pad)).to.match(/^Offline/);
      const tag = await client('id="desk" token="a"');
      connected(tag, '1005');
      await rendered(pad);
      expect(shown(pad)).to.match(/^1005/);
      tag.id = 'other';
      await rendered(pad);
      expect(shown(pad)).to.match(/^Offline/);
      pad.client = 'other';
      await rendered(pad);
      expect(shown(pad)).to.match(/^1005/);
      tag.remove();
      await aTimeout(0);
      await rendered(pad);
      expect(shown(pad)).to.match(/^Offline/);
      expect(tag.fake.listenerCount).to.equal(0);
    });

    it('is found by a tag defined before it and one defined after it', async () => {
      const host = place(
        '<later-client token="a"><ozeki-dialpad></ozeki-dialpad><later-dialpad></later-dialpad></later-client>',
      );
      const tag = host.firstElementChild as TestClient;
      customElements.define('later-client', class extends TestClient {});
      connected(tag, '1006');
      customElements.define('later-dialpad', class extends OzekiDialpad {});
      const pads = [...tag.children] as OzekiDialpad[];
      await rendered(...pads);
      expect(pads.map((pad) => shown(pad).slice(0, 4))).to.deep.equal(['1006', '1006']);
    });
  });
});
