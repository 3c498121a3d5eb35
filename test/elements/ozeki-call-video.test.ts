import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { PhoneCall } from '../../src/phone/state.js';
import { SIGNED_IN } from '../support/fake-phone.js';
import { aCall, button, card, find, names, onHold, open, rendered, shown, type Card } from './calls.js';
import { waitUntil } from '../support/wait.js';

/** A picture that moves. */
function picture(colour: string): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const context = canvas.getContext('2d')!;
  const paint = (at: number) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 320, 240);
    context.fillStyle = '#fff';
    context.fillRect(at % 300, 100, 20, 20);
  };
  paint(0);
  const timer = setInterval(() => paint(performance.now() / 10), 40);
  const stream = canvas.captureStream(25);
  stream.getVideoTracks()[0]!.addEventListener('ended', () => clearInterval(timer));
  running.push(() => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
  });
  return stream;
}
const running: (() => void)[] = [];

const video = (tag: Card['tag'], selector: string) => find<HTMLVideoElement>(tag, selector)!;

/** A call with pictures both ways. */
async function stage(differences: Partial<PhoneCall> = {}): Promise<Card & { call: PhoneCall }> {
  const call = aCall();
  const shownCard = await card(call);
  shownCard.fake.streams = { remote: picture('#246'), local: picture('#642') };
  const withVideo = { ...call, camera: 'on' as const, remoteVideo: true, ...differences };
  shownCard.fake.setCalls(withVideo);
  await waitUntil(() => find(shownCard.tag, '.stage'), 'the stage is loaded');
  await rendered(shownCard.tag);
  return { ...shownCard, call: withVideo };
}

