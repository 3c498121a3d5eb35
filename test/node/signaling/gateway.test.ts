import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { GatewaySignaling } from '../../../src/signaling/gateway/gateway-signaling.js';
import { SignalingError, type SignalingEvent } from '../../../src/signaling/port.js';
import {
  EXPIRED,
  GatewayStandIn,
  provideWebSocket,
  RESUMED,
  WELCOME,
} from '../../support/gateway-stand-in.js';

provideWebSocket();

const CREDENTIALS = { kind: 'password', extension: '1001', password: 'p' } as const;
const EXTENSION = { id: '1002', name: 'Sales', kind: 'extension', type: 'Webphone', status: 'idle' } as const;
const CALL = {
  id: 'a1',
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
  conference: null,
  startedAt: 5000,
  answeredAt: null,
  talk: { ms: 0, since: null },
} as const;

let gateway: GatewayStandIn;
let port: GatewaySignaling;
let events: SignalingEvent[];
let heard: () => void;

beforeEach(async () => {
  gateway = await GatewayStandIn.start();
  port = new GatewaySignaling(gateway.address);
  events = [];
  port.listen((event) => {
    events.push(event);
    heard?.();
  });
});

afterEach(async () => {
  await gateway.close();
  await port.close();
});

async function open(welcome: object = {}) {
  const opened = port.open(CREDENTIALS, { nickname: 'Eve' });
  await gateway.answer('connection.open', { ...WELCOME, ...welcome });
  return opened;
}

/** Waits until something was told that fits. */
async function told(type: SignalingEvent['type']): Promise<SignalingEvent> {
  for (;;) {
    const event = events.find((event) => event.type === type);
    if (event) return event;
    await new Promise<void>((resolve) => (heard = resolve));
  }
}

const failsWith = (reason: SignalingError['reason']) => (error: unknown) =>
  error instanceof SignalingError && error.reason === reason;

describe('signing in', () => {
  test('sends the credentials and properties, and brings the snapshot and the clock', async () => {
    const opened = port.open(CREDENTIALS, { nickname: 'Eve' });
    const serverTime = Date.now() + 60_000;
    const asked = await gateway.answer('connection.open', { ...WELCOME, serverTime, calls: [CALL] });
    assert.deepEqual(asked.params, {
      protocol: 1,
      credentials: CREDENTIALS,
      properties: { nickname: 'Eve' },
    });
    const welcome = await opened;
    assert.equal(welcome.identity.number, '1001');
    assert.deepEqual(welcome.calls, [CALL]);
    assert.ok(Math.abs(welcome.clockOffset - 60_000) < 2000, `${welcome.clockOffset}`);
  });

  const refusals: [code: number, data: object | undefined, reason: SignalingError['reason']][] = [
    [-32001, undefined, 'unauthorized'],
    [-32006, { retryAfterMs: 1234 }, 'rate-limited'],
    [-32007, undefined, 'unsupported'],
    [-32009, { retryAfterMs: 99 }, 'down'],
    [-32603, undefined, 'internal'],
    [-1, undefined, 'internal'],
  ];
  for (const [code, data, reason] of refusals) {
    test(`error ${code} is ${reason}`, async () => {
      const opened = port.open(CREDENTIALS, {});
      const [result] = await Promise.allSettled([opened, gateway.fail('connection.open', code, data)]);
      assert.equal(result.status, 'rejected');
      assert.ok(failsWith(reason)(result.reason), String(result.reason));
      assert.equal(
        (result.reason as SignalingError).retryAfterMs,
        (data as { retryAfterMs?: number })?.retryAfterMs,
      );
      assert.deepEqual(events, []);
    });
  }

  test('nobody there is told as a failure, once', async () => {
    await gateway.close();
    await assert.rejects(port.open(CREDENTIALS, {}), failsWith('down'));
    assert.deepEqual(events, []);
  });

  test('a connection that breaks before the answer fails', async () => {
    const opened = port.open(CREDENTIALS, {});
    const failed = assert.rejects(opened, failsWith('down'));
    await gateway.next('connection.open');
    gateway.cut();
    await failed;
    assert.deepEqual(events, []);
  });

  test('closing while it is under way fails it', async () => {
    const opened = assert.rejects(port.open(CREDENTIALS, {}), failsWith('down'));
    await port.close();
    await opened;
  });

  test('a snapshot of another shape is not taken', async () => {
    const opened = assert.rejects(port.open(CREDENTIALS, {}), failsWith('unsupported'));
    await gateway.answer('connection.open', { ...WELCOME, calls: [{ ...CALL, state: 'floating' }] });
    await opened;
  });

  test('the phone system may close before the sign-in is answered', async () => {
    const opened = assert.rejects(port.open(CREDENTIALS, {}), failsWith('unsupported'));
    await gateway.next('connection.open');
    gateway.event(1, 'connection.closing', { reason: 'protocol-error', message: 'too big' });
    await opened;
  });
});

