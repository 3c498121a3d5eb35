import { expect, fixtureSync, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../src/define/ozeki-client.js';
import '../../src/define/ozeki-device-settings.js';
import { recallDevices } from '../../src/elements/common/device-memory.js';
import type { OzekiDeviceSettings } from '../../src/elements/ozeki-device-settings/ozeki-device-settings.js';
import { SharedTrack } from '../../src/media/index.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { PhoneState } from '../../src/phone/state.js';
import { FakePhone, SIGNED_IN } from '../support/fake-phone.js';
import { providePhone } from '../support/provide-phone.js';
import { inside, rendered, shown } from './tags.js';
import { waitUntil } from '../support/wait.js';

const DEVICES: PhoneState['devices'] = {
  ...SIGNED_IN.devices,
  microphones: [
    { id: 'default', label: 'Default - Headset' },
    { id: 'm1', label: 'Headset' },
    { id: 'm2', label: 'Desk microphone' },
  ],
  speakers: [
    { id: 's1', label: 'Headset' },
    { id: 's2', label: 'Loudspeaker' },
  ],
  cameras: [{ id: 'c1', label: 'Front camera' }],
};
const STATE: PhoneState = { ...SIGNED_IN, devices: DEVICES };
/** As before the person allowed anything. */
const NAMELESS: PhoneState = SIGNED_IN;
const KEY = 'ozeki-webphone.devices';

async function settings(
  prepare: (fake: FakePhone) => void = () => {},
  state = STATE,
): Promise<{ tag: OzekiDeviceSettings; fake: FakePhone; host: HTMLElement }> {
  const fake = new FakePhone(state);
  prepare(fake);
  const host = fixtureSync<HTMLElement>(html`<div></div>`);
  providePhone(host, fake);
  host.innerHTML = '<ozeki-device-settings></ozeki-device-settings>';
  const tag = host.firstElementChild as OzekiDeviceSettings;
  await rendered(tag);
  await rendered(tag);
  return { tag, fake, host };
}

const select = (tag: Element, name: string) => inside<HTMLSelectElement>(tag, `select[aria-label="${name}"]`);
const options = (tag: Element, name: string) => [...select(tag, name).options].map(({ text }) => text);
const button = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
  )!;
const hints = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('.hint')].map(({ textContent }) => textContent.trim());

/** Chooses in a list, as a person does. */
async function choose(tag: OzekiDeviceSettings, name: string, value: string): Promise<void> {
  const list = select(tag, name);
  list.value = value;
  list.dispatchEvent(new Event('change'));
  await rendered(tag);
}

