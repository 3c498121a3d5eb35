/** The phone against a gateway that does what a healthy one does not, or not at that moment. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createPhone, PhoneError, type PhoneHandle, type PhoneState } from '../../../src/phone/index.js';
import {
  EXPIRED,
  GatewayStandIn,
  provideWebSocket,
  RESUMED,
  WELCOME,
} from '../../support/gateway-stand-in.js';
import { SilentMedia } from '../../support/silent-media.js';

provideWebSocket();

const CALL = {
  sessionId: 's1',
  kind: 'call',
  direction: 'incoming',
  state: 'ringing',
  heldLocally: false,
  heldRemotely: false,
  remote: { number: '1002', name: 'Sales' },
  line: '',
  video: false,
  remoteVideo: false,
  transfer: null,
  startedAt: 5000,
  answeredAt: null,
  talk: { ms: 0, since: null },
} as const;
const SESSION = {
  id: 's1',
  masterId: 's1',
  state: 'Ringing',
  direction: 'Internal',
  caller: '1002',
  callee: '1001',
  callerName: '',
  calleeName: '',
  callerLegId: '',
  calleeLegId: '',
  source: '',
  sourceType: '',
  destination: '',
  destinationType: '',
  dialedNumber: '1001',
  startedAt: 0,
  stateSince: 0,
  talk: { ms: 0, since: null },
} as const;

let gateway: GatewayStandIn;
let phone: PhoneHandle;
let media: SilentMedia;

beforeEach(async () => {
  gateway = await GatewayStandIn.start();
  media = new SilentMedia();
  phone = createPhone({ media: () => media });
});

afterEach(async () => {
  await gateway.close();
  await phone.dispose();
  assert.equal(media.openCalls, 0);
});

const signIn = { extension: '1001', password: 'secret' };
const connect = () => phone.connect({ server: gateway.address, signIn });

async function connected(welcome: object = {}): Promise<void> {
  const done = connect();
  await gateway.answer('connection.open', { ...WELCOME, ...welcome });
  await done;
  assert.equal(phone.getState().connection.status, 'connected');
}

function until(fits: (state: PhoneState) => unknown): Promise<PhoneState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!fits(phone.getState())) return;
      stop();
      resolve(phone.getState());
    };
    const stop = phone.subscribe(look);
    look();
  });
}

const failsWith = (code: string) => (error: unknown) => error instanceof PhoneError && error.code === code;

describe('the link', () => {
  test('the snapshot becomes the state', async () => {
    await connected({ calls: [{ ...CALL, id: 'a' }], sessions: [SESSION] });
    const state = phone.getState();
    assert.equal(state.identity?.number, '1001');
    assert.equal(state.sessions.length, 1);
    assert.equal(state.selectedCallId, 'a');
    assert.equal(media.tone, 'ringing');
  });

  test('a phone system that is stopping says when to come back', async () => {
    await connected();
    gateway.event(1, 'connection.closing', { reason: 'shutdown', message: 'bye', retryAfterMs: 60_000 });
    const { connection } = await until(({ connection }) => connection.status === 'reconnecting');
    assert.equal(connection.problem, 'shutdown');
    assert.ok(connection.retryAt! >= Date.now() + 59_000);
    assert.equal(phone.getState().identity?.number, '1001');
  });

  test('retry comes back at once', async () => {
    await connected();
    gateway.event(1, 'connection.closing', { reason: 'shutdown', message: 'bye', retryAfterMs: 60_000 });
    await until(({ connection }) => connection.status === 'reconnecting');
    phone.retry();
    assert.equal(phone.getState().connection.retryAt, null);
    await gateway.answer('connection.resume', RESUMED);
    await until(({ connection }) => connection.status === 'connected');
  });

  test('a broken link is looked for by itself, and nothing is lost', async () => {
    await connected({ seq: 7, calls: [{ ...CALL, id: 'a', state: 'active' }], sessions: [SESSION] });
    gateway.cut();
    const { connection, sessions } = await until(({ connection }) => connection.status === 'reconnecting');
    assert.ok(connection.retryAt! <= Date.now() + 100, 'at once, in a call');
    assert.equal(sessions.length, 1);
    const asked = await gateway.next('connection.resume');
    assert.deepEqual(asked.params, { protocol: 1, connectionId: 'c1', secret: 'r1', seq: 7 });
    gateway.send({ jsonrpc: '2.0', id: asked.id, result: { ...RESUMED, seq: 7 } });
    const statuses: string[] = [];
    phone.subscribe(() => statuses.push(phone.getState().connection.status));
    gateway.event(8, 'call.changed', { ...CALL, id: 'a', state: 'active', heldRemotely: true });
    const { calls } = await until(({ calls }) => calls[0]!.heldRemotely);
    assert.equal(calls[0]!.state, 'active');
    assert.equal(statuses.at(-1), 'connected', 'what was missed is told after the link is back');
  });

  test('without a call the link is looked for after a while', async () => {
    await connected();
    gateway.cut();
    const { connection } = await until(({ connection }) => connection.status === 'reconnecting');
    assert.ok(connection.retryAt! >= Date.now() + 400 && connection.retryAt! <= Date.now() + 1000);
  });

  test('a link that was lost too long is made anew at once; calls that are gone have ended', async () => {
    await connected({ calls: [{ ...CALL, id: 'a', state: 'active' }] });
    gateway.cut();
    await gateway.fail('connection.resume', EXPIRED);
    await gateway.answer('connection.open', WELCOME);
    const { calls } = await until(({ connection }) => connection.status === 'connected');
    assert.deepEqual([calls[0]!.state, calls[0]!.endReason], ['ended', 'connection-lost']);
  });

  test('when too much was missed, calls are as the phone system says now', async () => {
    await connected({
      calls: [
        { ...CALL, id: 'a', state: 'active' },
        { ...CALL, id: 'b', state: 'active' },
      ],
    });
    gateway.cut();
    const { identity, sessions, extensions } = WELCOME;
    const now = [
      { ...CALL, id: 'b', state: 'active', heldRemotely: true },
      { ...CALL, id: 'c' },
    ];
    const snapshot = { identity, sessions, extensions, calls: now };
    await gateway.answer('connection.resume', { ...RESUMED, seq: 2000, snapshot });
    const { calls } = await until(({ connection }) => connection.status === 'connected');
    assert.deepEqual(
      calls.map(({ id, state, endReason, heldRemotely }) => [id, state, endReason, heldRemotely]),
      [
        ['a', 'ended', 'connection-lost', false],
        ['b', 'active', null, true],
        ['c', 'ringing', null, false],
      ],
    );
  });

  test('hung up while the link is looked for: at once here, and there when it is back', async () => {
    await connected({ calls: [{ ...CALL, id: 'a', state: 'active' }] });
    gateway.cut();
    await until(({ connection }) => connection.status === 'reconnecting');
    const hungUp = phone.hangUp('a');
    assert.equal(phone.getState().calls[0]!.endReason, 'hung-up');
    await gateway.answer('connection.resume', RESUMED);
    assert.deepEqual((await gateway.answer('call.hangup', {})).params, { callId: 'a' });
    await hungUp;
    assert.equal(phone.getState().problem, null);
  });

  test('no call is begun while the link is looked for', async () => {
    await connected();
    gateway.cut();
    await until(({ connection }) => connection.status === 'reconnecting');
    await assert.rejects(phone.dial('1002'), failsWith('lost'));
    assert.deepEqual(phone.getState().calls, []);
  });

  test('a removed account is signed out and stays so', async () => {
    await connected();
    gateway.event(1, 'connection.closing', { reason: 'account-removed', message: 'bye' });
    const { connection, identity } = await until(({ connection }) => connection.status === 'refused');
    assert.deepEqual([connection.problem, connection.retryAt, identity], ['closed', null, null]);
  });

  test('too many attempts: told when to come back', async () => {
    const done = connect();
    await gateway.fail('connection.open', -32006, { retryAfterMs: 30_000 });
    await done;
    const { connection } = phone.getState();
    assert.equal(connection.problem, 'rate-limited');
    assert.ok(connection.retryAt! >= Date.now() + 29_000);
  });

  test('another version is not tried again by itself', async () => {
    const done = connect();
    await gateway.fail('connection.open', -32007);
    await done;
    const { status, problem, retryAt } = phone.getState().connection;
    assert.deepEqual(
      { status, problem, retryAt },
      { status: 'failed', problem: 'incompatible', retryAt: null },
    );
  });

  test('the same sign-in while one is under way is the same', async () => {
    const first = connect();
    const second = connect();
    await gateway.answer('connection.open', WELCOME);
    await Promise.all([first, second]);
    assert.equal(gateway.server.clients.size, 1);
    assert.deepEqual(gateway.asked, []);
  });

  test('another sign-in takes the place of one under way', async () => {
    const first = connect();
    await gateway.next('connection.open');
    const second = phone.connect({ server: gateway.address, signIn: { token: 't' } });
    const asked = await gateway.answer('connection.open', WELCOME);
    await Promise.all([first, second]);
    assert.deepEqual(asked.params.credentials, { kind: 'token', token: 't' });
    assert.equal(phone.getState().connection.status, 'connected');
  });

  test('signing out while connecting stops it', async () => {
    const done = connect();
    await gateway.next('connection.open');
    await phone.disconnect();
    await done;
    assert.equal(phone.getState().connection.status, 'signed-out');
    assert.equal(phone.getState().connection.retryAt, null);
  });

  test('no password is ever in the state', async () => {
    await connected();
    assert.ok(!JSON.stringify(phone.getState()).includes('secret'));
  });
});

describe('calls', () => {
  test('nothing is shown as held before the phone system said so', async () => {
    await connected({ calls: [{ ...CALL, id: 'a', state: 'active' }] });
    const held = phone.hold('a');
    const { id } = await gateway.next('call.hold');
    assert.deepEqual(
      [phone.getState().calls[0]!.heldLocally, phone.getState().calls[0]!.pending],
      [false, 'hold'],
    );
    gateway.event(1, 'call.changed', { ...CALL, id: 'a', state: 'active', heldLocally: true });
    await until(({ calls }) => calls[0]!.heldLocally);
    gateway.send({ jsonrpc: '2.0', id, result: {} });
    await held;
    assert.equal(phone.getState().calls[0]!.pending, null);
  });

  test('a command that is refused stands in the problem, and the call goes on', async () => {
    await connected({ calls: [{ ...CALL, id: 'a', state: 'active' }] });
    const held = assert.rejects(phone.hold('a'), failsWith('wrong-state'));
    await gateway.fail('call.hold', -32005);
    await held;
    const { problem, calls } = phone.getState();
    assert.deepEqual([problem?.code, problem?.callId], ['wrong-state', 'a']);
    assert.deepEqual([calls[0]!.state, calls[0]!.pending], ['active', null]);
  });

  test('hanging up ends the call even when the phone system knows nothing of it', async () => {
    await connected({ calls: [{ ...CALL, id: 'a', state: 'active' }] });
    const hungUp = assert.rejects(phone.hangUp('a'), failsWith('not-found'));
    await gateway.fail('call.hangup', -32004);
    await hungUp;
    const { calls, problem } = phone.getState();
    assert.deepEqual([calls[0]!.state, calls[0]!.endReason, problem], ['ended', 'hung-up', null]);
  });

  test('cancelled while being accepted: the reason is the call\u2019s, and no problem', async () => {
    await connected({ calls: [{ ...CALL, id: 'a' }] });
    const accepted = assert.rejects(phone.accept('a'), PhoneError);
    const { id } = await gateway.next('call.accept');
    gateway.event(1, 'call.changed', { ...CALL, id: 'a', state: 'ended', endReason: 'cancelled' });
    gateway.send({ jsonrpc: '2.0', id, error: { code: -32005, message: 'too late' } });
    await accepted;
    const { calls, problem } = phone.getState();
    assert.equal(calls[0]!.endReason, 'cancelled');
    assert.equal(problem, null);
  });

  test('a call that cannot be accepted twice', async () => {
    const open = media.openCall.bind(media);
    const described = new Promise<void>((resolve) => {
      media.openCall = () => ({ ...open(), receive: () => Promise.resolve(true).finally(resolve) });
    });
    await connected({ calls: [{ ...CALL, id: 'a' }] });
    const accepted = phone.accept('a');
    await assert.rejects(phone.accept('a'), failsWith('wrong-state'));
    const call = () => phone.getState().calls[0]!;
    await gateway.answer('call.accept', { answer: 'v=0' });
    await described;
    assert.deepEqual([call().state, call().pending], ['ringing', 'accept'], 'until it is told otherwise');
    gateway.event(1, 'call.changed', { ...CALL, id: 'a', state: 'active' });
    await accepted;
    assert.deepEqual([call().state, call().pending], ['active', null]);
  });

  test('answered, and ended before that was told: accepting fails with the reason', async () => {
    await connected({ calls: [{ ...CALL, id: 'a' }] });
    const accepted = assert.rejects(phone.accept('a'), failsWith('answered-elsewhere'));
    await gateway.answer('call.accept', { answer: 'v=0' });
    gateway.event(1, 'call.changed', { ...CALL, id: 'a', state: 'ended', endReason: 'answered-elsewhere' });
    await accepted;
    assert.equal(phone.getState().problem, null);
  });

  test('refused by the phone system: ended with the reason it gave', async () => {
    await connected();
    const dialled = assert.rejects(phone.dial('4711'), failsWith('not-found'));
    await gateway.fail('call.start', -32004);
    await dialled;
    const [call] = phone.getState().calls;
    assert.deepEqual([call!.state, call!.endReason, media.tone], ['ended', 'not-found', 'congestion']);
    phone.dismiss(call!.id);
    assert.deepEqual([phone.getState().calls.length, media.tone], [0, null]);
  });

  test('hung up before the phone system answered: it is told after the start', async () => {
    await connected();
    const dialled = assert.rejects(phone.dial('1002'), failsWith('wrong-state'));
    const started = await gateway.next('call.start');
    const hungUp = phone.hangUp(phone.getState().calls[0]!.id);
    await gateway.answer('call.hangup', {});
    await hungUp;
    gateway.send({ jsonrpc: '2.0', id: started.id, error: { code: -32005, message: 'over' } });
    await dialled;
    assert.equal(phone.getState().calls[0]!.endReason, 'hung-up');
    assert.equal(phone.getState().problem, null);
  });

  test('the link cannot be had back: every call ends with that, whatever it was doing', async () => {
    await connected({
      calls: [
        { ...CALL, id: 'a' },
        { ...CALL, id: 'b', state: 'active' },
      ],
    });
    const dialled = assert.rejects(phone.dial('1003'), PhoneError);
    await gateway.next('call.hold');
    gateway.cut();
    await gateway.fail('connection.resume', EXPIRED);
    await dialled;
    const { calls, sessions } = phone.getState();
    assert.deepEqual(new Set(calls.map(({ endReason }) => endReason)), new Set(['connection-lost']));
    assert.deepEqual(sessions, []);
  });

  test('dialling holds the conversation first', async () => {
    await connected({ calls: [{ ...CALL, id: 'a', state: 'active' }] });
    const dialled = phone.dial('1003');
    const { id } = await gateway.next('call.hold');
    assert.ok(!gateway.asked.some(({ method }) => method === 'call.start'));
    gateway.event(1, 'call.changed', { ...CALL, id: 'a', state: 'active', heldLocally: true });
    gateway.send({ jsonrpc: '2.0', id, result: {} });
    await gateway.answer('call.start', { answer: 'v=0' });
    await dialled;
  });

  test('a call that is there before its media gets them', async () => {
    await connected({
      calls: [
        { ...CALL, id: 'a', state: 'active' },
        { ...CALL, id: 'b' },
      ],
    });
    const offer = await gateway.answer('call.offer', { answer: 'v=0' });
    assert.equal(offer.params.callId, 'a');
    assert.equal(media.openCalls, 1, 'one that rings has none yet');
  });

  test('a visitor dials without a number', async () => {
    await connected({ identity: { number: 'x', name: 'Web site', kind: 'line', privileges: [] } });
    const dialled = phone.dial('');
    const asked = await gateway.answer('call.start', { answer: 'v=0' });
    assert.equal(asked.params.to, '');
    await dialled;
  });

  test('a listener that hangs up in the middle of a change finds everything in order', async () => {
    await connected();
    const stop = phone.subscribe(() => {
      const call = phone.getState().calls.find(({ state }) => state === 'ringing');
      if (!call || call.pending) return;
      stop();
      void phone.reject(call.id);
    });
    gateway.event(1, 'call.changed', { ...CALL, id: 'a' });
    await gateway.answer('call.reject', {});
    gateway.event(2, 'call.changed', { ...CALL, id: 'a', state: 'ended', endReason: 'rejected' });
    await until(({ calls }) => calls[0]?.state === 'ended');
    assert.equal(media.tone, null);
  });
});

describe('sessions and extensions', () => {
  test('come, change and go', async () => {
    await connected();
    const extension = { id: '1002', name: 'Sales', kind: 'extension', type: 'Webphone', status: 'idle' };
    gateway.event(1, 'session.changed', SESSION);
    gateway.event(2, 'session.changed', { ...SESSION, state: 'InCall' });
    gateway.event(3, 'extension.changed', extension);
    await until(({ extensions }) => extensions.length === 1);
    assert.deepEqual(
      phone.getState().sessions.map(({ state }) => state),
      ['InCall'],
    );
    gateway.event(4, 'session.closed', { ...SESSION, state: 'CallerHungUp' });
    gateway.event(5, 'extension.removed', { id: '1002' });
    await until(({ extensions }) => extensions.length === 0);
    assert.deepEqual(phone.getState().sessions, []);
  });

  test('third-party control is refused without the privilege', async () => {
    await connected();
    const closed = assert.rejects(phone.closeSession('s1'), failsWith('forbidden'));
    await gateway.fail('session.close', -32003);
    await closed;
    assert.equal(phone.getState().problem?.code, 'forbidden');
  });
});