describe('commands', () => {
  test('an offer is answered by a description before the command resolves', async () => {
    await open();
    const started = port.startCall({
      callId: 'b1',
      to: '1002',
      offer: { type: 'offer', sdp: 'v=0 offer' },
      video: true,
    });
    const asked = await gateway.answer('call.start', { answer: 'v=0 answer' });
    await started;
    assert.deepEqual(asked.params, { callId: 'b1', to: '1002', offer: 'v=0 offer', video: true });
    assert.deepEqual(events, [
      { type: 'description', callId: 'b1', description: { type: 'answer', sdp: 'v=0 answer' } },
    ]);
  });

  test('each goes out under its own name', async () => {
    await open();
    const offer = { type: 'offer', sdp: 'v=0' } as const;
    const commands: [string, () => Promise<void>, object, object?][] = [
      [
        'call.accept',
        () => port.accept('c', offer, false),
        { callId: 'c', offer: 'v=0', video: false },
        { answer: 'v=0' },
      ],
      [
        'call.pickup',
        () => port.pickUp('c', '1002', offer),
        { callId: 'c', extension: '1002', offer: 'v=0' },
        { answer: 'v=0' },
      ],
      ['call.offer', () => port.describe('c', offer), { callId: 'c', offer: 'v=0' }, { answer: 'v=0' }],
      ['call.reject', () => port.act('c', { type: 'reject' }), { callId: 'c' }],
      ['call.forward', () => port.act('c', { type: 'forward', to: '1003' }), { callId: 'c', to: '1003' }],
      ['call.hangup', () => port.act('c', { type: 'hangup' }), { callId: 'c' }],
      ['call.hold', () => port.act('c', { type: 'hold' }), { callId: 'c' }],
      ['call.unhold', () => port.act('c', { type: 'unhold' }), { callId: 'c' }],
      ['call.transfer', () => port.act('c', { type: 'transfer', to: '1003' }), { callId: 'c', to: '1003' }],
      [
        'call.join',
        () => port.act('c', { type: 'join', consultCallId: 'd' }),
        { callId: 'c', consultCallId: 'd' },
      ],
      ['call.video', () => port.act('c', { type: 'video', sending: true }), { callId: 'c', sending: true }],
      ['session.hold', async () => (await port.control()).holdSession('s'), { sessionId: 's' }],
      ['session.unhold', async () => (await port.control()).unholdSession('s'), { sessionId: 's' }],
      ['session.close', async () => (await port.control()).closeSession('s'), { sessionId: 's' }],
      [
        'session.transfer',
        async () => (await port.control()).transferSession('s', 'callee', '1003'),
        { sessionId: 's', transferor: 'callee', to: '1003' },
      ],
    ];
    for (const [method, run, params, result] of commands) {
      const done = run();
      const asked = await gateway.answer(method, result ?? {});
      assert.deepEqual(asked.params, params);
      await done;
    }
  });

  test('a candidate is a request, so that it is not lost with the socket', async () => {
    await open();
    const found = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x' };
    port.addCandidate('c', found);
    port.addCandidate('c', null);
    const first = await gateway.next('call.candidate');
    assert.equal(typeof first.id, 'number');
    assert.deepEqual(first.params, {
      callId: 'c',
      candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 },
    });
    assert.deepEqual((await gateway.next('call.candidate')).params, { callId: 'c', candidate: null });
  });

  const errors: [number, SignalingError['reason']][] = [
    [-32003, 'forbidden'],
    [-32004, 'not-found'],
    [-32005, 'wrong-state'],
    [-32008, 'media-failed'],
    [-32601, 'unsupported'],
    [-32602, 'internal'],
  ];
  for (const [code, reason] of errors) {
    test(`error ${code} is ${reason}, and the link goes on`, async () => {
      await open();
      const [held] = await Promise.allSettled([
        port.act('c', { type: 'hold' }),
        gateway.fail('call.hold', code),
      ]);
      assert.ok(held.status === 'rejected' && failsWith(reason)(held.reason));
      const next = port.act('c', { type: 'hangup' });
      await gateway.answer('call.hangup', {});
      await next;
      assert.deepEqual(events, []);
    });
  }

  test('without a link every command fails', async () => {
    await assert.rejects(port.act('c', { type: 'hold' }), failsWith('down'));
  });

  test('an answer of another shape is told, and ends the link', async () => {
    await open();
    const started = assert.rejects(
      port.describe('c', { type: 'offer', sdp: 'v=0' }),
      failsWith('unsupported'),
    );
    await gateway.answer('call.offer', { answer: 5 });
    await started;
    assert.deepEqual((events[0] as { problem: string }).problem, 'incompatible');
  });

  test('what waits when the link breaks is asked again under its old id, and answered', async () => {
    await open();
    const held = port.act('c', { type: 'hold' });
    const asked = await gateway.next('call.hold');
    gateway.cut();
    const down = await told('down');
    assert.equal(down.type === 'down' && down.problem, 'lost');
    const hungUp = port.act('d', { type: 'hangup' });
    port.resume();
    await gateway.answer('connection.resume', RESUMED);
    assert.deepEqual(await gateway.answer('call.hold', {}), asked);
    await gateway.answer('call.hangup', {});
    await Promise.all([held, hungUp]);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['down', 'up'],
    );
  });

  test('what still waits when the link is closed is rejected', async () => {
    await open();
    const held = assert.rejects(port.act('c', { type: 'hold' }), failsWith('down'));
    await gateway.next('call.hold');
    gateway.cut();
    await told('down');
    await port.close();
    await held;
  });

  test('signing out is said, and nothing is told afterwards', async () => {
    await open();
    const closed = port.close();
    await gateway.answer('connection.close', {});
    await closed;
    gateway.cut();
    assert.deepEqual(events, []);
  });
});