describe('<ozeki-call> with video', () => {
  afterEach(() => running.splice(0).forEach((stop) => stop()));

  it('plays both pictures, without the sound that is heard elsewhere', async () => {
    const { tag, fake } = await stage();
    for (const [selector, stream] of [
      ['.remote', fake.streams.remote],
      ['.self video', fake.streams.local],
    ] as const) {
      expect(video(tag, selector).srcObject).to.equal(stream);
      expect(video(tag, selector).muted).to.equal(true);
      await waitUntil(() => video(tag, selector).videoWidth === 320, `${selector} shows frames`);
    }
    expect(tag.matches(':state(video)')).to.equal(true);
  });

  it('is accessible, with every control', async () => {
    const { tag } = await stage();
    await expect(tag).to.be.accessible();
    expect(names(tag)).to.include.members(['Mute', 'Keypad', 'Camera', 'Hold', 'Transfer', 'Hang up']);
    expect(button(tag, 'Camera').ariaPressed).to.equal('true');
  });

  it('is accessible with an open panel, a strip and a notice', async () => {
    const { tag, fake, call } = await stage();
    fake.setCalls({ ...call, media: 'interrupted' }, onHold());
    await rendered(tag);
    await open(tag, 'Keypad');
    await expect(tag).to.be.accessible();
  });

  it('shows the initial while only our camera is on', async () => {
    const { tag } = await stage({ remoteVideo: false });
    expect(find(tag, '.remote')).to.equal(null);
    expect(find(tag, '.stage .avatar')!.textContent).to.equal('S');
    expect(find(tag, '.self')).to.exist;
  });

  it('has no picture of ours while only theirs is sent', async () => {
    const { tag } = await stage({ camera: 'off' });
    expect(find(tag, '.self')).to.equal(null);
    expect(find(tag, '.remote')).to.exist;
    expect(button(tag, 'Camera').ariaPressed).to.equal('false');
  });

  it('turns the camera off, and goes back to the plain card', async () => {
    const { tag, fake, call } = await stage({ remoteVideo: false });
    button(tag, 'Camera').click();
    expect(fake.commands).to.deep.equal([['setCamera', call.id, false]]);
    fake.setCalls({ ...call, camera: 'off' });
    await rendered(tag);
    expect(find(tag, '.stage')).to.equal(null);
    expect(find(tag, '.hero')).to.exist;
    expect(tag.matches(':state(video)')).to.equal(false);
  });

  it('switches the camera where there are two', async () => {
    const { tag, fake } = await stage();
    expect(names(tag)).not.to.contain('Switch camera');
    const cameras = [
      { id: 'a', label: 'Front' },
      { id: 'b', label: 'Back' },
    ];
    fake.set({ devices: { ...SIGNED_IN.devices, cameras } });
    await rendered(tag);
    button(tag, 'Switch camera').click();
    expect(fake.commands).to.deep.equal([['switchCamera']]);
  });

  it('offers picture in picture where the browser has it', async () => {
    const { tag } = await stage();
    const has = document.pictureInPictureEnabled && 'requestPictureInPicture' in HTMLVideoElement.prototype;
    expect(names(tag).includes('Picture in picture')).to.equal(!!has);
  });

  for (const [camera, words] of [
    ['refused', /camera is blocked/],
    ['absent', /No camera/],
    ['in-use', /Another program/],
  ] as const)
    it(`says that the camera is ${camera}, and lets it be tried again`, async () => {
      const call = aCall({ camera });
      const { tag, fake } = await card(call);
      await waitUntil(() => words.test(shown(tag)), 'the words are shown');
      expect(find(tag, '.stage')).to.equal(null);
      button(tag, 'Camera').click();
      expect(fake.commands).to.deep.equal([['setCamera', call.id, true]]);
    });

  describe('our own picture', () => {
    const self = (tag: Card['tag']) => find(tag, '.self')!;
    const at = (tag: Card['tag']) => {
      const box = self(tag).getBoundingClientRect();
      const room = self(tag).parentElement!.getBoundingClientRect();
      return {
        left: Math.round(box.left - room.left),
        top: Math.round(box.top - room.top),
        right: Math.round(room.right - box.right),
        bottom: Math.round(room.bottom - box.bottom),
      };
    };
    const pointer = (tag: Card['tag'], kind: string, clientX: number, clientY: number) =>
      self(tag).dispatchEvent(new PointerEvent(kind, { pointerId: 1, clientX, clientY, bubbles: true }));
    // A made-up pointer cannot be captured; a real one is.
    const capture = Element.prototype.setPointerCapture;
    before(() => (Element.prototype.setPointerCapture = () => {}));
    after(() => (Element.prototype.setPointerCapture = capture));

    it('starts in the lower corner at the end', async () => {
      const { tag } = await stage();
      expect(at(tag).right).to.equal(0);
      expect(at(tag).bottom).to.equal(0);
      document.documentElement.dir = 'rtl';
      await rendered(tag);
      expect(at(tag).left).to.equal(0);
      document.documentElement.dir = '';
    });

    it('is dragged, and stays on the stage', async () => {
      const { tag } = await stage();
      pointer(tag, 'pointerdown', 500, 500);
      pointer(tag, 'pointermove', 480, 470);
      expect(at(tag).right).to.equal(20);
      expect(at(tag).bottom).to.equal(30);
      pointer(tag, 'pointermove', -5000, -5000);
      expect(at(tag).left).to.equal(0);
      expect(at(tag).top).to.equal(0);
      pointer(tag, 'pointerup', -5000, -5000);
      pointer(tag, 'pointermove', 500, 500);
      expect(at(tag).left).to.equal(0);
    });

    it('is moved by the arrow keys, and keeps its place when the card changes its size', async () => {
      const { tag } = await stage();
      self(tag).focus();
      for (let step = 0; step < 20; step++) await sendKeys({ press: 'ArrowLeft' });
      expect(at(tag).left).to.equal(0);
      expect(at(tag).bottom).to.equal(0);
      await sendKeys({ press: 'ArrowUp' });
      expect(at(tag).bottom).to.be.greaterThan(0);
      tag.parentElement!.style.inlineSize = '260px';
      await rendered(tag);
      expect(at(tag).left).to.equal(0);
    });
  });

  describe('the controls', () => {
    const resting = (tag: Card['tag']) => find(tag, '.base')!.hasAttribute('data-resting');

    it('fade while nobody moves, and come back', async () => {
      const { tag } = await stage();
      await waitUntil(() => resting(tag), 'they rest');
      tag.dispatchEvent(new PointerEvent('pointermove'));
      expect(resting(tag)).to.equal(false);
    });

    it('stay while there is something to read', async () => {
      const { tag, fake, call } = await stage();
      await waitUntil(() => resting(tag), 'they rest');
      fake.setCalls({ ...call, media: 'failed' });
      await waitUntil(() => !resting(tag), 'they are back');
    });
  });
});
