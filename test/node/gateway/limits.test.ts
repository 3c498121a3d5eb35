/** What one address or extension may take of the gateway, over real sockets. */
import assert from 'node:assert/strict';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { Accounts } from '../../../src/pbx/accounts/index.js';
import { Availability } from '../../../src/pbx/gateway/availability.js';
import { Registrar } from '../../../src/pbx/registrar/index.js';
import type { Contact } from '../../../src/pbx/registrar/index.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { startHouse } from './client.js';
import type { Client, House } from './client.js';

/** A house behind a proxy; clients come from the address they are given. */
async function behindProxy(limits: object, clock = new FakeClock()) {
  const house = await startHouse({ trustedProxies: ['loopback'], limits }, { clock });
  const from = (address: string) => house.connect({ headers: { 'x-forwarded-for': address } });
  return { house, clock, from };
}

async function leave(house: House, ...clients: Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.close()));
  await house.close();
  assert.deepEqual(
    house.logged.filter((line) => line.includes('"level":"error"')),
    [],
  );
}

const wrong = (extension: string) => ({
  protocol: 1,
  credentials: { kind: 'password', extension, password: 'wrong' },
});

describe('connections of one address', () => {
  it('are so many and no more; others have theirs, and a place is free when one leaves', async () => {
    const { house, from } = await behindProxy({ connectionsPerAddress: 3 });
    const clients = [await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1')];
    await assert.rejects(from('192.0.2.1'), /429/);
    const other = await from('192.0.2.2');
    await clients.pop()!.cut();
    // The gateway knows of it once it has lost it.
    while (house.system.vitals().connections > 3) await new Promise((resolve) => setImmediate(resolve));
    clients.push(await from('192.0.2.1'));
    await assert.rejects(from('192.0.2.1'), /429/);
    await leave(house, other, ...clients);
  });

  it('are counted for a whole network of IPv6', async () => {
    const { house, from } = await behindProxy({ connectionsPerAddress: 1 });
    const client = await from('2001:db8::1');
    await assert.rejects(from('2001:db8::ffff:2'), /429/);
    const other = await from('2001:db8:0:1::1');
    await leave(house, client, other);
  });

  it('are not made more by naming other addresses, unless a trusted proxy does', async () => {
    const house = await startHouse({ limits: { connectionsPerAddress: 1 } });
    const client = await house.connect();
    await assert.rejects(house.connect({ headers: { 'x-forwarded-for': '192.0.2.9' } }), /429/);
    await leave(house, client);
  });

  it('are fewer before they have signed in', async () => {
    const { house, from } = await behindProxy({ signingInPerAddress: 2 });
    const [first, second] = [await from('192.0.2.1'), await from('192.0.2.1')];
    await assert.rejects(from('192.0.2.1'), /429/);
    await first.open('1001');
    const third = await from('192.0.2.1');
    await assert.rejects(from('192.0.2.1'), /429/);
    await leave(house, first, second, third);
  });

  it('leave no place taken when they never become WebSockets', async () => {
    const house = await startHouse({ limits: { connectionsPerAddress: 1 } });
    const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '7' };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(house.url.replace('ws', 'http'), { headers: upgrade }, resolve).on('error', reject);
    });
    assert.equal(response.statusCode, 400);
    response.resume();
    const client = await house.connect();
    await leave(house, client);
  });
});

describe('failures from one address', () => {
  it('slow its sign-ins down, whichever extension they are for, and nobody else’s', async () => {
    const { house, clock, from } = await behindProxy({ failedSignInsPerAddress: 6 });
    for (const extension of ['1001', '1002', '1003', '4711', '4712', '4713']) {
      const client = await from('192.0.2.1');
      assert.equal((await client.fails('connection.open', wrong(extension))).reason, 'unauthorized');
      await client.close();
    }
    const client = await from('192.0.2.1');
    const refused = await client.fails('connection.open', wrong('1004'));
    assert.equal(refused.reason, 'rate-limited');
    assert.equal(refused.retryAfterMs, 10_000);
    const other = await from('192.0.2.2');
    await other.open('1004');
    clock.pass(10_000);
    const again = await from('192.0.2.1');
    await again.open('1001');
    await leave(house, other, again);
  });

  it('lock an extension nobody has like one that is there', async () => {
    const { house, from } = await behindProxy({});
    const outcomes = async (address: string, extension: string) => {
      const told = [];
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const client = await from(address);
        const { reason, message, retryAfterMs } = await client.fails('connection.open', wrong(extension));
        told.push({ reason, message, retryAfterMs });
        await client.close();
      }
      return told;
    };
    const there = await outcomes('192.0.2.1', '1001');
    assert.equal(there.at(-1)!.reason, 'rate-limited');
    assert.deepEqual(await outcomes('192.0.2.2', '4711'), there);
    await leave(house);
  });

  it('of resumptions are limited, also with the right secret', async () => {
    const { house, clock, from } = await behindProxy({ failedResumesPerAddress: 6 });
    const client = await from('192.0.2.1');
    const { connectionId, resumeSecret } = await client.open('1001');
    await client.cut();
    const guess = { protocol: 1, connectionId, secret: 'x'.repeat(43), seq: 0 };
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const guesser = await from('192.0.2.1');
      assert.equal((await guesser.fails('connection.resume', guess)).reason, 'unauthorized');
      await guesser.close();
    }
    const right = { protocol: 1, connectionId, secret: resumeSecret, seq: 0 };
    const early = await from('192.0.2.1');
    assert.equal((await early.fails('connection.resume', right)).reason, 'rate-limited');
    await early.close();
    clock.pass(10_000);
    const again = await from('192.0.2.1');
    await again.resume(connectionId, resumeSecret, 0);
    await leave(house, again);
  });
});