describe('coming back', () => {
  test('says who it is and what it has, and has another ticket then', async () => {
    await open({ seq: 4 });
    const { ticket } = port;
    gateway.cut();
    await told('down');
    port.resume();
    const { params } = await gateway.answer('connection.resume', { ...RESUMED, seq: 4 });
    assert.deepEqual(params, { protocol: 1, connectionId: 'c1', secret: 'r1', seq: 4 });
    await told('up');
    assert.notEqual(port.ticket, ticket);
    gateway.event(4, 'extension.removed', { id: 'had' });
    gateway.event(5, 'extension.removed', { id: 'missed' });
    await told('extension-removed');
    assert.deepEqual(events.slice(1), [
      { type: 'up', welcome: null, iceServers: [] },
      { type: 'extension-removed', id: 'missed' },
    ]);
  });

  const refusals: [number, object | undefined, string][] = [
    [EXPIRED, undefined, 'lost'],
    [-32006, { retryAfterMs: 100 }, 'rate-limited'],
    [-32603, undefined, 'lost'],
  ];
  for (const [code, data, problem] of refusals) {
    test(`error ${code} is ${problem}`, async () => {
      await open();
      gateway.cut();
      await told('down');
      events.length = 0;
      port.resume();
      await gateway.fail('connection.resume', code, data);
      const down = await told('down');
      assert.equal(down.type === 'down' && down.problem, problem);
      assert.equal(port.ticket === null, code === EXPIRED, 'whether there is a way back');
    });
  }

  test('another attempt takes the place of one that hangs', async () => {
    await open();
    gateway.cut();
    await told('down');
    port.resume();
    await gateway.next('connection.resume');
    port.resume();
    await gateway.answer('connection.resume', RESUMED);
    await told('up');
    assert.equal(events.length, 2);
  });

  test('the last word of the phone system is not counted: the event after it is told', async () => {
    await open({ seq: 4 });
    gateway.event(5, 'connection.closing', { reason: 'too-slow', message: 'bye' });
    await told('down');
    port.resume();
    const { params } = await gateway.answer('connection.resume', { ...RESUMED, seq: 4 });
    assert.equal(params.seq, 4);
    gateway.event(5, 'extension.removed', { id: '1' });
    await told('extension-removed');
  });
});

