/** What another process makes of what one that died has left in the database. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { PICK_UP_MS } from '../../../src/pbx/exchange/kept-calls.js';
import { RESUME_MS } from '../../../src/protocol/index.js';
import type { Result } from '../../../src/protocol/index.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { startHouse } from './client.js';
import type { Client, House } from './client.js';

let folder: string;
let house: House;
let clock: FakeClock;
let lives = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ozeki-restart-'));
  clock = new FakeClock();
  lives = 0;
  house = await startHouse({ allowedOrigins: ['loopback'] }, { clock, data: join(folder, '0') });
});

afterEach(async () => {
  await house.close();
  assert.equal(clock.pending, 0, 'no timer is left');
  assert.deepEqual(
    house.logged.filter((line) => line.includes('"level":"error"')),
    [],
  );
  rmSync(folder, { recursive: true });
});

/** The process dies: the next one finds the files as they are at this moment. */
async function die(more: Record<string, unknown> = {}): Promise<void> {
  const [before, after] = [join(folder, String(lives)), join(folder, String(++lives))];
  cpSync(before, after, { recursive: true });
  const dead = house;
  house = await startHouse({ allowedOrigins: ['loopback'], ...more }, { clock, data: after });
  await dead.close();
}

interface Arrived {
  client: Client;
  welcome: Result<'connection.open'>;
}

async function arrive(extension: string, options = {}): Promise<Arrived> {
  const client = await house.connect(options);
  return { client, welcome: await client.open(extension) };
}

async function back({ welcome }: Arrived, seq: number | null = 5) {
  const client = await house.connect();
  return { client, resumed: await client.resume(welcome.connectionId, welcome.resumeSecret, seq) };
}

/** Two phones that talk since ten seconds. */
async function talking() {
  const [front, sales] = [await arrive('1001'), await arrive('1002')];
  await front.client.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0 front', video: false });
  const { id } = await sales.client.event('call.changed', ({ state }) => state === 'ringing');
  await sales.client.ask('call.accept', { callId: id, offer: 'v=0 sales', video: false });
  await front.client.event('call.changed', ({ state }) => state === 'active');
  clock.pass(10_000);
  await front.client.ask('connection.ping', {});
  return { front, sales, id };
}

const heard = () => [...house.media.legs].map((leg) => `${leg.offer} hears ${leg.heard('audio')}`);

