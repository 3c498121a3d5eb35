import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PRIVILEGES, PROTOCOL_VERSION, RESUME_MS } from '../../../src/protocol/index.js';
import { Client, startHouse } from './client.js';
import type { House } from './client.js';
import { FakeClock } from '../exchange/fake-clock.js';

describe('a connection', () => {
  let house: House;
  before(async () => {
    house = await startHouse({
      iceServers: [{ urls: ['turn:turn.example'], secret: 'turn-secret' }, { urls: ['stun:stun.example'] }],
    });
  });
  after(async () => {
    await house.close();
    const errors = house.logged.filter((line) => line.includes('"level":"error"'));
    assert.deepEqual(errors, []);
  });

  it('signs in by password and is told who it is and what there is', async () => {
    const client = await house.connect();
    const welcome = await client.open('1004');
    assert.deepEqual(welcome.identity, {
      number: '1004',
      name: 'Desk 1004',
      kind: 'extension',
      privileges: [...PRIVILEGES],
    });
    assert.equal(welcome.seq, 0);
    assert.ok(Math.abs(welcome.serverTime - Date.now()) < 1000);
    assert.deepEqual(welcome.calls, []);
    assert.deepEqual(welcome.sessions, []);
    assert.deepEqual(
      welcome.extensions.map(({ id, status }) => [id, status]),
      [
        ['1001', 'offline'],
        ['1002', 'offline'],
        ['1003', 'offline'],
        ['1004', 'idle'],
        ['website', 'offline'],
      ],
    );
    const [turn, stun] = welcome.iceServers;
    assert.match(turn!.username!, /^\d{10}:1004$/);
    assert.ok(turn!.credential);
    assert.deepEqual(stun, { urls: ['stun:stun.example'] });
    assert.equal(JSON.stringify(welcome).includes('turn-secret'), false);
    await client.close();
  });

  it('signs in by the token of a line, each time with another number', async () => {
    const [first, second] = [await house.connect(), await house.connect()];
    const [one, two] = [await first.openByToken('website'), await second.openByToken('website')];
    assert.notEqual(one.identity.number, two.identity.number);
    assert.deepEqual(one.identity.privileges, []);
    assert.deepEqual(one.extensions, [], 'visitors are not told who works there');
    await first.close();
    await second.close();
  });

  it('answers a wrong password, extension and token alike', async () => {
    const client = await house.connect();
    const messages = new Set<string>();
    for (const credentials of [
      { kind: 'password', extension: '1003', password: 'wrong' },
      { kind: 'password', extension: '9999', password: 'wrong' },
      { kind: 'token', token: 'wrong' },
    ]) {
      const { reason, message } = await client.fails('connection.open', { protocol: 1, credentials });
      assert.equal(reason, 'unauthorized');
      messages.add(message);
    }
    assert.equal(messages.size, 1);
    assert.equal((await client.open('1003')).identity.number, '1003', 'and takes the right one after it');
    await client.close();
  });

  it('speaks its own version only', async () => {
    const client = await house.connect();
    const credentials = { kind: 'password', extension: '1001', password: 'demo-1001' };
    const { reason } = await client.fails('connection.open', { protocol: PROTOCOL_VERSION + 1, credentials });
    assert.equal(reason, 'unsupported-version');
    await client.close();
  });

  it('answers nothing before the sign-in, and signs in once', async () => {
    const client = await house.connect();
    assert.equal((await client.fails('connection.ping')).reason, 'not-signed-in');
    assert.equal((await client.fails('call.hangup', { callId: 'x' })).reason, 'not-signed-in');
    await client.open('1001');
    const credentials = { kind: 'token', token: 'website' };
    assert.equal((await client.fails('connection.open', { protocol: 1, credentials })).reason, 'wrong-state');
    const { serverTime } = await client.ask('connection.ping', {});
    assert.ok(Math.abs(serverTime - Date.now()) < 1000);
    await client.close();
  });

  it('numbers its events from 1, in order, none before the answer to the sign-in', async () => {
    const watcher = await house.connect();
    const { seq } = await watcher.open('1003');
    assert.equal(seq, 0);
    const front = await house.connect();
    const order: string[] = [];
    front.socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as { method?: string; id?: number };
      order.push(message.method ?? `answer ${message.id}`);
    });
    await front.open('1001');
    assert.equal(order[0], 'answer 1');
    const started = await front.ask('call.start', { callId: 'c1', to: '4711', offer: 'v=0 a', video: false });
    assert.equal(started.answer, 'v=0 answer to v=0 a');
    const ended = await front.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(ended.endReason, 'not-found');
    assert.equal(order[1], 'answer 2', 'the answer comes before the news of the call');
    await front.event('session.closed');
    await front.close();
    await watcher.event('extension.changed', ({ status }) => status === 'offline');
    for (const { events } of [front, watcher]) {
      assert.ok(events.length > 0);
      assert.deepEqual(
        events.map((event) => event.seq),
        events.map((_, index) => index + 1),
      );
    }
    await watcher.close();
  });

  it('carries a whole call: two phones, hold, transfer to a third', async () => {
    const [front, sales, support] = [await house.connect(), await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    await support.open('1003');
    await front.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0 front', video: false });
    const { id } = await sales.event('call.changed', ({ state }) => state === 'ringing');
    await sales.ask('call.accept', { callId: id, offer: 'v=0 sales', video: false });
    await front.event('call.changed', ({ state }) => state === 'active');
    const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 };
    await front.ask('call.candidate', { callId: 'mine', candidate });
    await front.ask('call.offer', { callId: 'mine', offer: 'v=0 again' });
    await front.ask('call.video', { callId: 'mine', sending: true });
    await sales.event('call.changed', ({ remoteVideo }) => remoteVideo);
    await front.ask('call.hold', { callId: 'mine' });
    await sales.event('call.changed', ({ heldRemotely }) => heldRemotely);
    await front.ask('call.unhold', { callId: 'mine' });
    await front.ask('call.transfer', { callId: 'mine', to: '1003' });
    const { id: third } = await support.event('call.changed', ({ state }) => state === 'ringing');
    await support.ask('call.accept', { callId: third, offer: 'v=0 support', video: false });
    const gone = await front.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(gone.endReason, 'transferred');
    const leg = [...house.media.legs].find(({ offer }) => offer === 'v=0 sales');
    assert.equal(leg?.heard('audio'), 'v=0 support');
    await support.ask('call.hangup', { callId: third });
    const over = await sales.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(over.endReason, 'remote-hung-up');
    for (const client of [front, sales, support]) await client.close();
  });

  it('signs out: its calls end, and it is closed after the answer', async () => {
    const [front, sales] = [await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    await front.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0', video: false });
    const { id } = await sales.event('call.changed', ({ state }) => state === 'ringing');
    await sales.ask('call.accept', { callId: id, offer: 'v=0', video: false });
    assert.deepEqual(await front.ask('connection.close', {}), {});
    const { reason } = await front.event('connection.closing');
    assert.equal(reason, 'signed-out');
    assert.equal(await front.closed, 1000);
    const over = await sales.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(over.endReason, 'remote-hung-up');
    await sales.close();
  });

  it('writes no password, token, dialled number, digit or session description to the log', () => {
    const text = house.logged.join('\n');
    assert.ok(house.logged.length > 20);
    for (const secret of ['demo-1001', 'demo-1004', 'turn-secret', '4711', 'v=0', 'candidate:1']) {
      assert.equal(text.includes(secret), false, `the log holds ${secret}`);
    }
  });

  it('leaves nothing behind', async () => {
    for (let tries = 0; house.system.vitals().connections > 0 && tries < 100; tries += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(house.system.vitals(), { connections: 0, sessions: 0, legs: 0, mediaLegs: 0 });
  });
});

