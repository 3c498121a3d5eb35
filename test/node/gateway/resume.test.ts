/** A client that loses its socket, from the phone system's side: the network between them breaks. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { PAGE_GONE, PAGE_GONE_MS, RESUME_MS } from '../../../src/protocol/index.js';
import { nextState } from '../../../src/pbx/gateway/client-states.js';
import { MAX_REPLAY_EVENTS, Replay } from '../../../src/pbx/gateway/replay.js';
import { Network } from '../../support/network.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { Client, startHouse } from './client.js';
import type { House } from './client.js';

let house: House;
let clock: FakeClock;
let network: Network;
/** A phone whose network never breaks. */
let sales: Client;

beforeEach(async () => {
  clock = new FakeClock();
  house = await startHouse({ allowedOrigins: ['loopback'] }, { clock });
  network = await Network.to(house.url);
  sales = await house.connect();
  await sales.open('1002');
});

afterEach(async () => {
  await sales.close();
  await network.close();
  await house.close();
  assert.equal(clock.pending, 0, 'no timer is left');
  assert.deepEqual(
    house.logged.filter((line) => line.includes('"level":"error"')),
    [],
  );
});

/** Signs in over the network that can break. */
async function arrive(extension = '1001', origin?: string) {
  const client = await Client.connect(network.url, origin === undefined ? {} : { origin });
  const { connectionId, resumeSecret } = await client.open(extension);
  return { client, connectionId, secret: resumeSecret };
}

/** Calls the other phone, which accepts. */
async function talking(client: Client): Promise<string> {
  await client.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0 front', video: false });
  const { id } = await sales.event('call.changed', ({ state }) => state === 'ringing');
  await sales.ask('call.accept', { callId: id, offer: 'v=0 sales', video: false });
  await client.event('call.changed', ({ state }) => state === 'active');
  return id;
}

