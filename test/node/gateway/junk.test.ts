import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MAX_MESSAGE_BYTES } from '../../../src/protocol/index.js';
import { startHouse } from './client.js';
import type { Client, House } from './client.js';
import { FakeClock } from '../exchange/fake-clock.js';

describe('what is no request', () => {
  let house: House;
  before(async () => {
    house = await startHouse();
  });
  after(async () => {
    await house.close();
    assert.deepEqual(
      house.logged.filter((line) => line.includes('"level":"error"')),
      [],
    );
  });

  const signedIn = async () => {
    const client = await house.connect();
    await client.open('1001');
    return client;
  };
  const answersStill = async (client: Client) => {
    await client.ask('connection.ping', {});
    await client.close();
  };
  const request = { jsonrpc: '2.0', id: 'x', method: 'connection.ping', params: {} };

  const junk: [string, string | Buffer, string][] = [
    ['no JSON', '{"jsonrpc"', 'parse-error'],
    ['nothing', '', 'parse-error'],
    ['a number', '42', 'invalid-request'],
    ['null', 'null', 'invalid-request'],
    ['a batch', JSON.stringify([request, request]), 'invalid-request'],
    ['a binary message', Buffer.from(JSON.stringify(request)), 'invalid-request'],
    ['another version of JSON-RPC', JSON.stringify({ ...request, jsonrpc: '1.0' }), 'invalid-request'],
    ['a method that is a number', JSON.stringify({ ...request, method: 7 }), 'invalid-request'],
    ['a method without end', JSON.stringify({ ...request, method: 'x'.repeat(1000) }), 'invalid-request'],
    ['parameters in a list', JSON.stringify({ ...request, params: [1] }), 'invalid-request'],
    ['an id that is an object', JSON.stringify({ ...request, id: {} }), 'invalid-request'],
    ['an id without end', JSON.stringify({ ...request, id: 'x'.repeat(65) }), 'invalid-request'],
    ['a key beside the known ones', JSON.stringify({ ...request, token: 'x' }), 'invalid-request'],
    [
      'a key that reaches for the prototype',
      '{"jsonrpc":"2.0","id":"x","method":"connection.ping","__proto__":{"polluted":true}}',
      'invalid-request',
    ],
  ];
  for (const [name, message, reason] of junk) {
    it(`${name}: ${reason}, and the connection goes on`, async () => {
      const client = await signedIn();
      client.raw(message);
      await client.until(() => client.failures.length > 0);
      assert.equal(client.failures[0]!.reason, reason);
      assert.equal(client.failures[0]!.id, null);
      await answersStill(client);
    });
  }

  const requests: [string, string, unknown, string][] = [
    ['an unknown method', 'call.fly', {}, 'unknown-method'],
    ['a method of all objects', 'constructor', {}, 'unknown-method'],
    ['the prototype as a method', '__proto__', {}, 'unknown-method'],
    ['parameters that are missing', 'call.hangup', {}, 'invalid-params'],
    ['a parameter too many', 'call.hangup', { callId: 'x', force: true }, 'invalid-params'],
    [
      'a parameter that reaches for the prototype, which is left out',
      'call.hangup',
      JSON.parse('{"callId":"x","__proto__":{"a":1}}'),
      'not-found',
    ],
    ['an id with blanks', 'call.hangup', { callId: 'a b' }, 'invalid-params'],
    [
      'a number with a line break',
      'call.start',
      { callId: 'x', to: '1\n2', offer: 'v=0', video: false },
      'invalid-params',
    ],
    [
      'an endless number',
      'call.start',
      { callId: 'x', to: '1'.repeat(65), offer: 'v=0', video: false },
      'invalid-params',
    ],
    [
      'an offer that is none',
      'call.start',
      { callId: 'x', to: '1002', offer: 'hello', video: false },
      'invalid-params',
    ],
    [
      'an offer too long',
      'call.start',
      { callId: 'x', to: '1002', offer: `v=0${'a'.repeat(70_000)}`, video: false },
      'invalid-params',
    ],
    [
      'an offer that cannot be used',
      'call.start',
      { callId: 'x', to: '1002', offer: 'v=0 broken', video: false },
      'media-failed',
    ],
    ['a call that is not there', 'call.hangup', { callId: 'x' }, 'not-found'],
    ['a session that is not there', 'session.close', { sessionId: 'x' }, 'not-found'],
    [
      'a pick-up where nothing rings',
      'call.pickup',
      { callId: 'x', extension: '1002', offer: 'v=0' },
      'not-found',
    ],
  ];
  for (const [name, method, params, reason] of requests) {
    it(`${name}: ${reason}`, async () => {
      const client = await signedIn();
      const failure = await client.fails(method, params);
      assert.equal(failure.reason, reason);
      assert.equal(({} as { a?: number; polluted?: boolean }).a, undefined);
      await answersStill(client);
    });
  }

  it('says which parameter is wrong and never repeats its value', async () => {
    const client = await house.connect();
    const credentials = { kind: 'password', extension: '10 01', password: 'very secret' };
    const first = await client.fails('connection.open', { protocol: 1, credentials });
    assert.equal(first.reason, 'invalid-params');
    assert.match(first.message, /"credentials.extension": expected/);
    const long = { kind: 'password', extension: '1001', password: 'very secret '.repeat(100) };
    const second = await client.fails('connection.open', { protocol: 1, credentials: long });
    assert.match(second.message, /"credentials.password": expected <=256/);
    const shared = await client.fails('connection.open', {
      protocol: 1,
      credentials: { kind: 'token', token: 'website' },
      properties: { Password: 'very secret' },
    });
    assert.match(shared.message, /a password is not a property to share/);
    for (const { message } of [first, second, shared]) assert.equal(message.includes('very secret'), false);
    await client.close();
  });

  it('an oversized message ends the connection, and nothing else', async () => {
    const [client, other] = [await signedIn(), await signedIn()];
    client.raw(JSON.stringify({ ...request, params: { filler: 'x'.repeat(MAX_MESSAGE_BYTES) } }));
    assert.equal(await client.closed, 1009);
    await answersStill(other);
  });

  it('text that is not UTF-8 ends the connection', async () => {
    const client = await signedIn();
    client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    assert.equal(await client.closed, 1007);
  });

  it('a second request with the id of an unanswered one is refused, the first answered', async () => {
    const client = await signedIn();
    let open!: () => void;
    house.media.gate = new Promise((resolve) => (open = resolve));
    const params = { callId: 'mine', to: '4711', offer: 'v=0', video: false };
    const first = client.send({ id: 'same', method: 'call.start', params });
    client.raw(JSON.stringify({ ...request, id: 'same' }));
    await client.until(() => client.failures.length > 0);
    assert.equal(client.failures[0]!.reason, 'invalid-request');
    open();
    house.media.gate = null;
    assert.match(((await first) as { answer: string }).answer, /^v=0/);
    await answersStill(client);
  });

  it('a request that comes twice is carried out once, and answered as before', async () => {
    const client = await signedIn();
    const params = { callId: 'twice', to: '4711', offer: 'v=0', video: false };
    const first = await client.send({ id: 'a', method: 'call.start', params });
    await client.event('call.changed', ({ id, state }) => id === 'twice' && state === 'ended');
    const { length } = client.told('call.changed');
    assert.deepEqual(await client.send({ id: 'a', method: 'call.start', params }), first);
    await client.ask('connection.ping', {});
    assert.equal(client.told('call.changed').length, length);
    await client.close();
  });

  it('a request that comes twice while it is carried out is answered once', async () => {
    const client = await signedIn();
    let open!: () => void;
    house.media.gate = new Promise((resolve) => (open = resolve));
    const params = { callId: 'same', to: '4711', offer: 'v=0', video: false };
    const answers: unknown[] = [];
    client.socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as { id?: unknown };
      if (message.id === 'b') answers.push(message);
    });
    const first = client.send({ id: 'b', method: 'call.start', params });
    client.raw(JSON.stringify({ jsonrpc: '2.0', id: 'b', method: 'call.start', params }));
    await client.ask('connection.ping', {});
    open();
    house.media.gate = null;
    assert.match(((await first) as { answer: string }).answer, /^v=0/);
    await client.event('call.changed', ({ id, state }) => id === 'same' && state === 'ended');
    assert.equal(answers.length, 1);
    await answersStill(client);
  });

  it('a notification is carried out and not answered, well or not', async () => {
    const client = await signedIn();
    client.raw(
      JSON.stringify({ jsonrpc: '2.0', method: 'call.candidate', params: { callId: 'x', candidate: null } }),
    );
    client.raw(JSON.stringify({ jsonrpc: '2.0', method: 'nothing' }));
    await client.ask('connection.ping', {});
    assert.deepEqual(client.failures, []);
    await client.close();
  });

  it('ten times over closes the connection', async () => {
    const client = await signedIn();
    for (let count = 0; count < 10; count += 1) client.raw('junk');
    assert.equal((await client.event('connection.closing')).reason, 'protocol-error');
    assert.equal(await client.closed, 1002);
    assert.equal(client.failures.length, 10);
  });
});

