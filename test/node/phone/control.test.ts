/** The part of the phone that controls the phone system, against a gateway whose every answer is decided here. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createPhone, PhoneError, type PhoneHandle, type PhoneNews } from '../../../src/phone/index.js';
import { checkWebphone } from '../../../src/signaling/gateway/check-webphone.js';
import { SignalingError } from '../../../src/signaling/port.js';
import { EXPIRED, GatewayStandIn, provideWebSocket, WELCOME } from '../../support/gateway-stand-in.js';
import { SilentMedia } from '../../support/silent-media.js';

provideWebSocket();

const LISTENING = {
  sessionId: 's1',
  kind: 'listening',
  direction: 'outgoing',
  state: 'active',
  heldLocally: false,
  heldRemotely: false,
  remote: { number: '1002', name: 'Sales' },
  line: '',
  video: false,
  remoteVideo: false,
  transfer: null,
  startedAt: 0,
  answeredAt: 0,
  talk: { ms: 0, since: null },
} as const;

const SESSION = {
  id: 's9',
  masterId: 's9',
  state: 'Aborted',
  direction: 'Internal',
  caller: '1',
  callee: '2',
  callerName: '',
  calleeName: '',
  callerLegId: '',
  calleeLegId: '',
  source: '',
  sourceType: '',
  destination: '',
  destinationType: '',
  dialedNumber: '2',
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
  const done = phone.connect({ server: gateway.address, signIn: { token: 't' } });
  await gateway.answer('connection.open', WELCOME);
  await done;
});

afterEach(async () => {
  await gateway.close();
  await phone.dispose();
  assert.equal(media.openCalls, 0);
});

/** The next news of a kind. */
async function news<T extends PhoneNews['type']>(type: T): Promise<Extract<PhoneNews, { type: T }>> {
  const control = await phone.control();
  return new Promise((resolve) => {
    const stop = control.onNews((told) => {
      if (told.type !== type) return;
      stop();
      resolve(told as Extract<PhoneNews, { type: T }>);
    });
  });
}

describe('listening', () => {
  async function listening(): Promise<string> {
    const started = (await phone.control()).listen('s1');
    const asked = await gateway.answer('session.listen', { answer: 'v=0' });
    assert.equal(asked.params.sessionId, 's1');
    return started;
  }

  test('is no call of the phone, neither rings nor holds anything, and is stopped', async () => {
    const id = await listening();
    gateway.event(1, 'call.changed', { ...LISTENING, id });
    const later = news('session');
    gateway.event(2, 'session.closed', SESSION);
    await later;
    assert.deepEqual(phone.getState().calls, []);
    assert.equal(media.tone, null);
    assert.equal(media.openCalls, 1);
    const stopped = (await phone.control()).stopListening(id);
    assert.equal(media.openCalls, 0);
    assert.deepEqual((await gateway.answer('call.hangup', {})).params, { callId: id });
    await stopped;
    await (await phone.control()).stopListening(id);
  });

  test('ends with the session', async () => {
    const id = await listening();
    const ended = news('listening-ended');
    gateway.event(1, 'call.changed', { ...LISTENING, id, state: 'ended', endReason: 'remote-hung-up' });
    assert.deepEqual(await ended, { type: 'listening-ended', callId: id, reason: 'remote-hung-up' });
  });

  test('ends with the link', async () => {
    await listening();
    const ended = news('listening-ended');
    gateway.cut();
    await gateway.fail('connection.resume', EXPIRED);
    assert.equal((await ended).reason, 'connection-lost');
  });

  test('that is refused leaves nothing open', async () => {
    const started = (await phone.control()).listen('s1');
    const [result] = await Promise.allSettled([started, gateway.fail('session.listen', -32003)]);
    assert.equal(result.status, 'rejected');
    assert.ok(result.reason instanceof PhoneError && result.reason.code === 'forbidden');
    assert.equal(phone.getState().problem?.code, 'forbidden');
  });
});

