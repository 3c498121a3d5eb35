import { expect } from '@open-wc/testing';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { PhoneError } from '../../src/phone/index.js';
import { microphone, Person, TONES } from '../support/people.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';

describe('when things go wrong', () => {
  let system: TestPhoneSystem;
  let alice: Person;
  let bob: Person;

  beforeEach(async () => {
    system = await startPhoneSystem();
    alice = new Person('1001', TONES.alice);
    bob = new Person('1002', TONES.bob);
  });

  afterEach(async () => {
    microphone.failure = '';
    await Promise.all([alice.leave(), bob.leave()]);
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  const signIn = () => Promise.all([alice.signIn(system.gatewayUrl), bob.signIn(system.gatewayUrl)]);

  /** The code a command failed with. */
  async function failure(command: Promise<unknown>): Promise<string> {
    try {
      await command;
    } catch (error) {
      expect(error).to.be.instanceOf(PhoneError);
      return (error as PhoneError).code;
    }
    return 'nothing';
  }

  it('wrong password: refused, and not tried again', async () => {
    await alice.signIn(system.gatewayUrl, 'wrong');
    expect(alice.state.connection).to.include({ status: 'refused', problem: 'unauthorized', retryAt: null });
    expect(alice.state.identity).to.equal(null);
  });

  it('nobody at the address: failed, and tried again', async () => {
    await alice.signIn('127.0.0.1:9');
    const { connection } = alice.state;
    expect(connection).to.include({ status: 'failed', problem: 'unreachable' });
    expect(connection.retryAt).to.be.greaterThan(Date.now());
  });

  it('no address at all: failed, and not tried again', async () => {
    await alice.signIn('http://nowhere');
    expect(alice.state.connection).to.include({
      status: 'failed',
      problem: 'invalid-address',
      retryAt: null,
    });
  });

  it('the token address gives a token, refuses, or is broken', async () => {
    const answer = (body: string) => `data:application/json,${encodeURIComponent(body)}`;
    const connect = (tokenUrl: string) =>
      alice.phone.connect({ server: system.gatewayUrl, signIn: { tokenUrl } });
    await connect(answer('{"token": "website"}'));
    expect(alice.state.connection.status).to.equal('connected');
    expect(alice.state.identity!.kind).to.equal('line');
    await connect(answer('{"token": 5}'));
    expect(alice.state.connection).to.include({ status: 'failed', problem: 'unreachable' });
    await connect(answer('nonsense'));
    expect(alice.state.connection).to.include({ status: 'failed', problem: 'unreachable' });
    await connect('http://127.0.0.1:9/');
    expect(alice.state.connection).to.include({ status: 'failed', problem: 'unreachable' });
    await connect(answer('{"token": "unknown"}'));
    expect(alice.state.connection).to.include({ status: 'refused', problem: 'unauthorized' });
  });

  it('unknown number', async () => {
    await signIn();
    await failure(alice.phone.dial('4711'));
    await alice.untilCall('ended', ({ endReason }) => endReason === 'not-found');
  });

  it('nothing to dial, or too much', async () => {
    await signIn();
    expect(await failure(alice.phone.dial(' '))).to.equal('empty-number');
    expect(alice.state.problem!.code).to.equal('empty-number');
    expect(await failure(alice.phone.dial('1'.repeat(65)))).to.equal('invalid-number');
    expect(alice.state.calls).to.deep.equal([]);
  });

  it('nobody signed in at the number', async () => {
    await signIn();
    await failure(alice.phone.dial('1003'));
    await alice.untilCall('ended', ({ endReason }) => endReason === 'unavailable');
  });

  it('rejected', async () => {
    await signIn();
    await alice.phone.dial('1002');
    await bob.phone.reject(await bob.untilCall('ringing'));
    await alice.untilCall('ended', ({ endReason }) => endReason === 'rejected');
    await bob.untilCall('ended');
  });

  it('nobody answers', async () => {
    const short = await startPhoneSystem({ dialPlan: { ringSeconds: 1 } });
    try {
      await Promise.all([alice.signIn(short.gatewayUrl), bob.signIn(short.gatewayUrl)]);
      await alice.phone.dial('1002');
      await alice.untilCall('ended', ({ endReason }) => endReason === 'no-answer');
      await bob.untilCall('ended');
    } finally {
      await short.stop();
    }
  });

  it('given up before the answer', async () => {
    await signIn();
    const id = await alice.phone.dial('1002');
    await bob.untilCall('ringing');
    await alice.phone.hangUp(id);
    await bob.untilCall('ended', ({ endReason }) => endReason === 'cancelled');
  });

  for (const [name, code] of [
    ['NotAllowedError', 'microphone-refused'],
    ['NotFoundError', 'microphone-absent'],
    ['NotReadableError', 'microphone-absent'],
  ] as const) {
    it(`${code} (${name})`, async () => {
      await signIn();
      microphone.failure = name;
      await failure(alice.phone.dial('1002'));
      await alice.untilCall('ended', ({ endReason }) => endReason === code);
      expect(alice.state.problem!.code).to.equal(code);
      await bob.until('no call that still rings', ({ calls }) =>
        calls.every(({ state }) => state === 'ended'),
      );
    });
  }

  it('a command for a call there is not', async () => {
    await signIn();
    expect(await failure(alice.phone.hold('nothing'))).to.equal('not-found');
    expect(await failure(alice.phone.accept('nothing'))).to.equal('not-found');
    expect(await failure(alice.phone.sendDigits('nothing', '1'))).to.equal('wrong-state');
  });

  it('a command the phone system does not allow', async () => {
    await signIn();
    await alice.phone.dial('1002');
    const session = await alice.until('a session', ({ sessions }) => sessions.length === 1);
    await bob.untilCall('ringing');
    expect(session.sessions[0]!.caller).to.equal('1001');
    expect(await failure(alice.phone.closeSession('other'))).to.be.oneOf(['not-found', 'forbidden']);
  });

  it('commands without a connection', async () => {
    expect(await failure(alice.phone.dial('1002'))).to.equal('unreachable');
  });

  it('a hang-up on both sides at once', async () => {
    await signIn();
    const out = await alice.phone.dial('1002');
    const incoming = await bob.untilCall('ringing');
    await bob.phone.accept(incoming);
    await alice.untilCall('active');
    const results = await Promise.allSettled([alice.phone.hangUp(out), bob.phone.hangUp(incoming)]);
    await alice.untilCall('ended');
    await bob.untilCall('ended');
    expect(results.map(({ status }) => status)).to.include('fulfilled');
  });

  it('the phone system stops: calls end, and it is looked for', async () => {
    const doomed = await startPhoneSystem();
    await Promise.all([alice.signIn(doomed.gatewayUrl), bob.signIn(doomed.gatewayUrl)]);
    await alice.phone.dial('1002');
    await bob.phone.accept(await bob.untilCall('ringing'));
    await alice.untilCall('active');
    await doomed.stop();
    await alice.untilCall('ended');
    expect(CallMedia.open).to.equal(0);
    await alice.until('a broken link', ({ connection }) => connection.status === 'reconnecting');
    expect(alice.state.connection.problem).to.equal('shutdown');
    expect(alice.state.connection.retryAt).to.be.greaterThan(0);
    expect(alice.state.sessions).to.deep.equal([]);
  });

  it('signing out ends the calls and frees everything', async () => {
    await signIn();
    await alice.phone.dial('1002');
    await bob.phone.accept(await bob.untilCall('ringing'));
    await alice.phone.disconnect();
    expect(alice.state.connection.status).to.equal('signed-out');
    expect(alice.state.identity).to.equal(null);
    await bob.untilCall('ended', ({ endReason }) => endReason === 'remote-hung-up');
  });

  it('the same sign-in again changes nothing; another one connects anew', async () => {
    await signIn();
    const { connection } = alice.state;
    await alice.signIn(system.gatewayUrl);
    expect(alice.state.connection).to.equal(connection);
    await alice.phone.connect({
      server: system.gatewayUrl,
      signIn: { extension: '1003', password: 'demo-1003' },
    });
    expect(alice.state.identity!.number).to.equal('1003');
    expect(alice.state.extensions.find(({ id }) => id === '1001')!.status).to.equal('offline');
  });
});