describe('clients that are waited for', () => {
  const lost = async (house: House, client: Client, count: number) => {
    await client.cut();
    while (house.logged.filter((line) => line.includes('lost its socket')).length < count) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('are so many of one extension; the one longest away goes, unless it has a call', async () => {
    const { house, from } = await behindProxy({ awayPerExtension: 2 });
    const talking = await from('192.0.2.1');
    const who = [await talking.open('1001')];
    const sales = await from('192.0.2.2');
    await sales.open('1002');
    await talking.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0', video: false });
    await sales.event('call.changed', ({ state }) => state === 'ringing');
    await lost(house, talking, 1);
    for (const count of [2, 3]) {
      const client = await from(`192.0.2.${count + 10}`);
      who.push(await client.open('1001'));
      await lost(house, client, count);
    }
    const back = async ({ connectionId, resumeSecret }: (typeof who)[number]) => {
      const client = await from('192.0.2.3');
      const params = { protocol: 1, connectionId, secret: resumeSecret, seq: null };
      const outcome = (await client.send({ id: 1, method: 'connection.resume', params })) as {
        reason?: string;
      };
      await client.close();
      return outcome.reason ?? 'resumed';
    };
    assert.deepEqual(
      [await back(who[0]!), await back(who[1]!), await back(who[2]!)],
      ['resumed', 'unauthorized', 'resumed'],
    );
    await leave(house, sales);
  });

  it('are so many from one address, visitors of a web site too', async () => {
    const { house, from } = await behindProxy({ awayPerAddress: 3 });
    for (let count = 1; count <= 5; count += 1) {
      const client = await from('192.0.2.1');
      await client.openByToken('website');
      await lost(house, client, count);
    }
    assert.equal(house.logged.filter((line) => line.includes('is not waited for')).length, 2);
    const other = await from('192.0.2.2');
    await other.openByToken('website');
    await leave(house, other);
  });
});

describe('whether a webphone is available', () => {
  it('takes as long to say for what is nothing, what is somebody else’s, and what is offline', () => {
    const line = (id: string, rings: string) =>
      ({ id, type: 'webphone', name: id, token: id, rings }) as const;
    const settings = { extensions: [], conferences: [], apiExtensions: [], users: [] };
    const clock = new FakeClock();
    const accounts = new Accounts({ ...settings, outsideLines: [line('offline', '1002')] }, clock);
    const registrar = new Registrar([]);
    for (let number = 5000; number < 25_000; number += 1) registrar.add(phone(String(number)));
    const availability = new Availability(accounts, registrar, clock);
    const kinds = ['nonsense', '5000', 'offline'] as const;
    const took = { nonsense: [] as number[], '5000': [] as number[], offline: [] as number[] };
    for (let run = 0; run < 60; run += 1) {
      for (const id of kinds) {
        clock.pass(1000);
        const before = performance.now();
        assert.equal(availability.check(id, '192.0.2.1', null), false);
        if (run >= 10) took[id].push(performance.now() - before);
      }
    }
    // The quickest of each: what was longer waited for something else on the machine.
    const [nothing, foreign, offline] = kinds.map((id) => Math.min(...took[id]));
    for (const one of [nothing!, foreign!]) {
      assert.ok(one / offline! > 0.5 && one / offline! < 2, `${one} ms beside ${offline} ms`);
    }
  });
});

/** A phone that is signed in. */
function phone(number: string): Contact {
  const account = { id: number, name: '', kind: 'extension', type: 'Webphone' } as const;
  const identity = { number, name: '', kind: 'extension', privileges: [] } as const;
  return { id: number, account, identity: { ...identity, privileges: [] }, rings: null, tell() {} };
}
