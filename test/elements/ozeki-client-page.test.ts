import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { OzekiQualityWarningEvent } from '../../src/elements/ozeki-client/quality-warning-event.js';
import type { PhoneCall } from '../../src/phone/state.js';
import { aCall, SIGNED_IN } from '../support/fake-phone.js';
import { TestClient } from './tags.js';
import { waitUntil } from '../support/wait.js';

/** What `<ozeki-client>` does to the page while there are calls. */
const ringing = (differences: Partial<PhoneCall> = {}) =>
  aCall({ direction: 'incoming', state: 'ringing', answeredAt: null, quality: null, ...differences });

const clients: TestClient[] = [];
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A client on the page, with these calls. */
async function client(attributes: string[], ...calls: PhoneCall[]): Promise<TestClient> {
  const one = document.createElement('test-client') as TestClient;
  for (const name of attributes) one.setAttribute(name, '');
  clients.push(one);
  document.body.append(one);
  one.fake.set(SIGNED_IN);
  await shows(one, ...calls);
  // What is loaded with the first call is here when it has acted once.
  await import('../../src/elements/ozeki-client/page/page.js');
  await import('../../src/elements/ozeki-client/page/in-call.js');
  await settled();
  one.fake.commands.length = 0;
  return one;
}

/** Presses keys together. */
async function chord(...keys: string[]): Promise<void> {
  for (const down of keys) await sendKeys({ down });
  for (const up of keys.reverse()) await sendKeys({ up });
}

async function shows(one: TestClient, ...calls: PhoneCall[]): Promise<void> {
  one.fake.setCalls(...calls);
  await settled();
}