describe('the directory', () => {
  test('is kept as it changes, and forgotten with the link', async () => {
    const control = await phone.control();
    const watching = control.watch();
    const bob = { phoneNumber: '1002', status: 'ONLINE', properties: {} } as const;
    await gateway.answer('directory.watch', { users: [], clients: [bob], legacySessionStates: true });
    assert.equal((await watching).legacySessionStates, true);
    const gone = news('client');
    gateway.event(1, 'client.changed', { ...bob, status: 'OFFLINE' });
    assert.equal((await gone).client.status, 'OFFLINE');
    assert.deepEqual(control.directory.clients, []);
    gateway.cut();
    await gateway.fail('connection.resume', EXPIRED);
    await gateway.answer('connection.open', WELCOME);
    assert.equal(control.directory.legacySessionStates, false);
  });

  test('messages are told', async () => {
    const told = news('message');
    const watching = (await phone.control()).watch();
    await gateway.answer('directory.watch', { users: [], clients: [], legacySessionStates: false });
    await watching;
    const message = { id: 'm', callId: 'c', from: '1002', text: 'Hi', at: 5 };
    gateway.event(1, 'call.message', message);
    assert.deepEqual(await told, { type: 'message', message });
  });
});

describe('messages to numbers', () => {
  test('go to the number as it is dialled, and bring their id', async () => {
    const control = await phone.control();
    const sent = control.sendMessageTo('+36 (20) 123-4567', 'Hello');
    const asked = await gateway.answer('message.send', { messageId: 'm1' });
    assert.deepEqual(asked.params, { to: '+36201234567', text: 'Hello' });
    assert.equal(await sent, 'm1');
  });

  test('are told when they come, and what became of those that were sent', async () => {
    const [told, reported] = [news('text-message'), news('message-report')];
    const watching = (await phone.control()).watch();
    await gateway.answer('directory.watch', { users: [], clients: [], legacySessionStates: false });
    await watching;
    const message = { id: 'm2', from: { number: '1002', name: 'Sales' }, to: '1001', text: 'Hi', at: 5 };
    gateway.event(1, 'message', message);
    assert.deepEqual(await told, { type: 'text-message', message });
    gateway.event(2, 'message.report', { id: 'm1', delivered: false });
    assert.deepEqual(await reported, {
      type: 'message-report',
      report: { id: 'm1', delivered: false },
    });
  });

  test('that fail say so, also in the state of the phone', async () => {
    const sent = (await phone.control()).sendMessageTo('4711', 'Hello');
    const [result] = await Promise.allSettled([sent, gateway.fail('message.send', -32004)]);
    assert.ok(result.status === 'rejected' && result.reason instanceof PhoneError);
    assert.equal(result.reason.code, 'not-found');
    assert.equal(phone.getState().problem?.code, 'not-found');
    await assert.rejects((await phone.control()).sendMessageTo('', 'Hello'), { code: 'empty-number' });
  });
});

describe('asking without signing in', () => {
  test('connects for the one question', async () => {
    const other = await GatewayStandIn.start();
    const asked = checkWebphone(other.address, 'token');
    assert.deepEqual((await other.answer('webphone.check', { available: true })).params, { id: 'token' });
    assert.equal(await asked, true);
    await other.close();
  });

  test('says when nobody is there, or the address is none', async () => {
    await assert.rejects(checkWebphone('ws://127.0.0.1:9/', 'token'), SignalingError);
    await assert.rejects(checkWebphone('http://x', 'token'), { reason: 'invalid-address' });
  });
});

