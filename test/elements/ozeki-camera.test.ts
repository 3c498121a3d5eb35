import { expect, fixtureSync, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { OzCamera } from '../../src/api/index.js';
import '../../src/define/ozeki-camera.js';
import type { OzekiCamera } from '../../src/elements/ozeki-camera/ozeki-camera.js';
import { SharedTrack } from '../../src/media/index.js';
import { PhoneError } from '../../src/phone/handle.js';
import { aCall, SIGNED_IN, type FakePhone } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const STATE = {
  ...SIGNED_IN,
  devices: {
    ...SIGNED_IN.devices,
    cameras: [
      { id: 'c1', label: 'Front camera' },
      { id: 'c2', label: 'Desk camera' },
    ],
  },
};

async function camera(
  attributes = '',
  prepare: (fake: FakePhone) => void = () => {},
): Promise<{ tag: OzekiCamera; fake: FakePhone; host: HTMLElement }> {
  const all = await withPhone<OzekiCamera>('<ozeki-camera></ozeki-camera>', STATE);
  prepare(all.fake);
  all.host.innerHTML = `<ozeki-camera ${attributes}></ozeki-camera>`;
  const tag = all.host.firstElementChild as OzekiCamera;
  await rendered(tag);
  await rendered(tag);
  return { ...all, tag };
}

const button = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
  )!;
const picture = (tag: Element) =>
  waitUntil(() => tag.shadowRoot!.querySelector('video')!.videoWidth > 0, 'there is a picture');
const off = () => waitUntil(() => SharedTrack.open === 0, 'the camera is off');
const on = () => waitUntil(() => SharedTrack.open === 1, 'the camera is on');