describe('a phone system that comes after one that died', () => {
  it('goes on with a call: the same ids, start and talk time, and both hear each other', async () => {
    const { front, sales, id } = await talking();
    const [before] = front.client.told('call.changed').slice(-1);
    await die();
    const one = await back(front);
    assert.equal(one.resumed.restarted, true);
    assert.deepEqual(one.resumed.snapshot?.calls, [before]);
    const two = await back(sales);
    assert.deepEqual(
      two.resumed.snapshot?.calls.map((call) => [call.id, call.sessionId, call.state]),
      [[id, before!.sessionId, 'active']],
    );
    await one.client.ask('call.offer', { callId: 'mine', offer: 'v=0 front again' });
    await two.client.ask('call.offer', { callId: id, offer: 'v=0 sales again' });
    assert.deepEqual(heard(), [
      'v=0 front again hears v=0 sales again',
      'v=0 sales again hears v=0 front again',
    ]);
    clock.pass(PICK_UP_MS);
    clock.pass(PICK_UP_MS - 10_000);
    await one.client.ask('call.hangup', { callId: 'mine' });
    const over = await two.client.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(over.talk.ms, 10_000 + 2 * PICK_UP_MS - 10_000);
    const { records } = await one.client.ask('history.query', {});
    assert.deepEqual(
      records.map(({ session, ...record }: any) => [(session ?? record).state]),
      [['CallerHungUp']],
    );
    for (const { client } of [one, two]) await client.close();
  });

  it('ends a call as Aborted when one of the two does not come back in time', async () => {
    const { front } = await talking();
    await die();
    const { client } = await back(front);
    await client.ask('call.offer', { callId: 'mine', offer: 'v=0 front again' });
    clock.pass(PICK_UP_MS);
    const over = await client.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(over.endReason, 'shutdown');
    const closed = await client.event('session.closed');
    assert.equal(closed.state, 'Aborted');
    assert.equal(house.storage.find(closed.id)?.session.state, 'Aborted');
    assert.deepEqual(heard(), []);
    clock.pass(RESUME_MS);
    await client.close();
  });

  it('ends a call as Aborted whose account is gone, and whom nobody can come back to', async () => {
    const { front } = await talking();
    const { sessionId } = front.client.told('call.changed').at(-1)!;
    await die({ extensions: house.settings.extensions.filter(({ id }) => id !== '1002') });
    assert.equal(house.storage.find(sessionId)?.session.state, 'Aborted');
    const { resumed, client } = await back(front);
    assert.deepEqual(resumed.snapshot?.calls, []);
    await client.close();
  });

  it('rings on: who is called can answer, the caller is heard with its new media', async () => {
    const [front, sales] = [await arrive('1001'), await arrive('1002')];
    await front.client.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0 front', video: false });
    const { id } = await sales.client.event('call.changed', ({ state }) => state === 'ringing');
    await die();
    const [one, two] = [await back(front), await back(sales)];
    assert.deepEqual(
      [one, two].flatMap(({ resumed }) => resumed.snapshot!.calls.map(({ state }) => state)),
      ['ringing', 'ringing'],
    );
    await two.client.ask('call.accept', { callId: id, offer: 'v=0 sales', video: false });
    await one.client.ask('call.offer', { callId: 'mine', offer: 'v=0 front again' });
    assert.deepEqual(heard(), ['v=0 sales hears v=0 front again', 'v=0 front again hears v=0 sales']);
    await one.client.ask('call.hangup', { callId: 'mine' });
    for (const { client } of [one, two]) await client.close();
    clock.pass(PICK_UP_MS);
  });

  it('goes on with a conference: all three hear each other, and it can be taken apart', async () => {
    const [front, sales, support] = [await arrive('1001'), await arrive('1002'), await arrive('1003')];
    // One that calls who merges, and one that is called.
    await sales.client.ask('call.start', { callId: 'theirs', to: '1001', offer: 'v=0 sales', video: false });
    const { id } = await front.client.event('call.changed', ({ state }) => state === 'ringing');
    await front.client.ask('call.accept', { callId: id, offer: 'v=0 front', video: false });
    await front.client.ask('call.hold', { callId: id });
    await front.client.ask('call.start', { callId: 'mine', to: '1003', offer: 'v=0 front 2', video: false });
    const second = await support.client.event('call.changed', ({ state }) => state === 'ringing');
    await support.client.ask('call.accept', { callId: second.id, offer: 'v=0 support', video: false });
    const { conferenceId } = await front.client.ask('call.merge', { callIds: [id, 'mine'] });
    await die();
    const [one, two, three] = [await back(front), await back(sales), await back(support)];
    assert.deepEqual(
      one.resumed.snapshot?.calls.map((call) => [call.id, call.state, call.conference]),
      [
        [id, 'active', conferenceId],
        ['mine', 'active', conferenceId],
      ],
    );
    await one.client.ask('call.offer', { callId: id, offer: 'v=0 front again' });
    await one.client.ask('call.offer', { callId: 'mine', offer: 'v=0 front again 2' });
    await two.client.ask('call.offer', { callId: 'theirs', offer: 'v=0 sales again' });
    await three.client.ask('call.offer', { callId: second.id, offer: 'v=0 support again' });
    const everybody = [...house.media.legs].map((leg) => [leg.offer, leg.hearsAll]);
    assert.deepEqual(everybody, [
      ['v=0 front again', ['v=0 sales again', 'v=0 support again']],
      ['v=0 front again 2', []],
      ['v=0 sales again', ['v=0 front again', 'v=0 support again']],
      ['v=0 support again', ['v=0 front again', 'v=0 sales again']],
    ]);
    await one.client.ask('call.split', { callId: 'mine' });
    assert.deepEqual(heard(), [
      'v=0 front again hears null',
      'v=0 front again 2 hears v=0 support again',
      'v=0 sales again hears music',
      'v=0 support again hears v=0 front again 2',
    ]);
    for (const { client } of [one, two, three]) await client.close();
    clock.pass(PICK_UP_MS);
  });

  it('stops ringing when nobody answers', async () => {
    const [front, sales] = [await arrive('1001'), await arrive('1002')];
    await front.client.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0 front', video: false });
    await sales.client.event('call.changed', ({ state }) => state === 'ringing');
    await die();
    const [one, two] = [await back(front), await back(sales)];
    await one.client.ask('call.offer', { callId: 'mine', offer: 'v=0 front again' });
    for (let passed = 0; passed < 60_000; passed += 20_000) {
      clock.pass(20_000);
      for (const { client } of [one, two]) await client.ask('connection.ping', {});
    }
    assert.equal(
      (await one.client.event('call.changed', ({ state }) => state === 'ended')).endReason,
      'no-answer',
    );
    for (const { client } of [one, two]) await client.close();
  });

  it('keeps holds, and what a supervisor holds', async () => {
    const { front, sales, id } = await talking();
    await sales.client.ask('call.hold', { callId: id });
    await die();
    const [one, two] = [await back(front), await back(sales)];
    await one.client.ask('call.offer', { callId: 'mine', offer: 'v=0 front again' });
    await two.client.ask('call.offer', { callId: id, offer: 'v=0 sales again' });
    assert.deepEqual(heard(), ['v=0 front again hears music', 'v=0 sales again hears null']);
    await two.client.ask('call.unhold', { callId: id });
    assert.deepEqual(heard()[0], 'v=0 front again hears v=0 sales again');
    await one.client.ask('call.hangup', { callId: 'mine' });
    for (const { client } of [one, two]) await client.close();
    clock.pass(PICK_UP_MS);
  });

  it('shows who was signed in as online, waits a minute, and takes calls for them meanwhile', async () => {
    const front = await arrive('1001', {});
    await die();
    const sales = await arrive('1002');
    assert.equal(sales.welcome.extensions.find(({ id }) => id === '1001')?.status, 'idle');
    await sales.client.ask('call.start', { callId: 'theirs', to: '1001', offer: 'v=0', video: false });
    const { client, resumed } = await back(front, null);
    assert.deepEqual(
      resumed.snapshot?.calls.map(({ state }) => state),
      ['ringing'],
    );
    await sales.client.ask('call.hangup', { callId: 'theirs' });
    await client.close();
    await sales.client.close();
  });

  it('waits no longer than a minute', async () => {
    await arrive('1001');
    await die();
    const sales = await arrive('1002');
    for (let passed = 0; passed < RESUME_MS; passed += 20_000) {
      clock.pass(20_000);
      await sales.client.ask('connection.ping', {});
    }
    assert.equal((await sales.client.event('extension.changed')).status, 'offline');
    await sales.client.close();
    await die();
    const again = await arrive('1003');
    assert.equal(again.welcome.extensions.find(({ id }) => id === '1001')?.status, 'offline');
    await again.client.close();
  });

  it('lets nobody in whose password is another one, with another origin or another secret', async () => {
    const front = await arrive('1001', { origin: 'http://localhost:4000' });
    await die({ extensions: house.settings.extensions });
    const guess = { protocol: 1, connectionId: front.welcome.connectionId, seq: null };
    const client = await house.connect({ origin: 'http://localhost:4000' });
    const wrong = { ...guess, secret: 'x'.repeat(43) };
    assert.equal((await client.fails('connection.resume', wrong)).reason, 'unauthorized');
    const other = await house.connect({ origin: 'http://localhost:5000' });
    const right = { ...guess, secret: front.welcome.resumeSecret };
    assert.equal((await other.fails('connection.resume', right)).reason, 'unauthorized');
    await client.close();
    await other.close();
    const [one, two] = house.settings.extensions;
    const changed = [{ ...one!, passwordHash: two!.passwordHash }, ...house.settings.extensions.slice(1)];
    await die({ extensions: changed });
    const late = await house.connect({ origin: 'http://localhost:4000' });
    assert.equal((await late.fails('connection.resume', right)).reason, 'unauthorized');
    await late.close();
  });

  it('takes the secret of the last answer only, once that was seen to arrive', async () => {
    const front = await arrive('1001');
    await front.client.cut();
    const second = await back(front);
    await second.client.ask('connection.ping', {});
    await die();
    const client = await house.connect();
    const { connectionId, resumeSecret } = front.welcome;
    const params = { protocol: 1, connectionId, secret: resumeSecret, seq: null };
    assert.equal((await client.fails('connection.resume', params)).reason, 'unauthorized');
    await client.resume(connectionId, second.resumed.resumeSecret, null);
    await client.close();
  });

  it('finds no secret, password or token written down', async () => {
    const { front } = await talking();
    const visitor = await house.connect();
    await visitor.openByToken('website');
    const file = house.storage.live.list('client');
    const text = JSON.stringify([...file, ...house.storage.live.list('session')]);
    assert.ok(text.includes('"extension"'));
    for (const secret of [front.welcome.resumeSecret, 'demo-1001', 'scrypt', '"website-token"']) {
      assert.equal(text.includes(secret), false, secret);
    }
    for (const client of [front.client, visitor]) await client.close();
  });

  it('passes over what it cannot read', async () => {
    const { front } = await talking();
    house.storage.live.put('session', 'odd', { session: { id: 'odd' } });
    house.storage.live.put('client', 'odd', { signIn: null });
    await die();
    assert.equal(house.storage.live.list('session').has('odd'), false);
    const { client } = await back(front);
    await client.close();
  });
});