describe('a conference', () => {
  const call = (id: string, differences: object = {}) =>
    ({ ...LISTENING, id, sessionId: `s-${id}`, kind: 'call', conference: null, ...differences }) as const;
  const calls = () =>
    phone.getState().calls.map(({ id, conference, muted, pending }) => [id, conference, muted, pending]);

  /** a is on hold and muted, b is active and selected, c is active. */
  async function three(): Promise<void> {
    gateway.event(1, 'call.changed', call('a', { heldLocally: true }));
    gateway.event(2, 'call.changed', call('b'));
    gateway.event(3, 'call.changed', call('c'));
    const later = news('session');
    await phone.control();
    gateway.event(4, 'session.closed', SESSION);
    await later;
    phone.setMuted('a', true);
    phone.select('b');
  }

  /** a and b, merged. */
  async function merged(): Promise<void> {
    await three();
    const done = (await phone.control()).merge(['a', 'b']);
    const asked = await gateway.next('call.merge');
    assert.deepEqual(asked.params, { callIds: ['a', 'b'] });
    assert.deepEqual(calls(), [
      ['a', null, false, 'merge'],
      ['b', null, false, 'merge'],
      ['c', null, false, null],
    ]);
    gateway.event(5, 'call.changed', call('a', { conference: 'x' }));
    gateway.event(6, 'call.changed', call('b', { conference: 'x' }));
    gateway.reply(asked.id, { conferenceId: 'x' });
    // One conversation at a time: the call that is not in it waits.
    assert.deepEqual((await gateway.answer('call.hold', {})).params, { callId: 'c' });
    gateway.event(7, 'call.changed', call('c', { heldLocally: true }));
    await done;
  }

  test('is one conversation: muted, held and gone on with together', async () => {
    await merged();
    assert.deepEqual(calls(), [
      ['a', 'x', false, null],
      ['b', 'x', false, null],
      ['c', null, false, null],
    ]);
    assert.equal(phone.getState().selectedCallId, 'b');
    phone.setMuted('a', true);
    assert.deepEqual(
      calls().map(([, , muted]) => muted),
      [true, true, false],
    );

    const aside = phone.swapTo('c');
    const held = [await gateway.answer('call.hold', {}), await gateway.answer('call.hold', {})];
    assert.deepEqual(
      held.map(({ params }) => params.callId),
      ['a', 'b'],
    );
    for (const [at, id] of ['a', 'b'].entries())
      gateway.event(8 + at, 'call.changed', call(id, { conference: 'x', heldLocally: true }));
    assert.deepEqual((await gateway.answer('call.unhold', {})).params, { callId: 'c' });
    gateway.event(10, 'call.changed', call('c'));
    await aside;

    const back = phone.swapTo('a');
    assert.deepEqual((await gateway.answer('call.hold', {})).params, { callId: 'c' });
    const resumed = [await gateway.answer('call.unhold', {}), await gateway.answer('call.unhold', {})];
    assert.deepEqual(
      resumed.map(({ params }) => params.callId),
      ['a', 'b'],
    );
    await back;
  });

  test('is taken apart: the phone goes on with one call', async () => {
    await merged();
    const done = (await phone.control()).split('a');
    const asked = await gateway.next('call.split');
    assert.deepEqual(asked.params, { callId: 'a' });
    gateway.event(8, 'call.changed', call('a'));
    gateway.event(9, 'call.changed', call('b', { heldLocally: true }));
    gateway.reply(asked.id, {});
    await done;
    assert.equal(phone.getState().selectedCallId, 'a');
    phone.setMuted('a', true);
    assert.deepEqual(calls(), [
      ['a', null, true, null],
      ['b', null, false, null],
      ['c', null, false, null],
    ]);
  });

  test('that is refused is told, and no call waits for it', async () => {
    await three();
    const started = (await phone.control()).merge(['a', 'b']);
    const [result] = await Promise.allSettled([started, gateway.fail('call.merge', -32005)]);
    assert.ok(result.status === 'rejected' && (result.reason as PhoneError).code === 'wrong-state');
    assert.equal(phone.getState().problem?.code, 'wrong-state');
    assert.ok(calls().every(([, , , pending]) => pending === null));
  });
});
