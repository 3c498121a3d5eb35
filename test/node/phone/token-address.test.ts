import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { SignalingError } from '../../../src/signaling/port.js';
import { fetchToken } from '../../../src/phone/token-address.js';

let answer = { status: 200, body: '' };
const server = createServer((_request, response) => {
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});
let url: string;

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
});
after(() => server.close());

const answers: [status: number, body: string, problem: 'unauthorized' | 'down' | null][] = [
  [200, '{"token": "abc", "more": 1}', null],
  [200, '{"token": ""}', 'down'],
  [200, '{"token": 5}', 'down'],
  [200, 'null', 'down'],
  [200, '<html>', 'down'],
  [401, '{"token": "abc"}', 'unauthorized'],
  [403, '', 'unauthorized'],
  [500, '{"token": "abc"}', 'down'],
];
const isFailure = (reason: string) => (error: unknown) =>
  error instanceof SignalingError && error.reason === reason && !!error.message;
for (const [status, body, problem] of answers) {
  test(`${status} with ${body || 'nothing'}: ${problem ?? 'a token'}`, async () => {
    answer = { status, body };
    if (!problem) return assert.equal(await fetchToken(url), 'abc');
    await assert.rejects(fetchToken(url), isFailure(problem));
  });
}

test('nobody there', async () => {
  await assert.rejects(fetchToken('http://127.0.0.1:9/'), isFailure('down'));
});