/** Breaks the network and waits until the phone system knows. */
async function cut(client: Client): Promise<void> {
  const before = house.logged.filter((line) => line.includes('lost its socket')).length;
  network.cut();
  await client.closed;
  while (house.logged.filter((line) => line.includes('lost its socket')).length === before) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('a client that asks for an answer after a while gets it then, and waits for no more than one', async () => {
  const before = clock.now();
  const first = sales.ask('connection.ping', { afterMs: 8000 });
  const second = sales.ask('connection.ping', { afterMs: 8000 });
  assert.equal((await first).serverTime, before, 'the next one was asked for');
  clock.pass(8000);
  assert.equal((await second).serverTime, before + 8000);
  assert.equal((await sales.fails('connection.ping', { afterMs: 1e9 })).reason, 'invalid-params');
  void sales.ask('connection.ping', { afterMs: 8000 });
  await sales.ask('connection.ping', {});
});

describe('a client that lost its socket', () => {
  it('keeps its call and its place, is told what it missed, in order and once, and takes part again', async () => {
    const { client, connectionId, secret } = await arrive();
    const theirs = await talking(client);
    const last = client.events.at(-1)!.seq;
    await cut(client);
    assert.equal(house.system.vitals().legs, 2);
    await sales.ask('call.hold', { callId: theirs });
    await sales.ask('call.unhold', { callId: theirs });
    assert.deepEqual(
      sales.told('call.changed').filter(({ state }) => state === 'ended'),
      [],
    );
    const again = await Client.connect(network.url);
    const back = await again.resume(connectionId, secret, last);
    assert.equal(back.snapshot, null);
    assert.equal(back.seq, last);
    await again.ask('call.hold', { callId: 'mine' });
    await again.event('call.changed', ({ heldLocally }) => heldLocally);
    assert.deepEqual(
      again.events.map(({ seq }) => seq),
      again.events.map((_, index) => last + 1 + index),
    );
    assert.deepEqual(
      again.told('call.changed').map(({ heldRemotely }) => heldRemotely),
      [true, false, false],
    );
    await again.close();
  });

  it('is given a secret that is good once', async () => {
    const { client, connectionId, secret } = await arrive();
    await cut(client);
    const second = await Client.connect(network.url);
    const { resumeSecret } = await second.resume(connectionId, secret, 0);
    assert.notEqual(resumeSecret, secret);
    await second.ask('connection.ping', {});
    await cut(second);
    const third = await Client.connect(network.url);
    const params = { protocol: 1, connectionId, secret, seq: 0 };
    assert.equal((await third.fails('connection.resume', params)).reason, 'unauthorized');
    await third.resume(connectionId, resumeSecret, 0);
    await third.close();
  });

  it('comes back with the secret it has when the answer with the next one was lost, however often', async () => {
    const { client, connectionId, secret } = await arrive();
    await cut(client);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const lostAgain = await Client.connect(network.url);
      await lostAgain.resume(connectionId, secret, 0);
      await cut(lostAgain);
    }
    const last = await Client.connect(network.url);
    await last.resume(connectionId, secret, 0);
    await last.ask('connection.ping', {});
    await last.close();
  });

  it('is not resumed by another page, a wrong secret or a wrong name, all refused alike', async () => {
    const { client, connectionId, secret } = await arrive('1001', 'http://localhost:1');
    await cut(client);
    const attempts: [string | undefined, string, string][] = [
      ['http://localhost:2', connectionId, secret],
      [undefined, connectionId, secret],
      ['http://localhost:1', connectionId, `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`],
      ['http://localhost:1', 'nobody', secret],
    ];
    const messages = new Set<string>();
    for (const [origin, id, key] of attempts) {
      const other = await Client.connect(house.url, origin === undefined ? {} : { origin });
      const failure = await other.fails('connection.resume', {
        ...{ protocol: 1, connectionId: id, secret: key, seq: 0 },
      });
      assert.equal(failure.reason, 'unauthorized');
      messages.add(failure.message);
      await other.close();
    }
    assert.equal(messages.size, 1);
    const right = await Client.connect(network.url, { origin: 'http://localhost:1' });
    await right.resume(connectionId, secret, 0);
    await right.close();
  });

  it('is waited for less long when it says that its page is gone, and can come back till then', async () => {
    const { client, connectionId, secret } = await arrive();
    await talking(client);
    await client.close(PAGE_GONE);
    while (!house.logged.some((line) => line.includes('"pageGone":true')))
      await new Promise((resolve) => setImmediate(resolve));
    clock.pass(PAGE_GONE_MS - 1);
    const again = await Client.connect(network.url);
    const back = await again.resume(connectionId, secret, null);
    assert.equal(back.snapshot!.calls.length, 1);
    await again.close(PAGE_GONE);
    while (house.logged.filter((line) => line.includes('"pageGone":true')).length < 2)
      await new Promise((resolve) => setImmediate(resolve));
    clock.pass(PAGE_GONE_MS);
    await sales.event(
      'call.changed',
      ({ state, endReason }) => state === 'ended' && endReason === 'remote-hung-up',
    );
    assert.equal(house.system.vitals().legs, 0);
  });

  it('is given up after a minute: its call ends, and it is offline', async () => {
    const { client, connectionId, secret } = await arrive();
    await talking(client);
    await cut(client);
    clock.pass(RESUME_MS - 1);
    assert.equal(house.system.vitals().legs, 2);
    clock.pass(1);
    const over = await sales.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(over.endReason, 'remote-hung-up');
    await sales.event('extension.changed', ({ id, status }) => id === '1001' && status === 'offline');
    const late = await Client.connect(network.url);
    const params = { protocol: 1, connectionId, secret, seq: 0 };
    assert.equal((await late.fails('connection.resume', params)).reason, 'unauthorized');
    assert.equal((await late.open('1001')).calls.length, 0);
    await late.close();
  });

  it('that closes its socket on purpose is gone at once', async () => {
    const { client } = await arrive();
    await client.close();
    await sales.event('extension.changed', ({ id, status }) => id === '1001' && status === 'offline');
  });

  it('still rings when it is back', async () => {
    const { client, connectionId, secret } = await arrive();
    await cut(client);
    await sales.ask('call.start', { callId: 'theirs', to: '1001', offer: 'v=0 sales', video: false });
    const again = await Client.connect(network.url);
    await again.resume(connectionId, secret, client.events.at(-1)?.seq ?? 0);
    const { id } = await again.event('call.changed', ({ state }) => state === 'ringing');
    await again.ask('call.accept', { callId: id, offer: 'v=0 front', video: false });
    await sales.event('call.changed', ({ state }) => state === 'active');
    await again.close();
  });

  it('gets everything there is when it knows nothing any more, as after a reload', async () => {
    const { client, connectionId, secret } = await arrive();
    await talking(client);
    const last = client.events.at(-1)!.seq;
    await cut(client);
    const again = await Client.connect(network.url);
    const { snapshot, seq } = await again.resume(connectionId, secret, null);
    assert.equal(snapshot!.identity.number, '1001');
    assert.deepEqual(
      snapshot!.calls.map(({ id, state }) => [id, state]),
      [['mine', 'active']],
    );
    assert.ok(seq >= last);
    await again.ask('call.hold', { callId: 'mine' });
    await again.until(() => again.events.length > 0);
    assert.equal(again.events[0]!.seq, seq + 1);
    await again.close();
  });

  it('counts its requests anew when it knows nothing any more, and is answered no earlier one', async () => {
    const { client, connectionId, secret } = await arrive();
    await talking(client);
    let open!: () => void;
    house.media.gate = new Promise((resolve) => (open = resolve));
    void client.send({ id: 1, method: 'call.start', params: { callId: 'b', to: '1', offer: 'v=0' } });
    await client.ask('connection.ping', {});
    await cut(client);
    const again = await Client.connect(network.url);
    await again.resume(connectionId, secret, null);
    const answer = again.send({ id: 1, method: 'call.hold', params: { callId: 'mine' } });
    open();
    house.media.gate = null;
    assert.deepEqual(await answer, {});
    await again.event('call.changed', ({ heldLocally }) => heldLocally);
    await again.close();
  });

  it('gets everything there is when more was missed than is kept', async () => {
    const { client, connectionId, secret } = await arrive();
    const theirs = await talking(client);
    const last = client.events.at(-1)!.seq;
    await cut(client);
    for (let count = 0; count < MAX_REPLAY_EVENTS; count += 2) {
      clock.pass(50);
      await sales.ask(count % 4 === 0 ? 'call.hold' : 'call.unhold', { callId: theirs });
    }
    const again = await Client.connect(network.url);
    const { snapshot } = await again.resume(connectionId, secret, last);
    assert.equal(snapshot!.calls.length, 1);
    await again.close();
  });

  it('has what it asked for carried out once, and is answered', async () => {
    const { client, connectionId, secret } = await arrive();
    let open!: () => void;
    house.media.gate = new Promise((resolve) => (open = resolve));
    const params = { callId: 'mine', to: '4711', offer: 'v=0', video: false };
    void client.send({ id: 'begun', method: 'call.start', params });
    const done = { id: 'done', method: 'call.hangup', params: { callId: 'none' } };
    const answered = await client.send(done);
    await cut(client);
    open();
    house.media.gate = null;
    const again = await Client.connect(network.url);
    await again.resume(connectionId, secret, client.events.at(-1)?.seq ?? 0);
    const started = again.send({ id: 'begun', method: 'call.start', params });
    assert.match(((await started) as { answer: string }).answer, /^v=0/);
    assert.deepEqual(await again.send(done), answered);
    await again.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(new Set(again.told('session.closed').map(({ id }) => id)).size, 1, 'called once');
    await again.close();
  });

  it('whose old socket only looks open takes its place', async () => {
    const { client, connectionId, secret } = await arrive();
    await talking(client);
    const last = client.events.at(-1)!.seq;
    network.silence();
    const again = await Client.connect(house.url);
    await again.resume(connectionId, secret, last);
    await again.ask('call.hold', { callId: 'mine' });
    await again.event('call.changed', ({ heldLocally }) => heldLocally);
    network.online();
    assert.equal(await client.closed, 1006);
    assert.equal(house.system.vitals().legs, 2, 'the end of the old socket is nobody’s end');
    await again.close();
  });

  it('is signed out when its account is gone meanwhile', async () => {
    const { client, connectionId, secret } = await arrive();
    await talking(client);
    await cut(client);
    house.system.reconfigure({
      ...house.settings,
      extensions: house.settings.extensions.filter(({ id }) => id !== '1001'),
    });
    await sales.event('call.changed', ({ state }) => state === 'ended');
    const late = await Client.connect(network.url);
    const params = { protocol: 1, connectionId, secret, seq: 0 };
    assert.equal((await late.fails('connection.resume', params)).reason, 'unauthorized');
    await late.close();
  });

  it('is gone when the phone system stops', async () => {
    const { client } = await arrive();
    await talking(client);
    await cut(client);
    await house.system.close();
    assert.deepEqual(house.system.vitals(), { connections: 0, sessions: 0, legs: 0, mediaLegs: 0 });
  });
});

