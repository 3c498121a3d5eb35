import { expect } from '@open-wc/testing';
import { BrowserMedia, SharedTrack, type Camera } from '../../src/media/index.js';

const isFirefox = navigator.userAgent.includes('Firefox');

describe('the camera', () => {
  let media: BrowserMedia;
  let camera: Camera;
  const user = () => {};

  beforeEach(async () => {
    media = new BrowserMedia({ microphoneLost: () => {}, cameraLost: () => {} });
    camera = await media.camera();
  });

  afterEach(() => {
    camera.detach(user);
    expect(SharedTrack.open, 'cameras left on').to.equal(0);
    expect(camera.stream.getTracks()).to.have.length(0);
  });

  it('is one, and off until somebody uses it', async () => {
    expect(await media.camera()).to.equal(camera);
    expect([camera.track, camera.width, camera.height, camera.fps]).to.deep.equal([null, 0, 0, 0]);
    expect(SharedTrack.open).to.equal(0);
  });

  it('has the size and rate that were asked for, live', async () => {
    await camera.setMode(320, 240, 15);
    await camera.attach(user);
    expect([camera.width, camera.height]).to.deep.equal([320, 240]);
    expect(camera.fps).to.be.greaterThan(0);
    expect(camera.name).to.not.equal('');
    if (isFirefox) return;
    await camera.setMode(640, 480, 20);
    expect([camera.width, camera.height, camera.fps]).to.deep.equal([640, 480, 20]);
  });

  it('is shared, and off after the last', async () => {
    const tracks: (MediaStreamTrack | null)[] = [];
    const other = (track: MediaStreamTrack | null) => void tracks.push(track);
    await camera.attach(user);
    await camera.attach(other);
    expect(SharedTrack.open).to.equal(1);
    expect(camera.stream.getVideoTracks()).to.deep.equal([camera.track]);
    camera.detach(other);
    expect(tracks).to.deep.equal([camera.track, null]);
    expect(camera.track!.readyState).to.equal('live');
  });

  it('detached while it starts, it stays off', async () => {
    const attaching = camera.attach(user);
    camera.detach(user);
    await attaching;
    expect(camera.track).to.equal(null);
  });

  it('is chosen by name and by index', async () => {
    await camera.attach(user);
    const { constructor } = camera as unknown as { constructor: typeof Camera };
    const names = await constructor.getNames();
    expect(names).to.include(camera.name);
    expect(await camera.chooseByName(names[0])).to.equal(true);
    expect(await camera.chooseByName('no such camera')).to.equal(false);
    expect(await camera.chooseByName()).to.equal(true);
    expect(await camera.chooseByIndex(0)).to.equal(true);
    expect(await camera.chooseByIndex(99)).to.equal(false);
    expect(camera.track!.readyState).to.equal('live');
  });

  it('limits what is sent', async () => {
    const connection = new RTCPeerConnection();
    const { sender } = connection.addTransceiver('video', { sendEncodings: [{}] });
    await connection.setLocalDescription();
    const limit = () => sender.getParameters().encodings[0]?.maxBitrate;
    for (const [bandwidth, quality, expected] of [
      [50_000, 0, 400_000],
      [0, 50, 1_250_000],
      [50_000, 50, 400_000],
      [0, 0, undefined],
    ] as const) {
      camera.setQuality(bandwidth, quality);
      await camera.tune(sender);
      expect(limit()).to.equal(expected);
    }
    connection.close();
  });
});