describe('events', () => {
  test('each is told as what it means', async () => {
    await open({ seq: 7 });
    gateway.event(8, 'call.changed', CALL);
    gateway.event(9, 'extension.changed', EXTENSION);
    gateway.event(10, 'extension.removed', { id: '1002' });
    await told('extension-removed');
    assert.deepEqual(events, [
      { type: 'call', call: CALL },
      { type: 'extension', extension: EXTENSION },
      { type: 'extension-removed', id: '1002' },
    ]);
  });

  test('one that came before is not told again', async () => {
    await open({ seq: 7 });
    gateway.event(7, 'extension.removed', { id: 'old' });
    gateway.event(8, 'extension.removed', { id: 'new' });
    gateway.event(8, 'extension.removed', { id: 'new' });
    gateway.event(9, 'extension.changed', EXTENSION);
    await told('extension');
    assert.deepEqual(
      events.map(({ type }) => type),
      ['extension-removed', 'extension'],
    );
  });

  test('a gap means that something was missed: the link is given up', async () => {
    await open({ seq: 7 });
    gateway.event(9, 'extension.changed', EXTENSION);
    const down = await told('down');
    assert.equal(down.type === 'down' && down.problem, 'lost');
    assert.equal(events.length, 1);
  });

  test('one this version does not know is counted and passed over', async () => {
    await open({ seq: 0 });
    gateway.event(1, 'weather.changed', { rain: true });
    gateway.event(2, 'toString', {});
    gateway.event(3, 'extension.removed', { id: '1' });
    await told('extension-removed');
    assert.equal(events.length, 1);
  });

  const garbled: [string, (gateway: GatewayStandIn) => void][] = [
    ['no JSON', (gateway) => gateway.send('{')],
    ['no message', (gateway) => gateway.send('[]')],
    [
      'another version',
      (gateway) => gateway.send({ jsonrpc: '1.0', method: 'x', params: { seq: 1, data: 1 } }),
    ],
    ['no sequence number', (gateway) => gateway.send({ jsonrpc: '2.0', method: 'call.changed', params: {} })],
    ['a call without a state', (gateway) => gateway.event(1, 'call.changed', { ...CALL, state: undefined })],
    ['binary data', (gateway) => gateway.sendBinary(new Uint8Array([1, 2, 3]))],
  ];
  for (const [name, send] of garbled) {
    test(`${name}: the link is given up`, async () => {
      await open();
      send(gateway);
      const down = await told('down');
      assert.equal(down.type === 'down' && down.problem, 'incompatible');
      assert.equal(events.length, 1);
    });
  }

  const closing = [
    ['shutdown', 'shutdown'],
    ['signed-out', 'closed'],
    ['account-removed', 'closed'],
    ['too-slow', 'lost'],
    ['protocol-error', 'incompatible'],
  ] as const;
  for (const [reason, problem] of closing) {
    test(`closing because of ${reason} is ${problem}`, async () => {
      await open();
      gateway.event(1, 'connection.closing', { reason, message: 'bye', retryAfterMs: 500 });
      gateway.cut();
      assert.deepEqual(await told('down'), { type: 'down', problem, message: 'bye', retryAfterMs: 500 });
      assert.equal(events.length, 1);
    });
  }
});