describe('what is kept for a client', () => {
  it('is what it has not confirmed, within limits', () => {
    const replay = new Replay();
    assert.deepEqual(replay.after(0), []);
    for (const text of ['1', '2', '3']) replay.add(text);
    assert.deepEqual(replay.after(1), ['2', '3']);
    replay.arrived(2);
    assert.equal(replay.after(1), null, 'that is forgotten');
    assert.deepEqual(replay.after(2), ['3']);
    assert.deepEqual(replay.after(3), []);
    assert.equal(replay.after(4), null, 'that was never told');
    for (let seq = 4; seq <= 3 + MAX_REPLAY_EVENTS; seq += 1) replay.add(String(seq));
    assert.equal(replay.after(2), null);
    assert.equal(replay.after(3)!.length, MAX_REPLAY_EVENTS);
    replay.add('x'.repeat(300_000));
    assert.deepEqual(replay.after(replay.last), []);
    assert.equal(replay.after(replay.last - 1), null, 'one that is too long by itself is not kept');
    replay.arrived(9e9);
    replay.add('y');
    assert.deepEqual(replay.after(replay.last - 1), ['y']);
  });

  it('follows a table', () => {
    assert.equal(nextState('attached', 'lose'), 'waiting');
    assert.equal(nextState('attached', 'resume'), 'attached');
    assert.equal(nextState('waiting', 'resume'), 'attached');
    assert.equal(nextState('waiting', 'lose'), null);
    assert.equal(nextState('over', 'resume'), null);
  });
});
