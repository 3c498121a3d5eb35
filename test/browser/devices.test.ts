import { expect } from '@open-wc/testing';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { HAS_TONES, Person, TONES } from '../support/people.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';

/** Puts something in an object's place until the test is over. */
const undo: (() => void)[] = [];
function replace<T extends object>(target: T, name: keyof T, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  undo.push(() => (own ? Object.defineProperty(target, name, own) : Reflect.deleteProperty(target, name)));
}

describe('devices in calls', () => {
  let system: TestPhoneSystem;
  let alice: Person;
  let bob: Person;

  beforeEach(async () => {
    system = await startPhoneSystem();
    alice = await new Person('1001', TONES.alice).signIn(system.gatewayUrl);
    bob = await new Person('1002', TONES.bob).signIn(system.gatewayUrl);
  });

  afterEach(async () => {
    while (undo.length) undo.pop()!();
    await Promise.all([alice.leave(), bob.leave()]);
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  async function talk(): Promise<{ out: string; in: string }> {
    const out = await alice.phone.dial('1002');
    const incoming = await bob.untilCall('ringing');
    await bob.phone.accept(incoming);
    await Promise.all([alice.untilCall('active'), bob.untilCall('active')]);
    return { out, in: incoming };
  }

  /** Every track that `getUserMedia` gives from now on. */
  function givenTracks(): MediaStreamTrack[] {
    const tracks: MediaStreamTrack[] = [];
    const real = navigator.mediaDevices.getUserMedia;
    replace(navigator.mediaDevices, 'getUserMedia', async (constraints: MediaStreamConstraints) => {
      const stream = await real.call(navigator.mediaDevices, constraints);
      tracks.push(...stream.getTracks());
      return stream;
    });
    return tracks;
  }

  it('nobody is called before the person allowed the microphone', async () => {
    replace(navigator.permissions, 'query', () => Promise.resolve({ state: 'prompt' }));
    const real = navigator.mediaDevices.getUserMedia;
    let allow!: () => void;
    const allowed = new Promise<void>((resolve) => (allow = resolve));
    const asked = new Promise<void>((resolve) => {
      replace(navigator.mediaDevices, 'getUserMedia', async (constraints: MediaStreamConstraints) => {
        resolve();
        await allowed;
        return real.call(navigator.mediaDevices, constraints);
      });
    });
    const dialled = alice.phone.dial('1002');
    await asked;
    expect(alice.call.state).to.equal('preparing');
    expect((await system.vitals()).sessions).to.equal(0);
    allow();
    await dialled;
    await bob.untilCall('ringing');
  });

  it('a call given up while the person is asked is never made', async () => {
    replace(navigator.permissions, 'query', () => Promise.resolve({ state: 'prompt' }));
    let refuse!: () => void;
    replace(
      navigator.mediaDevices,
      'getUserMedia',
      () => new Promise((_, reject) => (refuse = () => reject(new DOMException('no', 'NotAllowedError')))),
    );
    const dialled = alice.phone.dial('1002');
    const outcome = dialled.catch((error: { code: string }) => error.code);
    await alice.phone.hangUp(await alice.untilCall('preparing'));
    expect(await outcome).to.equal('cancelled');
    expect(alice.call.endReason).to.equal('cancelled');
    expect(alice.state.problem).to.equal(null);
    refuse();
    expect((await system.vitals()).sessions).to.equal(0);
  });

  it('a refused microphone leaves an incoming call ringing', async () => {
    await alice.phone.dial('1002');
    const id = await bob.untilCall('ringing');
    replace(navigator.permissions, 'query', () => Promise.resolve({ state: 'prompt' }));
    replace(navigator.mediaDevices, 'getUserMedia', () =>
      Promise.reject(new DOMException('no', 'NotAllowedError')),
    );
    const code = await bob.phone.accept(id).catch((error: { code: string }) => error.code);
    expect(code).to.equal('microphone-refused');
    expect(bob.call).to.include({ state: 'ringing', pending: null });
    while (undo.length) undo.pop()!();
    await bob.phone.accept(id);
    await alice.hears(TONES.bob);
  });

  it('without a secure context there is no microphone', async () => {
    replace(navigator, 'mediaDevices', undefined);
    const code = await alice.phone.dial('1002').catch((error: { code: string }) => error.code);
    expect(code).to.equal('insecure-context');
    await alice.untilCall('ended', ({ endReason }) => endReason === 'insecure-context');
  });

  it('an unplugged microphone is replaced, and mute stays', async () => {
    const tracks = givenTracks();
    const ids = await talk();
    await bob.hears(TONES.alice);
    alice.phone.setMuted(ids.out, true);
    tracks[0]!.stop();
    tracks[0]!.dispatchEvent(new Event('ended'));
    await alice.until('a new microphone', ({ problem }) => problem?.code === 'microphone-changed');
    await bob.hearsNoVoice();
    alice.phone.setMuted(ids.out, false);
    await bob.hears(TONES.alice);
    expect(tracks).to.have.length(3);
  });

  it('the last microphone unplugged: the call goes on, and it is said', async () => {
    const tracks = givenTracks();
    await talk();
    await bob.hears(TONES.alice);
    replace(navigator.mediaDevices, 'getUserMedia', () =>
      Promise.reject(new DOMException('none', 'NotFoundError')),
    );
    tracks[0]!.stop();
    tracks[0]!.dispatchEvent(new Event('ended'));
    await alice.until('a problem', ({ problem }) => problem?.code === 'microphone-absent');
    expect(alice.call.state).to.equal('active');
    await alice.hears(TONES.bob);
  });

  it('a chosen microphone that is gone gives way to another', async () => {
    const real = navigator.mediaDevices.getUserMedia;
    const wanted: unknown[] = [];
    replace(navigator.mediaDevices, 'getUserMedia', (constraints: { audio: MediaTrackConstraints }) => {
      wanted.push(constraints.audio.deviceId);
      return constraints.audio.deviceId
        ? Promise.reject(new DOMException('gone', 'OverconstrainedError'))
        : real.call(navigator.mediaDevices, constraints);
    });
    await alice.phone.dial('1002');
    await bob.untilCall('ringing');
    expect(wanted).to.deep.equal([{ exact: `tone-${TONES.alice}` }, undefined]);
  });

  for (const [name, state, code] of [
    ['NotAllowedError', 'refused', 'camera-refused'],
    ['NotFoundError', 'absent', 'camera-absent'],
    ['NotReadableError', 'in-use', 'camera-in-use'],
  ] as const) {
    it(`a camera that fails with ${name} is ${state}, and the call goes on`, async () => {
      const ids = await talk();
      replace(navigator.mediaDevices, 'getUserMedia', () => Promise.reject(new DOMException('no', name)));
      const failure = await alice.phone
        .setCamera(ids.out, true)
        .catch((error: { code: string }) => error.code);
      expect(failure).to.equal(code);
      expect(alice.call).to.include({ state: 'active', camera: state });
      expect(alice.state.problem!.code).to.equal(code);
      while (undo.length) undo.pop()!();
      await alice.phone.setCamera(ids.out, true);
      expect(alice.call.camera).to.equal('on');
      await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
    });
  }

  it('an unplugged camera, and no other: its picture ends on both sides', async () => {
    const ids = await talk();
    const tracks = givenTracks();
    await alice.phone.setCamera(ids.out, true);
    await bob.untilCall('active', ({ remoteVideo }) => remoteVideo);
    const [camera] = tracks;
    while (undo.length) undo.pop()!();
    replace(navigator.mediaDevices, 'getUserMedia', () =>
      Promise.reject(new DOMException('none', 'NotFoundError')),
    );
    camera!.stop();
    camera!.dispatchEvent(new Event('ended'));
    await alice.until(
      'no camera',
      ({ calls, problem }) => calls[0]!.camera === 'absent' && problem?.code === 'camera-absent',
    );
    await bob.untilCall('active', ({ remoteVideo }) => !remoteVideo);
  });

  it('a call that ends while the camera starts leaves it off', async () => {
    const ids = await talk();
    const starting = alice.phone.setCamera(ids.out, true).catch(() => {});
    await alice.phone.hangUp(ids.out);
    await starting;
    await bob.untilCall('ended');
  });

  it('the next camera is taken', async () => {
    const ids = await talk();
    await alice.phone.setCamera(ids.out, true);
    await alice.phone.switchCamera();
    const cameras = alice.state.devices.cameras.map(({ id }) => id);
    expect(cameras).to.include(alice.state.devices.camera);
    const [track] = alice.phone.pictures(ids.out).local!.getVideoTracks();
    expect(track!.readyState).to.equal('live');
  });

  it('sound that the browser holds back is said, and plays after a click', async () => {
    let clicked = false;
    const real = HTMLMediaElement.prototype.play;
    replace(HTMLMediaElement.prototype, 'play', function (this: HTMLMediaElement) {
      return clicked ? real.call(this) : Promise.reject(new DOMException('click first', 'NotAllowedError'));
    });
    await talk();
    await alice.until('blocked playback', ({ problem }) => problem?.code === 'playback-blocked');
    clicked = true;
    await Promise.all([alice.phone.resumePlayback(), bob.phone.resumePlayback()]);
    await alice.hears(TONES.bob);
  });

  it('are listed with their names once the microphone was allowed', async () => {
    await talk();
    const { devices } = await alice.until('names', ({ devices }) =>
      devices.microphones.some(({ label }) => label),
    );
    expect(devices.microphones.every(({ id }) => id)).to.equal(true);
  });

  if (HAS_TONES) {
    it('a speaker that goes away gives way to the default', async () => {
      await talk();
      const { devices } = await alice.until('speakers', ({ devices }) =>
        devices.speakers.some(({ label }) => label),
      );
      const chosen = devices.speakers.at(-1)!.id;
      await alice.phone.chooseDevice('speaker', chosen);
      expect(alice.state.devices.speaker).to.equal(chosen);
      const all = await navigator.mediaDevices.enumerateDevices();
      replace(navigator.mediaDevices, 'enumerateDevices', () =>
        Promise.resolve(all.filter(({ deviceId }) => deviceId !== chosen)),
      );
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      await alice.until(
        'the default',
        ({ devices, problem }) => !devices.speaker && problem?.code === 'speaker-changed',
      );
      await alice.hears(TONES.bob);
    });

    it('a headset without a wire that is out of reach for a while is used again: to speak and to hear', async () => {
      const headset = { microphone: `tone-${TONES.alice}`, speaker: '' };
      const real = navigator.mediaDevices.getUserMedia;
      let inReach = true;
      replace(navigator.mediaDevices, 'getUserMedia', (wanted: { audio: MediaTrackConstraints }) =>
        inReach || (wanted.audio.deviceId as { exact?: string } | undefined)?.exact !== headset.microphone
          ? real.call(navigator.mediaDevices, wanted)
          : Promise.reject(new DOMException('gone', 'OverconstrainedError')),
      );
      const tracks = givenTracks();
      const others = await navigator.mediaDevices.enumerateDevices();
      const microphone = { deviceId: headset.microphone, kind: 'audioinput', label: 'Headset', groupId: '' };
      replace(navigator.mediaDevices, 'enumerateDevices', () =>
        Promise.resolve(
          inReach ? [...others, microphone] : others.filter(({ deviceId }) => deviceId !== headset.speaker),
        ),
      );
      const ids = await talk();
      const { devices } = await alice.until('names', ({ devices }) =>
        devices.speakers.some(({ label }) => label),
      );
      headset.speaker = devices.speakers.at(-1)!.id;
      await alice.phone.chooseDevice('speaker', headset.speaker);
      await bob.hears(TONES.alice);
      alice.phone.setMuted(ids.out, true);

      inReach = false;
      tracks[0]!.stop();
      tracks[0]!.dispatchEvent(new Event('ended'));
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      await alice.until('the default', ({ devices }) => !devices.speaker);
      await bob.hearsNoVoice();

      inReach = true;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      await alice.until('the headset', ({ devices }) => devices.speaker === headset.speaker);
      await bob.hearsNoVoice();
      alice.phone.setMuted(ids.out, false);
      await Promise.all([bob.hears(TONES.alice), alice.hears(TONES.bob)]);
    });
  }
});
