import { expect } from '@open-wc/testing';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { HAS_TONES, microphone, Person, TONES } from '../support/people.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';

describe('trying devices out', () => {
  let alice: Person;

  beforeEach(() => {
    alice = new Person('1001', TONES.alice);
  });

  afterEach(async () => {
    microphone.failure = '';
    await alice.leave();
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  /** Waits until a value is reported that fits. */
  function reported<T>(
    start: (report: (value: T) => void) => unknown,
    fits: (value: T) => boolean,
  ): Promise<T> {
    return new Promise((resolve) => start((value: T) => fits(value) && resolve(value)));
  }

  it('asks for a device and gives it back at once; its name is known then', async () => {
    const check = await alice.phone.deviceCheck();
    await check.ask('microphone');
    expect(SharedTrack.open).to.equal(0);
    await check.ask('camera');
    expect(SharedTrack.open).to.equal(0);
    await alice.until('names', ({ devices }) =>
      [devices.microphones, devices.cameras].every(([first]) => first?.label),
    );
  });

  for (const [failure, code] of [
    ['NotAllowedError', 'microphone-refused'],
    ['NotFoundError', 'microphone-absent'],
  ] as const) {
    it(`says ${code} to who asked, and to nobody else`, async () => {
      microphone.failure = failure;
      const check = await alice.phone.deviceCheck();
      const failed = (promise: Promise<unknown>) =>
        promise.then(
          () => 'had it',
          (error: { code: string }) => error.code,
        );
      expect(await failed(check.ask('microphone'))).to.equal(code);
      expect(await failed(check.meter(() => {}))).to.equal(code);
      expect(alice.state.problem).to.equal(null);
    });
  }

  it('tells the permission', async () => {
    const check = await alice.phone.deviceCheck();
    let stop = () => {};
    const permission = await reported<string>(
      (report) => (stop = check.watchPermission('microphone', report)),
      () => true,
    );
    expect(permission).to.be.oneOf(['granted', 'prompt', 'unknown']);
    stop();
  });

  if (HAS_TONES) {
    it('meters the microphone, and gives it back when stopped', async () => {
      await alice.phone.chooseDevice('microphone', `tone-${TONES.alice}`);
      const check = await alice.phone.deviceCheck();
      let stop: Promise<() => void>;
      const level = await reported<number>(
        (report) => (stop = check.meter(report)),
        (value) => value > 0,
      );
      expect(level).to.be.within(0.5, 1);
      expect(SharedTrack.open).to.equal(1);
      (await stop!)();
      expect(SharedTrack.open).to.equal(0);
    });

    it('plays a test sound on the chosen device, and says when that is gone', async () => {
      const check = await alice.phone.deviceCheck();
      await check.ask('microphone');
      const { devices } = await alice.until('speakers', ({ devices }) =>
        devices.speakers.some(({ label }) => label),
      );
      const chosen = devices.speakers.at(-1)!.id;
      await alice.phone.chooseDevice('ringer', chosen);
      const sinks: string[] = [];
      const real = HTMLMediaElement.prototype.setSinkId;
      HTMLMediaElement.prototype.setSinkId = function (id: string) {
        sinks.push(id);
        return real.call(this, id);
      };
      try {
        expect(await check.playTestSound('ringer')).to.equal(true);
        expect(await check.playTestSound('speaker'), 'the default is always there').to.equal(true);
        expect(new Set(sinks)).to.deep.equal(new Set([chosen]));
        await alice.phone.chooseDevice('ringer', 'gone');
        expect(await check.playTestSound('ringer')).to.equal(false);
      } finally {
        HTMLMediaElement.prototype.setSinkId = real;
      }
    });
  }
});

describe('how the sound of a microphone is treated', () => {
  let system: TestPhoneSystem;
  let alice: Person;
  let bob: Person;

  beforeEach(async () => {
    system = await startPhoneSystem();
    [alice, bob] = await Promise.all([
      new Person('1001', TONES.alice).signIn(system.gatewayUrl),
      new Person('1002', TONES.bob).signIn(system.gatewayUrl),
    ]);
    // The browser's own microphone: a tone made here is not treated at all.
    await alice.phone.chooseDevice('microphone', '');
  });

  afterEach(async () => {
    microphone.failure = '';
    await Promise.all([alice.leave(), bob.leave()]);
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  async function talk(): Promise<string> {
    const id = await alice.phone.dial('1002');
    await bob.phone.accept(await bob.untilCall('ringing'));
    await alice.untilCall('active', ({ media }) => media === 'connected');
    return id;
  }

  /** Waits until this much more sound has arrived. */
  async function soundArrives(person: Person): Promise<void> {
    const energy = () => person.stats('inbound-rtp', 'audio', 'totalAudioEnergy');
    const before = await energy();
    while ((await energy()) <= before + 1e-5) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  it('changes in the call that is up, which goes on', async () => {
    await talk();
    await alice.untilTreated({ echoCancellation: true, autoGainControl: true });
    const check = await alice.phone.deviceCheck();
    await check.setProcessing({ echoCancellation: false, autoGainControl: false });
    await alice.untilTreated({ echoCancellation: false, autoGainControl: false });
    expect(alice.state.devices.processing).to.deep.equal({
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: false,
    });
    await soundArrives(bob);
  });

  it('stays as it was chosen after another microphone was taken, and mute stays', async () => {
    const id = await talk();
    const check = await alice.phone.deviceCheck();
    await check.setProcessing({ noiseSuppression: false });
    alice.phone.setMuted(id, true);
    await alice.phone.chooseDevice('microphone', '');
    await alice.untilTreated({ noiseSuppression: false });
    alice.phone.setMuted(id, false);
    await soundArrives(bob);
  });

  it('holds for the next call', async () => {
    await (await alice.phone.deviceCheck()).setProcessing({ echoCancellation: false });
    await talk();
    await alice.untilTreated({ echoCancellation: false, noiseSuppression: true });
  });

  it('stays what it is when the microphone cannot be opened that way', async () => {
    await talk();
    const check = await alice.phone.deviceCheck();
    const real = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = (constraints) => {
      navigator.mediaDevices.getUserMedia = real;
      return Promise.reject(new DOMException(JSON.stringify(constraints), 'NotReadableError'));
    };
    const code = await check
      .setProcessing({ echoCancellation: false })
      .catch((error: { code: string }) => error.code);
    expect(code).to.equal('microphone-absent');
    expect(alice.state.devices.processing.echoCancellation).to.equal(true);
    await alice.untilTreated({ echoCancellation: true });
    expect(alice.call.state).to.equal('active');
    await soundArrives(bob);
  });
});
