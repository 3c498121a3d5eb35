import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, mock, test } from 'node:test';
import { REQUEST_TIMEOUT_MS } from '../../../src/protocol/limits.js';
import { GatewaySignaling } from '../../../src/signaling/gateway/gateway-signaling.js';
import { SignalingError, type SignalingEvent } from '../../../src/signaling/port.js';
import { GatewayStandIn, provideWebSocket, WELCOME } from '../../support/gateway-stand-in.js';

provideWebSocket();

const CREDENTIALS = { kind: 'password', extension: '1001', password: 'p' } as const;

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

before(() => mock.timers.enable({ apis: ['setInterval', 'setTimeout'] }));
after(() => mock.timers.reset());

test('a link that is asked whether it lives and answers goes on, and knows when', async () => {
  await open({ seq: 3 });
  const before = port.answeredAt;
  await new Promise<void>((resolve) => setImmediate(resolve));
  port.probe(1000);
  const asked = await gateway.answer('connection.ping', { serverTime: 1 });
  assert.deepEqual(asked.params, { seq: 3 }, 'and says what it has');
  const held = port.act('c', { type: 'hold' });
  await gateway.answer('call.hold', {});
  await held;
  mock.timers.tick(1000);
  assert.ok(port.answeredAt >= before);
  assert.deepEqual(events, []);
});

test('a link that does not answer is given up, also when events still come', async () => {
  await open();
  port.probe(1000);
  await gateway.next('connection.ping');
  gateway.event(1, 'extension.removed', { id: '1' });
  await told('extension-removed');
  assert.ok(port.heardAt >= port.answeredAt);
  mock.timers.tick(1000);
  const down = await told('down');
  assert.equal(down.type === 'down' && down.problem, 'lost');
});

test('a command that is not answered in time fails alone', async () => {
  await open();
  const held = assert.rejects(port.act('c', { type: 'hold' }), failsWith('timeout'));
  const { id } = await gateway.next('call.hold');
  mock.timers.tick(REQUEST_TIMEOUT_MS);
  await held;
  // Its late answer is of no interest.
  gateway.send({ jsonrpc: '2.0', id, result: {} });
  gateway.event(1, 'extension.removed', { id: '1' });
  await told('extension-removed');
});