describe('too much', () => {
  it('of messages is refused until there is room again', async () => {
    const clock = new FakeClock();
    const house = await startHouse({}, { clock });
    const client = await house.connect();
    await client.open('1001');
    const outcomes = await Promise.all(
      Array.from({ length: 105 }, (_, index) =>
        client.send({ id: `p${index}`, method: 'connection.ping', params: {} }),
      ),
    );
    const refused = outcomes.filter((outcome) => 'reason' in (outcome as object)) as {
      reason: string;
      retryAfterMs: number;
    }[];
    assert.equal(refused.length, 6, 'a hundred at once, the sign-in among them');
    for (const { reason, retryAfterMs } of refused) {
      assert.equal(reason, 'rate-limited');
      assert.equal(retryAfterMs, 20);
    }
    clock.pass(20);
    await client.ask('connection.ping', {});
    for (let count = 0; count < 501; count += 1) {
      client.raw(JSON.stringify({ jsonrpc: '2.0', method: 'connection.ping' }));
    }
    assert.equal((await client.event('connection.closing')).reason, 'protocol-error');
    await client.closed;
    await house.close();
  });

  it('of wrong passwords locks the extension for that address, for longer each time', async () => {
    const clock = new FakeClock();
    const house = await startHouse({}, { clock });
    const attempt = async (extension: string, password: string) => {
      const client = await house.connect();
      const credentials = { kind: 'password', extension, password };
      const params = { protocol: 1, credentials };
      const outcome = (await client.send({ id: 1, method: 'connection.open', params })) as {
        reason?: string;
        retryAfterMs?: number;
      };
      await client.close();
      return outcome;
    };
    for (let count = 0; count < 5; count += 1) {
      assert.equal((await attempt('1001', 'wrong')).reason, 'unauthorized');
    }
    const locked = await attempt('1001', 'demo-1001');
    assert.equal(locked.reason, 'rate-limited', 'even with the right one');
    assert.equal(locked.retryAfterMs, 5000);
    assert.equal((await attempt('1002', 'demo-1002')).reason, undefined, 'another extension is not locked');
    clock.pass(5000);
    assert.equal((await attempt('1001', 'wrong')).reason, 'unauthorized');
    assert.equal((await attempt('1001', 'demo-1001')).retryAfterMs, 10_000);
    clock.pass(10_000);
    assert.equal((await attempt('1001', 'demo-1001')).reason, undefined);
    assert.equal((await attempt('1001', 'wrong')).reason, 'unauthorized', 'success forgives the past');
    await house.close();
  });

  it('of wrong passwords on many connections at once is no way around it', async () => {
    const house = await startHouse();
    const clients = await Promise.all(Array.from({ length: 12 }, () => house.connect()));
    const credentials = { kind: 'password', extension: '1001', password: 'wrong' };
    const outcomes = await Promise.all(
      clients.map((client) => client.fails('connection.open', { protocol: 1, credentials })),
    );
    const count = (reason: string) => outcomes.filter((outcome) => outcome.reason === reason).length;
    assert.deepEqual([count('unauthorized'), count('rate-limited')], [5, 7]);
    const right = await Promise.all(
      clients.slice(0, 6).map(async (client) => (await client.open('1002')).identity.number),
    );
    assert.deepEqual(new Set(right), new Set(['1002']), 'many at once with the right one are no trouble');
    await Promise.all(clients.map((client) => client.close()));
    await house.close();
  });

  it('of sign-ins on one connection is refused', async () => {
    const house = await startHouse();
    const client = await house.connect();
    for (let count = 0; count < 5; count += 1) {
      const credentials = { kind: 'token', token: `guess-${count}` };
      const { reason } = await client.fails('connection.open', { protocol: 1, credentials });
      assert.equal(reason, 'unauthorized');
    }
    const credentials = { kind: 'token', token: 'website' };
    assert.equal(
      (await client.fails('connection.open', { protocol: 1, credentials })).reason,
      'rate-limited',
    );
    await client.close();
    await house.close();
  });

  it('waiting for a client that does not read drops it, and nobody else', async () => {
    const house = await startHouse();
    const slow = await house.connect();
    await slow.open('1004');
    const front = await house.connect();
    await front.open('1001');
    slow.socket.pause();
    const dropped = () => house.logged.some((line) => line.includes('too-slow'));
    // The answers are as long as the offers; the sockets' own buffers take the first few megabytes of them.
    const offer = `v=0${'x'.repeat(60_000)}`;
    for (let call = 0; !dropped(); call += 1) {
      const params = { callId: `c${call}`, to: '4711', offer, video: false };
      void slow.send({ id: `c${call}`, method: 'call.start', params });
      await front.ask('connection.ping', {}).catch(() => new Promise((resolve) => setTimeout(resolve, 20)));
    }
    slow.socket.terminate();
    await front.close();
    await house.close();
  });
});
