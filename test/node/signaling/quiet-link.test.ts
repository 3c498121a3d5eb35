import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, mock, test } from 'node:test';
import { PING_INTERVAL_MS, REQUEST_TIMEOUT_MS } from '../../../src/protocol/limits.js';
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

test('a quiet link is asked whether it lives, and given up when it does not answer', async () => {
  await open();
  // The answer to the sign-in was heard in the first interval.
  mock.timers.tick(PING_INTERVAL_MS);
  mock.timers.tick(PING_INTERVAL_MS);
  await gateway.answer('connection.ping', { serverTime: 1 });
  assert.deepEqual(events, []);
  mock.timers.tick(PING_INTERVAL_MS);
  mock.timers.tick(PING_INTERVAL_MS);
  await gateway.next('connection.ping');
  mock.timers.tick(REQUEST_TIMEOUT_MS);
  const down = await told('down');
  assert.equal(down.type === 'down' && down.problem, 'lost');
});

test('a command that is not answered in time fails alone', async () => {
  await open();
  const held = assert.rejects(port.hold('c'), failsWith('timeout'));
  const { id } = await gateway.next('call.hold');
  mock.timers.tick(REQUEST_TIMEOUT_MS);
  await held;
  // Its late answer is of no interest.
  gateway.send({ jsonrpc: '2.0', id, result: {} });
  gateway.event(1, 'extension.removed', { id: '1' });
  await told('extension-removed');
});