describe('time', () => {
  it('is given for the sign-in, and no more', async () => {
    const clock = new FakeClock();
    const house = await startHouse({}, { clock });
    const client = await house.connect();
    const other = await house.connect();
    await other.open('1001');
    clock.pass(9_999);
    assert.equal(client.socket.readyState, client.socket.OPEN);
    clock.pass(1);
    assert.equal((await client.event('connection.closing')).reason, 'protocol-error');
    assert.equal(await client.closed, 1002);
    await other.ask('connection.ping', {});
    await other.close();
    await house.close();
    assert.equal(clock.pending, 0);
  });

  it('shows who is not there any more', async () => {
    const clock = new FakeClock();
    const house = await startHouse({}, { clock });
    const alive = await house.connect();
    await alive.open('1001');
    const dead = await Client.connect(house.url);
    await dead.open('1002');
    dead.socket.removeAllListeners('ping');
    (dead.socket as unknown as { pong: () => void; _autoPong: boolean })._autoPong = false;
    clock.pass(30_000);
    await new Promise((resolve) => alive.socket.once('ping', resolve));
    // The answer to a request sent after the pong: the gateway has the pong by then.
    await alive.ask('connection.ping', {});
    clock.pass(30_000);
    assert.equal(await dead.closed, 1006);
    await alive.ask('connection.ping', {});
    clock.pass(RESUME_MS);
    assert.equal((await alive.event('extension.changed', ({ status }) => status === 'offline')).id, '1002');
    await alive.close();
    await house.close();
    assert.equal(clock.pending, 0);
  });
});

describe('the phone system stops', () => {
  it('ends the calls, says so to everybody, and closes at once', async () => {
    const house = await startHouse();
    const [front, sales, idle] = [await house.connect(), await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    await front.ask('call.start', { callId: 'mine', to: '1002', offer: 'v=0', video: false });
    const { id } = await sales.event('call.changed', ({ state }) => state === 'ringing');
    await sales.ask('call.accept', { callId: id, offer: 'v=0', video: false });
    const start = performance.now();
    await house.system.close();
    assert.ok(performance.now() - start < 1000);
    for (const client of [front, sales]) {
      const over = await client.event('call.changed', ({ state }) => state === 'ended');
      assert.equal(over.endReason, 'shutdown');
    }
    for (const client of [front, sales, idle]) {
      const { reason, retryAfterMs } = await client.event('connection.closing');
      assert.equal(reason, 'shutdown');
      assert.ok(retryAfterMs! > 0);
      assert.equal(client.events.at(-1)!.name, 'connection.closing', 'it is the last word');
      assert.equal(await client.closed, 1001);
    }
    assert.deepEqual(house.system.vitals(), { connections: 0, sessions: 0, legs: 0, mediaLegs: 0 });
    await house.close();
  });

  it('does not wait for a client that does not close', async () => {
    const house = await startHouse();
    const client = await house.connect();
    await client.open('1001');
    client.socket.pause();
    const start = performance.now();
    await house.system.close();
    assert.ok(performance.now() - start < 3000);
    client.socket.terminate();
    await house.close();
  });
});
