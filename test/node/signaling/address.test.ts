import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignaling } from '../../../src/signaling/index.js';
import { gatewayAddress } from '../../../src/signaling/gateway/address.js';
import { SignalingError } from '../../../src/signaling/port.js';

const good: [server: string, page: string, address: string][] = [
  ['pbx.example', 'http:', 'ws://pbx.example:7779/'],
  ['pbx.example', 'https:', 'wss://pbx.example:7779/'],
  ['192.168.1.5', 'http:', 'ws://192.168.1.5:7779/'],
  ['[::1]', 'http:', 'ws://[::1]:7779/'],
  ['[::1]:7000', 'http:', 'ws://[::1]:7000/'],
  [' pbx.example:7000 ', 'http:', 'ws://pbx.example:7000/'],
  ['pbx.example:80', 'http:', 'ws://pbx.example/'],
  ['pbx.example:443', 'https:', 'wss://pbx.example/'],
  ['ws://pbx.example/gateway', 'https:', 'ws://pbx.example/gateway'],
  ['wss://pbx.example:9/gateway?a=1', 'http:', 'wss://pbx.example:9/gateway?a=1'],
];
for (const [server, page, address] of good) {
  test(`"${server}" on a page of ${page} is ${address}`, () => {
    assert.equal(gatewayAddress(server, page), address);
  });
}

const bad = [
  '',
  '  ',
  'http://pbx.example',
  'javascript:alert(1)',
  'pbx.example/gateway',
  'pbx example',
  'user:secret@pbx.example',
  'ws://user:secret@pbx.example',
  'pbx.example:99999',
  ':7779',
  '::1',
  'ws://',
  'ws://pbx.example/#part',
];
for (const server of bad) {
  test(`"${server}" is no address`, async () => {
    const isProblem = (error: unknown) =>
      error instanceof SignalingError &&
      error.reason === 'invalid-address' &&
      error.message.includes('expected') &&
      !error.message.includes('secret');
    assert.throws(() => gatewayAddress(server, 'http:'), isProblem);
    await assert.rejects(createSignaling(server), isProblem);
  });
}