describe('<ozeki-camera>', () => {
  afterEach(() => {
    localStorage.removeItem('ozeki-webphone.devices');
    expect(SharedTrack.open, 'cameras left open').to.equal(0);
  });

  it('is off until somebody turns it on, and then shows what only that person sees', async () => {
    const { tag } = await camera();
    expect(shown(tag)).to.include('The camera is off.');
    await expect(tag).to.be.accessible();
    expect(SharedTrack.open).to.equal(0);
    button(tag, 'Turn on').click();
    await rendered(tag);
    await picture(tag);
    expect(shown(tag)).to.include('Only you see this.');
    expect(tag).to.match(':state(on)');
    expect(tag.on).to.equal(true);
    await expect(tag).to.be.accessible();
    button(tag, 'Turn off').click();
    await off();
    await rendered(tag);
    expect(shown(tag)).to.include('The camera is off.');
  });

  it('is on by its attribute, and off when that goes', async () => {
    const { tag } = await camera('on');
    await on();
    tag.removeAttribute('on');
    await off();
    tag.setAttribute('on', '');
    await on();
    tag.remove();
    await off();
  });

  it('is given back while nobody can see it', async () => {
    const { host } = await camera('on');
    await on();
    host.style.display = 'none';
    await off();
    host.style.display = '';
    await on();
    host.remove();
    await off();
  });

  it('keeps the camera when it is moved', async () => {
    const { tag, host } = await camera('on');
    await on();
    const other = document.createElement('div');
    host.append(other);
    other.append(tag);
    await on();
    await rendered(tag);
    await picture(tag);
    tag.remove();
    await off();
  });

  it('is a mirror, unless it is not', async () => {
    const { tag } = await camera('on');
    await rendered(tag);
    const flipped = () => getComputedStyle(inside(tag, 'video')).transform.startsWith('matrix(-1');
    expect(flipped()).to.equal(true);
    expect(button(tag, 'Mirror')).to.have.attribute('aria-pressed', 'true');
    button(tag, 'Mirror').click();
    await rendered(tag);
    expect(flipped()).to.equal(false);
    expect(tag).to.have.attribute('no-mirror');
    tag.on = false;
    await off();
  });

  it('chooses a camera, and remembers it', async () => {
    const { tag, fake } = await camera();
    fake.answer = () => {
      fake.set({ devices: { ...STATE.devices, camera: 'c2' } });
      return Promise.resolve();
    };
    const list = inside<HTMLSelectElement>(tag, 'select');
    list.value = 'c2';
    list.dispatchEvent(new Event('change'));
    expect(fake.commands).to.deep.equal([['chooseDevice', 'camera', 'c2']]);
    await waitUntil(() => localStorage.getItem('ozeki-webphone.devices')?.includes('Desk camera'));
  });

  it('shows what a call sends, and turns it off there', async () => {
    const { tag, fake } = await camera();
    const call = aCall({ camera: 'on' });
    fake.setCalls(call, aCall());
    await rendered(tag);
    await on();
    await waitUntil(() => shown(tag).includes('The other side sees you.'));
    expect(tag).to.match(':state(sending)');
    await expect(tag).to.be.accessible();
    button(tag, 'Turn off').click();
    expect(fake.commands).to.deep.equal([['setCamera', call.id, false]]);
    await off();
  });

  for (const before of [true, false]) {
    it(`is ${before ? 'on' : 'off'} again, as before the call`, async () => {
      const { tag, fake } = await camera(before ? 'on' : '');
      fake.setCalls(aCall({ camera: 'on' }));
      await rendered(tag);
      expect(tag.on).to.equal(true);
      fake.setCalls(aCall({ camera: 'off' }));
      await rendered(tag);
      expect(tag.on).to.equal(before);
      tag.on = false;
      await off();
    });
  }

  for (const [code, words] of [
    ['camera-refused', 'The camera is blocked'],
    ['camera-absent', 'No camera: connect one'],
    ['camera-in-use', 'Another program is using the camera'],
  ] as const) {
    it(`says why there is none: ${code}`, async () => {
      const { tag, fake } = await camera('', ({ check }) => {
        check!.failures.camera = new PhoneError(code, 'x');
      });
      button(tag, 'Turn on').click();
      await waitUntil(() => shown(tag).includes(words), words);
      await rendered(tag);
      expect(tag).to.match(':state(failed)');
      expect(tag.on).to.equal(false);
      await expect(tag).to.be.accessible();
      fake.check!.failures = {};
      button(tag, 'Try again').click();
      await on();
      tag.on = false;
      await off();
    });
  }

  it('says that the browser will ask', async () => {
    const { tag, fake } = await camera('', (phone) => {
      phone.check!.permissions.camera = 'prompt';
      phone.set({ devices: SIGNED_IN.devices });
    });
    expect(shown(tag)).to.include('The browser asks before');
    await expect(tag).to.be.accessible();
    expect(fake.check!.asked).to.be.empty;
  });

  it('shows an OzCamera, without a client around', async () => {
    const tag = fixtureSync<OzekiCamera>(html`<ozeki-camera></ozeki-camera>`);
    await rendered(tag);
    expect(shown(tag)).to.include('Not connected to the phone system.');
    tag.camera = OzCamera.getCameraByName();
    tag.on = true;
    await on();
    await rendered(tag);
    await picture(tag);
    expect(tag.shadowRoot!.querySelector('select')).to.equal(null);
    await expect(tag).to.be.accessible();
    tag.camera = null;
    await off();
  });

  it('is worked by keyboard', async () => {
    const { tag } = await camera();
    tag.focus();
    expect(tag.shadowRoot!.activeElement).to.equal(inside(tag, 'select'));
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await on();
    await sendKeys({ press: ' ' });
    await off();
  });

  it('is accessible in the dark, mirrored from right to left, and fits', async () => {
    const { tag, host } = await camera();
    host.style.colorScheme = 'dark';
    host.dir = 'rtl';
    await expect(tag).to.be.accessible();
    expect(button(tag, 'Turn on').getBoundingClientRect().right).to.be.below(
      inside(tag, 'select').getBoundingClientRect().left + 1,
    );
    for (const width of [140, 240, 640]) {
      host.style.width = `${width}px`;
      const base = inside(tag, '.base');
      expect(base.scrollWidth, `${width} px`).to.be.at.most(base.clientWidth);
    }
  });
});