describe('<ozeki-client> and its page', () => {
  const { mediaSession, wakeLock } = navigator;
  const handlers = new Map<string, (() => void) | null>();
  const locks = { taken: 0, released: 0 };
  let told: Record<string, unknown> = {};
  let session: { metadata: MediaMetadata | null; playbackState: string };

  beforeEach(() => {
    document.title = 'CRM';
    handlers.clear();
    told = {};
    locks.taken = locks.released = 0;
    session = {
      metadata: null,
      playbackState: 'none',
      setActionHandler: (name: string, handler: (() => void) | null) => {
        if (name === 'togglecamera' && handler === undefined) throw new TypeError('unknown');
        handlers.set(name, handler);
      },
      setMicrophoneActive: (on: boolean) => (told.microphone = on),
      setCameraActive: (on: boolean) => (told.camera = on),
    } as never;
    Object.defineProperty(navigator, 'mediaSession', { configurable: true, value: session });
    Object.defineProperty(navigator, 'wakeLock', {
      configurable: true,
      value: {
        request: () => {
          locks.taken++;
          const lock = {
            released: false,
            release: () => Promise.resolve(void (lock.released = !!++locks.released)),
          };
          return Promise.resolve(lock);
        },
      },
    });
  });

  afterEach(async () => {
    for (const one of clients.splice(0)) one.remove();
    await settled();
    expect(document.title, 'the title is the page’s again').to.equal('CRM');
    expect([...handlers.values()].filter(Boolean), 'handlers left').to.be.empty;
    expect(locks.taken - locks.released, 'screens kept on').to.equal(0);
    Object.defineProperty(navigator, 'mediaSession', { configurable: true, value: mediaSession });
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: wakeLock });
  });

  describe('the title', () => {
    it('says who rings, that there is a call, and nothing without one', async () => {
      const one = await client([], ringing());
      expect(document.title).to.equal('☎ Sales · CRM');
      await shows(one, ringing(), ringing());
      expect(document.title).to.equal('☎ 2 · CRM');
      await shows(one, aCall());
      expect(document.title).to.equal('● · CRM');
      await shows(one, aCall({ state: 'ended' }));
      expect(document.title).to.equal('CRM');
    });

    it('does not speak of an ignored call', async () => {
      await client([], ringing({ ignored: true }));
      expect(document.title).to.equal('CRM');
    });

    it('keeps what the page makes of it meanwhile', async () => {
      const one = await client([], aCall());
      document.title = 'CRM: Smith';
      await waitUntil(() => document.title === '● · CRM: Smith');
      await shows(one);
      expect(document.title).to.equal('CRM: Smith');
      document.title = 'CRM';
    });

    it('counts the calls of several clients, and is left alone on request', async () => {
      const one = await client([], ringing());
      const two = await client([], ringing());
      await client(['no-title-badge'], ringing());
      expect(document.title).to.equal('☎ 2 · CRM');
      two.remove();
      await settled();
      expect(document.title).to.equal('☎ Sales · CRM');
      await shows(one);
      expect(document.title).to.equal('CRM');
    });
  });

  describe('the system’s controls', () => {
    it('show the call, and act on it', async () => {
      const call = aCall();
      const one = await client([], call);
      expect(session.metadata!.title).to.equal('Sales');
      expect(session.metadata!.artist).to.equal('1002');
      expect(session.playbackState).to.equal('playing');
      expect(told).to.deep.equal({ microphone: true, camera: false });
      for (const name of ['togglemicrophone', 'togglecamera', 'hangup', 'play']) handlers.get(name)!();
      expect(one.fake.commands).to.deep.equal([
        ['setMuted', call.id, true],
        ['setCamera', call.id, true],
        ['hangUp', call.id],
      ]);
      await shows(one, { ...call, muted: true, camera: 'on' });
      expect(told).to.deep.equal({ microphone: false, camera: true });
    });

    it('answer while it rings', async () => {
      const call = ringing();
      const one = await client([], call);
      expect(session.playbackState).to.equal('paused');
      handlers.get('play')!();
      handlers.get('hangup')!();
      expect(one.fake.commands).to.deep.equal([
        ['accept', call.id],
        ['hangUp', call.id],
      ]);
    });

    it('are the page’s again after the call, or on request', async () => {
      const one = await client([], aCall());
      await shows(one);
      expect(session.metadata).to.equal(null);
      expect([...handlers.values()].filter(Boolean)).to.be.empty;
      handlers.clear();
      await client(['no-media-session'], aCall());
      expect(handlers.size).to.equal(0);
    });

    it('are not there in some browsers, nor all of them', async () => {
      session = {
        ...session,
        setActionHandler: () => {
          throw new TypeError('unknown');
        },
      } as never;
      Object.defineProperty(navigator, 'mediaSession', { configurable: true, value: session });
      const one = await client([], aCall());
      await shows(one);
      Object.defineProperty(navigator, 'mediaSession', { configurable: true, value: undefined });
      await shows(one, aCall());
      expect(document.title).to.equal('● · CRM');
    });
  });

  describe('the screen', () => {
    it('stays on during video, and no longer', async () => {
      const call = aCall({ remoteVideo: true });
      const one = await client([], aCall());
      expect(locks.taken).to.equal(0);
      await shows(one, call);
      expect(locks).to.deep.equal({ taken: 1, released: 0 });
      await shows(one, { ...call, remoteVideo: false, camera: 'on' });
      expect(locks).to.deep.equal({ taken: 1, released: 0 });
      await shows(one, { ...call, remoteVideo: false });
      expect(locks).to.deep.equal({ taken: 1, released: 1 });
    });

    it('may go off on request, or when the browser refuses', async () => {
      await client(['no-wake-lock'], aCall({ remoteVideo: true }));
      expect(locks.taken).to.equal(0);
      Object.defineProperty(navigator, 'wakeLock', {
        configurable: true,
        value: { request: () => Promise.reject(new DOMException('battery', 'NotAllowedError')) },
      });
      const one = await client([], aCall({ remoteVideo: true }));
      await shows(one);
    });
  });

  describe('hotkeys', () => {
    const press = (key: string) => chord('Alt', 'Shift', key);

    it('are off unless the page wants them', async () => {
      const one = await client([], ringing());
      await press('KeyA');
      expect(one.fake.commands).to.be.empty;
    });

    for (const [key, command] of [
      ['KeyA', (id: string) => ['accept', id]],
      ['KeyV', (id: string) => ['accept', id, { video: true }]],
      ['KeyR', (id: string) => ['reject', id]],
      ['KeyI', (id: string) => ['ignore', id]],
    ] as const) {
      it(`${key} acts on a call that rings, also during another`, async () => {
        const call = ringing();
        const one = await client(['hotkeys'], aCall(), call);
        await press(key);
        expect(one.fake.commands).to.deep.equal([command(call.id)]);
      });
    }

    for (const [key, command] of [
      ['KeyH', (id: string) => ['hangUp', id]],
      ['KeyM', (id: string) => ['setMuted', id, true]],
      ['KeyO', (id: string) => ['hold', id]],
      ['KeyC', (id: string) => ['setCamera', id, true]],
    ] as const) {
      it(`${key} acts on the call that is up, and not on one that rings`, async () => {
        const call = aCall();
        const one = await client(['hotkeys'], call, ringing());
        await press(key);
        expect(one.fake.commands).to.deep.equal([command(call.id)]);
        one.fake.commands.length = 0;
        await shows(one, ringing());
        await press(key);
        expect(one.fake.commands).to.be.empty;
      });
    }

    it('are text while somebody types, and nothing without Alt and Shift', async () => {
      const one = await client(['hotkeys'], ringing());
      await chord('KeyA');
      await chord('Shift', 'KeyA');
      await chord('Alt', 'KeyA');
      const open = document.createElement('div');
      const host = document.createElement('div');
      document.body.append(open, host);
      // Also inside a tag's shadow root, where the document sees the tag only.
      for (const root of [open, host.attachShadow({ mode: 'open' })]) {
        for (const markup of ['<input>', '<textarea></textarea>', '<div contenteditable></div>']) {
          root.innerHTML = markup;
          (root.firstElementChild as HTMLElement).focus();
          await press('KeyA');
        }
      }
      open.remove();
      host.remove();
      expect(one.fake.commands).to.be.empty;
      await press('KeyA');
      expect(one.fake.commands).to.have.length(1);
    });

    it('are heard by nobody else, and by nobody without a call', async () => {
      const heard: string[] = [];
      const hear = (event: KeyboardEvent) =>
        void (event.key !== 'Alt' && event.key !== 'Shift' && heard.push(event.code));
      document.body.addEventListener('keydown', hear);
      const one = await client(['hotkeys'], ringing());
      await press('KeyA');
      expect(heard).to.deep.equal([]);
      await shows(one);
      await press('KeyA');
      expect(heard).to.deep.equal(['KeyA']);
      document.body.removeEventListener('keydown', hear);
    });
  });

  it('tells of quality warnings as they come and go', async () => {
    const call = aCall();
    const one = await client([], call);
    const details: OzekiQualityWarningEvent['detail'][] = [];
    const bubbled: Event[] = [];
    one.addEventListener('ozeki-quality-warning', ({ detail }) => details.push(detail));
    document.body.addEventListener('ozeki-quality-warning', (event) => bubbled.push(event));
    const bad = { ...call, qualityWarnings: ['loss'] as const };
    await shows(one, bad);
    await shows(one, { ...bad, muted: true });
    await shows(one, call);
    expect(details).to.deep.equal([
      { callId: call.id, warnings: ['loss'] },
      { callId: call.id, warnings: [] },
    ]);
    expect(bubbled).to.be.empty;
  });

  it('lets go of the page when the client leaves, though its phone goes on', async () => {
    const one = await client(['hotkeys'], aCall());
    one.remove();
    await settled();
    expect(document.title).to.equal('CRM');
    await chord('Alt', 'Shift', 'KeyM');
    expect(one.commands).to.not.include('setMuted');
  });
});