describe('<ozeki-device-settings>', () => {
  beforeEach(() => localStorage.removeItem(KEY));
  afterEach(() => {
    localStorage.removeItem(KEY);
    expect(SharedTrack.open, 'cameras left open').to.equal(0);
  });

  it('lists the devices, the default first and once', async () => {
    const { tag } = await settings();
    expect(options(tag, 'Microphone')).to.deep.equal(['System default', 'Headset', 'Desk microphone']);
    expect(options(tag, 'Speaker')).to.deep.equal(['System default', 'Headset', 'Loudspeaker']);
    expect(options(tag, 'Ringer')).to.deep.equal(['System default', 'Headset', 'Loudspeaker']);
    expect(options(tag, 'Camera')).to.deep.equal(['System default', 'Front camera']);
    expect(tag).to.match(':state(ready)');
    await expect(tag).to.be.accessible();
  });

  it('numbers devices whose names the browser does not tell', async () => {
    const { tag } = await settings(undefined, {
      ...STATE,
      devices: { ...DEVICES, microphones: [{ id: 'm1', label: '' }] },
    });
    expect(options(tag, 'Microphone')).to.deep.equal(['System default', 'Microphone 1']);
  });

  it('chooses, and remembers with the name', async () => {
    const { tag, fake } = await settings();
    fake.answer = (command) => {
      if (command === 'chooseDevice') fake.set({ devices: { ...DEVICES, microphone: 'm2' } });
      return Promise.resolve();
    };
    await choose(tag, 'Microphone', 'm2');
    expect(fake.commands).to.deep.equal([['chooseDevice', 'microphone', 'm2']]);
    expect(select(tag, 'Microphone').value).to.equal('m2');
    expect(JSON.parse(localStorage.getItem(KEY)!)).to.deep.include({
      devices: { microphone: { id: 'm2', label: 'Desk microphone' } },
    });
  });

  it('keeps showing what was chosen while the phone changes over to it', async () => {
    const { tag, fake } = await settings();
    const changes: (() => void)[] = [];
    fake.answer = () => new Promise<void>((resolve) => changes.push(resolve));
    await choose(tag, 'Microphone', 'm2');
    tag.requestUpdate();
    await rendered(tag);
    expect(select(tag, 'Microphone').value, 'while the phone changes over').to.equal('m2');
    await choose(tag, 'Microphone', 'm1');
    fake.set({ devices: { ...DEVICES, microphone: 'm2' } });
    changes[0]!();
    await rendered(tag);
    expect(select(tag, 'Microphone').value, 'a later choice').to.equal('m1');
    fake.set({ devices: { ...DEVICES, microphone: 'm1' } });
    changes[1]!();
    await rendered(tag);
    expect(select(tag, 'Microphone').value).to.equal('m1');
  });

  it('shows what is in use when a device cannot be had', async () => {
    const { tag, fake } = await settings();
    fake.answer = () => Promise.reject(new PhoneError('microphone-absent', 'x'));
    await choose(tag, 'Microphone', 'm2');
    expect(select(tag, 'Microphone').value).to.equal('');
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('says that a chosen device is away, and keeps the choice', async () => {
    const { tag } = await settings(undefined, { ...STATE, devices: { ...DEVICES, speaker: 'gone' } });
    expect(select(tag, 'Speaker').value).to.equal('gone');
    expect(hints(tag)).to.include('Not connected now: the default is used until it is back.');
    await expect(tag).to.be.accessible();
  });

  it('shows the level while it can be seen, and says what it means', async () => {
    const { tag, fake } = await settings();
    await waitUntil(() => fake.check!.level, 'the microphone is metered');
    expect(hints(tag)[0]).to.equal('Say something: the bar should move.');
    const bar = inside(tag, '.level');
    fake.check!.level!(0.7);
    await rendered(tag);
    expect(bar.style.getPropertyValue('--_level')).to.equal('0.7');
    expect(hints(tag)[0]).to.equal('Your microphone works.');
    for (let told = 0; told < 120; told++) fake.check!.level!(0.1);
    await rendered(tag);
    expect(hints(tag)[0]).to.match(/Nothing is heard/);
    await expect(tag).to.be.accessible();
  });

  it('gives the microphone back when it is hidden, scrolled away, or removed', async () => {
    const { tag, fake, host } = await settings();
    const metered = () => waitUntil(() => fake.check!.level, 'metered');
    const released = () => waitUntil(() => !fake.check!.level, 'given back');
    await metered();
    tag.hidden = true;
    await released();
    tag.hidden = false;
    await metered();
    host.style.marginBlockStart = '4000px';
    await released();
    host.style.marginBlockStart = '';
    await metered();
    tag.remove();
    expect(fake.check!.level).to.equal(null);
    expect(fake.check!.watcherCount + fake.listenerCount).to.equal(0);
    host.append(tag);
    await metered();
  });

  it('gives the microphone back when it is hidden before it was open', async () => {
    let open!: () => void;
    const { tag, fake } = await settings(({ check }) => {
      const meter = check!.meter.bind(check);
      check!.meter = (report) => new Promise((resolve) => (open = () => resolve(meter(report))));
    });
    await waitUntil(() => open as unknown, 'the microphone is being opened');
    tag.hidden = true;
    await waitUntil(() => !tag.checkVisibility());
    await rendered(tag);
    await rendered(tag);
    open();
    await waitUntil(() => !fake.check!.level, 'given back');
  });

  it('asks for nothing before a click, and for the microphone with it', async () => {
    const { tag, fake } = await settings(({ check }) => (check!.permissions.microphone = 'prompt'), NAMELESS);
    expect(tag).to.match(':state(ask)');
    expect(fake.check!.asked).to.be.empty;
    expect(fake.check!.level).to.equal(null);
    await expect(tag).to.be.accessible();
    button(tag, 'Allow microphone').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => fake.check!.level, 'metered');
    expect(fake.check!.asked).to.deep.equal([['ask', 'microphone']]);
    await rendered(tag);
    expect(tag.shadowRoot!.activeElement, 'where to go on').to.equal(select(tag, 'Microphone'));
  });

  for (const [code, words] of [
    ['microphone-refused', 'The microphone is blocked'],
    ['microphone-absent', 'No microphone: connect one'],
  ] as const) {
    it(`says that a microphone is not to be had: ${code}`, async () => {
      const { tag, fake } = await settings(({ check }) => {
        check!.failures.microphone = new PhoneError(code, 'x');
        check!.permissions.microphone = 'prompt';
      }, NAMELESS);
      button(tag, 'Allow microphone').click();
      await waitUntil(() => shown(tag).includes(words), words);
      expect(tag).to.match(':state(failed)');
      await expect(tag).to.be.accessible();
      fake.check!.failures = {};
      button(tag, 'Try again').click();
      await waitUntil(() => fake.check!.level, 'metered after another try');
    });
  }

  it('says that the person blocked the microphone, without opening it', async () => {
    const { tag, fake } = await settings(({ check }) => (check!.permissions.microphone = 'denied'));
    await waitUntil(() => shown(tag).includes('The microphone is blocked'));
    expect(fake.check!.level).to.equal(null);
    fake.check!.permit('microphone', 'granted');
    await waitUntil(() => fake.check!.level, 'allowed in the browser, it is metered');
  });

  it('tries again when a device comes', async () => {
    const { tag, fake } = await settings(
      ({ check }) => (check!.failures.microphone = new PhoneError('microphone-absent', 'x')),
    );
    await waitUntil(() => shown(tag).includes('No microphone'));
    fake.check!.failures = {};
    fake.set({ devices: { ...DEVICES, microphones: [...DEVICES.microphones] } });
    await waitUntil(() => fake.check!.level, 'metered');
  });

  it('says that the page is not secure, with nothing to press', async () => {
    const { tag } = await settings(({ check }) => {
      check!.permissions = { microphone: 'insecure', camera: 'insecure' };
    });
    await waitUntil(() => shown(tag).includes('open this page by https'));
    expect(button(tag, 'Try again')).to.equal(undefined);
    await expect(tag).to.be.accessible();
  });

  for (const name of ['Speaker', 'Ringer'] as const) {
    it(`plays a sound on the ${name.toLowerCase()}, one at a time`, async () => {
      const { tag, fake } = await settings();
      button(tag, `Test ${name.toLowerCase()}`).click();
      await rendered(tag);
      expect(shown(tag)).to.include('Playing…');
      button(tag, 'Test ringer').click();
      expect(fake.check!.asked).to.deep.equal([['test', name.toLowerCase()]]);
      fake.check!.soundOver();
      await waitUntil(() => !shown(tag).includes('Playing…'));
    });
  }

  it('says when the sound had to be played elsewhere', async () => {
    const { tag, fake } = await settings(({ check }) => (check!.there = false));
    button(tag, 'Test ringer').click();
    fake.check!.soundOver();
    await waitUntil(() => shown(tag).includes('That device is not connected: the default one played.'));
    await expect(tag).to.be.accessible();
  });

  it('says that a browser cannot choose outputs, and still plays', async () => {
    const { tag } = await settings(({ check }) => (check!.choosesOutput = false));
    expect(shown(tag)).to.include('This browser plays on the system’s default device');
    expect(tag.shadowRoot!.querySelector('select[aria-label="Speaker"]')).to.equal(null);
    expect(button(tag, 'Test speaker')).to.be.an('HTMLButtonElement');
    await expect(tag).to.be.accessible();
  });

  it('changes how the microphone is treated, and only in ways the browser knows', async () => {
    const { tag, fake } = await settings(({ check }) => (check!.processing = ['echoCancellation']));
    const boxes = [...tag.shadowRoot!.querySelectorAll('input')];
    expect(boxes.map(({ labels, checked }) => [labels![0]!.textContent.trim(), checked])).to.deep.equal([
      ['Echo cancellation', true],
    ]);
    boxes[0]!.click();
    expect(fake.check!.asked).to.deep.equal([['processing', { echoCancellation: false }]]);
    await waitUntil(() => localStorage.getItem(KEY));
  });

  it('puts a switch back that could not be changed', async () => {
    const { tag, fake } = await settings();
    fake.check!.failures.microphone = new PhoneError('microphone-absent', 'x');
    const box = inside<HTMLInputElement>(tag, 'input');
    box.click();
    await waitUntil(() => box.checked);
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('shows the picture of the camera on request, and gives it back', async () => {
    const { tag } = await settings();
    expect(SharedTrack.open, 'nothing is on by itself').to.equal(0);
    button(tag, 'Show picture').click();
    await rendered(tag);
    await waitUntil(() => inside<HTMLVideoElement>(tag, 'video').videoWidth > 0, 'there is a picture');
    expect(tag).to.match(':state(preview)');
    await expect(tag).to.be.accessible();
    tag.hidden = true;
    await waitUntil(() => SharedTrack.open === 0, 'hidden, it is off');
    tag.hidden = false;
    await waitUntil(() => SharedTrack.open === 1, 'seen again, it is on');
    button(tag, 'Hide picture').click();
    await waitUntil(() => SharedTrack.open === 0, 'off');
    button(tag, 'Show picture').click();
    await waitUntil(() => SharedTrack.open === 1, 'on');
    tag.remove();
    expect(SharedTrack.open).to.equal(0);
  });

  for (const [code, words] of [
    ['camera-refused', 'The camera is blocked'],
    ['camera-absent', 'No camera: connect one'],
    ['camera-in-use', 'Another program is using the camera'],
  ] as const) {
    it(`says that the camera is not to be had: ${code}`, async () => {
      const { tag } = await settings(({ check }) => (check!.failures.camera = new PhoneError(code, 'x')));
      button(tag, 'Show picture').click();
      await waitUntil(() => shown(tag).includes(words), words);
      await expect(tag).to.be.accessible();
    });
  }

  it('says that a part could not be loaded, and loads it again', async () => {
    const { tag, fake } = await settings((phone) => (phone.check = null));
    await waitUntil(() => shown(tag).includes('could not be loaded'));
    await expect(tag).to.be.accessible();
    const again = new FakePhone().check;
    fake.check = again;
    button(tag, 'Try again').click();
    await waitUntil(() => again!.level, 'metered');
  });

  it('has words for a page without a client', async () => {
    const tag = fixtureSync<OzekiDeviceSettings>(html`<ozeki-device-settings></ozeki-device-settings>`);
    await rendered(tag);
    expect(shown(tag)).to.include('Not connected to the phone system.');
    await expect(tag).to.be.accessible();
  });

  it('follows another phone when it is moved', async () => {
    const one = await settings();
    const two = await settings();
    await waitUntil(() => one.fake.check!.level && two.fake.check!.level);
    two.tag.remove();
    two.host.append(one.tag);
    await waitUntil(() => !one.fake.check!.level && two.fake.check!.level, 'the other phone is metered');
    expect(one.fake.check!.watcherCount + one.fake.listenerCount).to.equal(0);
  });

  it('is reached by Tab in the order it is read', async () => {
    const { tag } = await settings();
    const order: string[] = [];
    tag.shadowRoot!.querySelector('select')!.focus();
    for (let step = 0; step < 9; step++) {
      const at = tag.shadowRoot!.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> };
      order.push(
        at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent.trim() ?? at.textContent.trim(),
      );
      await sendKeys({ press: 'Tab' });
    }
    expect(order).to.deep.equal([
      'Microphone',
      'Echo cancellation',
      'Noise suppression',
      'Automatic level',
      'Speaker',
      'Test speaker',
      'Ringer',
      'Test ringer',
      'Camera',
    ]);
  });

  it('is mirrored from right to left, and fits', async () => {
    const { tag, host } = await settings();
    host.dir = 'rtl';
    const edges = (selector: string) => inside(tag, selector).getBoundingClientRect();
    expect(edges('.row .button').right).to.be.below(edges('.row select').left);
    for (const width of [80, 240, 320, 900]) {
      host.style.width = `${width}px`;
      const base = inside(tag, '.base');
      expect(base.scrollWidth, `${width} px`).to.be.at.most(base.clientWidth + (width < 240 ? 80 : 0));
    }
    await setViewport({ width: 800, height: 600 });
    await expect(tag).to.be.accessible();
  });

  it('is accessible in the dark', async () => {
    const { tag, host } = await settings();
    host.style.colorScheme = 'dark';
    await expect(tag).to.be.accessible();
  });
});

describe('remembered devices', () => {
  afterEach(() => localStorage.removeItem(KEY));
  const remember = (value: unknown) => localStorage.setItem(KEY, JSON.stringify(value));

  it('are chosen again', async () => {
    remember({
      devices: { microphone: { id: 'm2', label: 'Desk microphone' }, ringer: { id: 's2', label: '' } },
      processing: { echoCancellation: false },
    });
    const fake = new FakePhone(STATE);
    await recallDevices(fake.handle);
    expect(fake.commands).to.deep.equal([
      ['chooseDevice', 'microphone', 'm2'],
      ['chooseDevice', 'ringer', 's2'],
    ]);
    expect(fake.check!.asked).to.deep.equal([['processing', { echoCancellation: false }]]);
  });

  it('are found by name when their ids have changed', async () => {
    remember({ devices: { microphone: { id: 'old', label: 'Desk microphone' } }, processing: {} });
    const fake = new FakePhone();
    fake.answer = (command) => {
      const [, , id] = fake.commands.at(-1)!;
      if (command === 'chooseDevice')
        fake.set({ devices: { ...fake.getState().devices, microphone: id as string } });
      return Promise.resolve();
    };
    await recallDevices(fake.handle);
    fake.set({ devices: { ...DEVICES, microphone: 'old' } });
    expect(fake.commands.at(-1)).to.deep.equal(['chooseDevice', 'microphone', 'm2']);
    expect(fake.listenerCount).to.equal(0);
  });

  it('give way to what the page chose', async () => {
    remember({ devices: { microphone: { id: 'm2', label: '' } }, processing: {} });
    const fake = new FakePhone({ ...STATE, devices: { ...DEVICES, microphone: 'm1' } });
    await recallDevices(fake.handle);
    expect(fake.commands).to.be.empty;
  });

  for (const [what, stored] of [
    ['no JSON', '{'],
    ['something else', '[1]'],
    ['other types', '{"devices":{"microphone":{"id":5,"label":{}}},"processing":{"echoCancellation":"no"}}'],
    ['null inside', '{"devices":null,"processing":null}'],
  ] as const) {
    it(`are none where there is ${what}`, async () => {
      localStorage.setItem(KEY, stored);
      const fake = new FakePhone(STATE);
      await recallDevices(fake.handle);
      expect(fake.commands).to.be.empty;
      expect(fake.check!.asked).to.be.empty;
    });
  }

  it('are none where the browser refuses storage', async () => {
    const real = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    try {
      const { tag, fake } = await settings();
      await recallDevices(fake.handle);
      await choose(tag, 'Microphone', 'm1');
      expect(fake.commands).to.deep.equal([['chooseDevice', 'microphone', 'm1']]);
      const client = document.createElement('ozeki-client');
      document.body.append(client);
      client.remove();
    } finally {
      Object.defineProperty(window, 'localStorage', real);
    }
  });

  it('are what a client starts with', async () => {
    // Allowed once, Chromium names its outputs; where the browser names none, any is taken for there.
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of stream.getTracks()) track.stop();
    const devices = await navigator.mediaDevices.enumerateDevices();
    const id = devices.findLast(({ kind }) => kind === 'audiooutput')?.deviceId ?? 's2';
    remember({ devices: { ringer: { id, label: '' } }, processing: { noiseSuppression: false } });
    const client = document.createElement('ozeki-client');
    document.body.append(client);
    await waitUntil(() => {
      const { ringer, processing } = client.phone.getState().devices;
      return ringer === id && !processing.noiseSuppression;
    });
    client.remove();
  });
});
