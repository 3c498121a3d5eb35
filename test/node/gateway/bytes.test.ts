/** Whatever comes over the socket: bytes, frames, texts, and requests that are almost right. Nothing of it is a crash. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { ERROR_CODES, MAX_BEAT_MS, requestSchemas } from '../../../src/protocol/index.js';
import { junk, nearlyValid, valid } from '../../support/arbitraries.js';
import { cheapHash } from '../../support/cheap-hash.js';
import { runs } from '../../support/property.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { Client, startHouse } from './client.js';
import type { House } from './client.js';

const HANDSHAKE =
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** A WebSocket frame (RFC 6455, 5.2), right or wrong: the header says what it likes. */
const frame = fc
  .record({
    first: fc.integer({ min: 0, max: 255 }),
    masked: fc.boolean(),
    length: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 2 ** 31 })),
    payload: fc.uint8Array({ maxLength: 120 }),
  })
  .map(({ first, masked, length, payload }) => {
    const size = length ?? payload.length;
    const header =
      size < 126
        ? [first, size | (masked ? 128 : 0)]
        : [
            first,
            127 | (masked ? 128 : 0),
            0,
            0,
            0,
            0,
            ...[24, 16, 8, 0].map((bits) => (size >>> bits) & 255),
          ];
    return Buffer.concat([Buffer.from([...header, ...(masked ? [0, 0, 0, 0] : [])]), payload]);
  });

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
  fc.array(frame, { maxLength: 6 }).map((frames) => Buffer.concat([Buffer.from(HANDSHAKE), ...frames])),
  frame.map((each) => Buffer.from(HANDSHAKE.slice(0, each[0]) + each.toString('latin1'), 'latin1')),
);

/** A request of some method with parameters that are right, almost right, or anything. */
const request = fc
  .constantFrom(...Object.entries(requestSchemas))
  .chain(([method, schema]) =>
    fc
      .oneof(valid(schema), nearlyValid(schema), nearlyValid(schema), junk())
      .map((params) => ({ method, params })),
  );

describe('whatever comes over the socket', () => {
  const clock = new FakeClock();
  let house: House;
  let witness: Client;

  before(async () => {
    const extensions = ['1001', '1002'].map((id) => ({
      ...{ id, name: id, passwordHash: cheapHash(`demo-${id}`), privileges: 'all' },
    }));
    house = await startHouse({ extensions, limits: { awayPerAddress: 100_000 } }, { clock });
    witness = await house.connect();
    await witness.open('1002');
  });
  after(async () => {
    await witness.close();
    await house.close();
    const errors = house.logged.filter((line) => line.includes('"level":"error"'));
    assert.deepEqual(errors, []);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  /** Somebody else is served as before. */
  const othersAreServed = async () => {
    clock.pass(100);
    await witness.ask('connection.ping', {});
  };

  it('bytes and frames end a connection or are passed over, and others are served', async () => {
    const { port } = house.server.address() as { port: number };
    await fc.assert(
      fc.asyncProperty(bytes, async (data) => {
        const socket: Socket = connect(port, '127.0.0.1');
        socket.on('error', () => {});
        await once(socket, 'connect');
        socket.end(data);
        socket.resume();
        await Promise.race([once(socket, 'close'), othersAreServed()]);
        socket.destroy();
        await othersAreServed();
      }),
      runs(300, 4000),
    );
  });

  it('texts are answered by what is wrong with them', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      junk().map((value) => JSON.stringify(value)),
      fc
        .tuple(request, fc.string({ maxLength: 5 }), fc.nat({ max: 200 }))
        .map(([each, more, at]) => JSON.stringify({ jsonrpc: '2.0', id: 1, ...each }).slice(0, at) + more),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const client = await Client.connect(house.url);
        client.repeats = true;
        client.socket.send(Buffer.from(text), { binary: false });
        await client.send({ id: 'after', method: 'webphone.check', params: { id: 'x' } });
        await client.close();
        await othersAreServed();
      }),
      runs(200, 3000),
    );
  });

  it('requests that are almost right are each answered once, and never by a failure nobody foresaw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 12 }), async (requests) => {
        const client = await house.connect();
        await client.open('1001');
        const over = client.closed.then(() => ({ reason: 'closed' }));
        for (const [index, { method, params }] of requests.entries()) {
          clock.pass(100);
          const outcome = await Promise.race([ask(client, clock, { id: `r${index}`, method, params }), over]);
          const { reason } = outcome as { reason?: string };
          assert.notEqual(reason, 'internal', `${method} ${JSON.stringify(params)}`);
          if (reason === 'closed') break;
          if (reason !== undefined) assert.ok(reason in ERROR_CODES, reason);
        }
        await client.cut();
        await othersAreServed();
      }),
      runs(150, 4000),
    );
  });
});

/** Asks, and tells the failure that belongs to no request when parameters that are no object make it none. */
async function ask(
  client: Client,
  clock: FakeClock,
  each: { id: string; method: string; params: unknown },
): Promise<unknown> {
  if (typeof each.params === 'object' && each.params !== null && !Array.isArray(each.params)) {
    const outcome = client.send(each);
    if (each.method === 'connection.ping') await letItBeDue(client, clock);
    return outcome;
  }
  const before = client.failures.length;
  client.raw(JSON.stringify({ jsonrpc: '2.0', ...each }));
  await client.until(() => client.failures.length > before);
  return client.failures.at(-1);
}

/** A ping may ask to be answered later: once the next one shows that it came, that time comes. */
async function letItBeDue(client: Client, clock: FakeClock): Promise<void> {
  await client.ask('connection.ping', {});
  clock.pass(MAX_BEAT_MS);
}
