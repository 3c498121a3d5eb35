import { expect } from '@open-wc/testing';
import { OzCamera, type Call } from '../../src/api/index.js';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { HAS_TONES, TONES } from '../support/people.js';
import { WebPage } from '../support/web-pages.js';

describe('cameras and pictures of the JavaScript API', () => {
  let system: TestPhoneSystem;
  let alice: WebPage;
  let bob: WebPage;
  let place: HTMLDivElement;
  const realGetUserMedia = navigator.mediaDevices.getUserMedia;

  beforeEach(async () => {
    system = await startPhoneSystem();
    alice = await new WebPage('1001', TONES.alice).open(system.gatewayUrl);
    bob = await new WebPage('1002', TONES.bob).open(system.gatewayUrl);
    place = document.createElement('div');
    place.innerHTML = '<div id="local"></div><div id="mine"></div>';
    document.body.append(place);
  });

  afterEach(async () => {
    navigator.mediaDevices.getUserMedia = realGetUserMedia;
    place.remove();
    await Promise.all([alice.leave(), bob.leave()]);
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  async function talk(type?: 'VIDEO'): Promise<{ out: Call; incoming: Call }> {
    const rings = bob.rings();
    const out = alice.follow(alice.client.createCall('1002', type));
    out.call.start();
    const incoming = bob.follow(await rings);
    incoming.call.accept();
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    return { out: out.call, incoming: incoming.call };
  }

  const video = (id: string) => document.querySelector<HTMLVideoElement>(`#${id} > video`);

  /** Waits until a picture moves. */
  async function moves(id: string): Promise<void> {
    const shown = video(id)!;
    const from = shown.currentTime;
    while (!(shown.currentTime > from && shown.videoWidth)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('cameras are found by name, by index and by default', () => {
    const names = OzCamera.getNames();
    expect(names.length).to.be.greaterThan(0);
    expect(names.every(Boolean), 'every camera has a name').to.equal(true);
    expect(OzCamera.getCameraByName(names[0])!.getName()).to.equal(names[0]);
    expect(OzCamera.getCameraByIndex(0)!.getName()).to.equal(names[0]);
    expect(OzCamera.getCameraByIndex(99)).to.equal(null);
    expect(OzCamera.getCameraByName('no such camera')).to.equal(null);
    expect(OzCamera.getCameraByName()).to.be.instanceOf(OzCamera);
  });

  it('a camera is shown, measured, asked for a mode, and turned off', async () => {
    const camera = OzCamera.getCameraByName()!;
    expect([camera.getFps(), camera.getWidth(), camera.getHeight(), camera.getId()]).to.deep.equal([
      0,
      0,
      0,
      '',
    ]);
    camera.setMode(320, 240, 15);
    camera.setDisplay('mine');
    expect(camera.getId()).to.equal('mine');
    await moves('mine');
    // Firefox's test camera has a mode of its own.
    const modes = HAS_TONES;
    if (modes) expect([camera.getWidth(), camera.getHeight(), camera.getFps()]).to.deep.equal([320, 240, 15]);
    expect(camera.getWidth()).to.be.greaterThan(0);
    expect(camera.getName()).not.to.equal('');
    camera.setMode(640, 480, 20);
    while (modes && camera.getWidth() !== 640) await new Promise((resolve) => setTimeout(resolve, 20));
    camera.setDisplay(null);
    expect(video('mine')).to.equal(null);
    expect(SharedTrack.open).to.equal(0);

    camera.setDisplay('no-such-place');
    expect(await alice.error('setDisplay')).to.include({ code: 302, parameter: 'displayId' });
    camera.setMode(0, 240, 15);
    expect(await alice.error('setMode')).to.include({ code: 302, parameter: 'width' });
    camera.setQuality(-1, 0);
    expect(await bob.error('setQuality'), 'every client is told').to.include({ parameter: 'bandwidth' });
  });

  it('a video call shows pictures both ways, in the default place and in an element', async () => {
    const { out, incoming } = await talk('VIDEO');
    expect(alice.call.camera, 'no camera before one is attached').to.equal('off');
    incoming.setRemoteDisplay();
    out.setRemoteDisplay(document.querySelector('#mine'));
    const camera = OzCamera.getCameraByName()!;
    camera.setQuality(20_000, 0);
    out.attachCamera(camera);
    incoming.attachCamera(camera);
    await alice.untilCall('active', ({ remoteVideo }) => remoteVideo);
    await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
    await Promise.all([moves('local'), moves('mine')]);
    expect(alice.maxBitrate()).to.equal(160_000);
    camera.setQuality(0, 0);
    while (alice.maxBitrate() !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    out.hangUp();
    await bob.untilCall('ended');
    expect(video('local')).to.equal(null);
  });

  it('the tags of the same phone share the camera', async () => {
    const { out } = await talk();
    const camera = OzCamera.getCameraByName()!;
    out.attachCamera(camera);
    await alice.untilCall('active', ({ camera: now }) => now === 'on');
    expect(alice.phone.pictures(alice.call.id).local!.getVideoTracks()).to.have.length(1);
    await alice.phone.setCamera(alice.call.id, false);
    expect(camera.getWidth(), 'the camera is off').to.equal(0);
    await alice.phone.setCamera(alice.call.id, true);
    await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
  });

  it('a camera is attached in IN_CALL only', async () => {
    const call = alice.client.createCall('1002');
    call.attachCamera(OzCamera.getCameraByName()!);
    expect(await alice.error('attachCamera')).to.include({ code: 303 });
    expect(() => call.attachCamera(undefined as never)).to.throw(/'camera'.*'attachCamera'/);
    call.setRemoteDisplay('no-such-place');
    expect(await alice.error('setRemoteDisplay')).to.include({ parameter: 'displayId' });
  });

  for (const [failure, reason, state] of [
    ['NotAllowedError', 'camera-refused', 'refused'],
    ['NotReadableError', 'camera-in-use', 'in-use'],
    ['NotFoundError', 'camera-absent', 'absent'],
  ] as const) {
    it(`a camera that fails with ${failure} is told of, and the call goes on`, async () => {
      const { out } = await talk();
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', failure));
      out.attachCamera(OzCamera.getCameraByName()!);
      expect(await alice.error('attachCamera')).to.include({ reason });
      expect(alice.call.camera).to.equal(state);
      expect(out.getCallState()).to.equal('IN_CALL');
      OzCamera.getCameraByName()!.setDisplay('mine');
      expect(await alice.error('setDisplay')).to.include({ reason });
      expect(video('mine')).to.equal(null);
    });
  }

  it('a camera that is unplugged in a call is told of', async () => {
    const { out } = await talk();
    const camera = OzCamera.getCameraByName()!;
    camera.setDisplay('mine');
    out.attachCamera(camera);
    await alice.untilCall('active', ({ camera: now }) => now === 'on');
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
    const stream = video('mine')!.srcObject as MediaStream;
    stream.getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
    const error = await alice.eventually('the loss', () => alice.errors.find(({ method }) => method === ''));
    expect(error.reason).to.equal('camera-absent');
    expect(alice.call.camera).to.equal('absent');
    camera.setDisplay(null);
  });

  it('where the browser gives no devices, calls say why, and the rest works', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
    try {
      const rings = bob.rings();
      const call = alice.follow(alice.client.createCall('1002'));
      call.call.start();
      const error = await alice.error('start');
      expect(error.reason).to.equal('insecure-context');
      expect(error.message).to.contain('secure context');
      await call.is('COMPLETED');
      Reflect.deleteProperty(navigator, 'mediaDevices');
      const second = alice.follow(alice.client.createCall('1002'));
      second.call.start();
      const incoming = await rings;
      Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
      incoming.accept();
      expect((await bob.error('accept')).message).to.contain('secure context');
      expect(incoming.getCallState()).to.equal('RINGING');
      OzCamera.getCameraByName()!.setDisplay('mine');
      expect(await alice.error('setDisplay')).to.include({ reason: 'insecure-context' });
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices');
    }
  });
});
