/** What pages that control the phone system ask for, over real sockets: directory, history, messages, tokens. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Session } from '../../../src/protocol/index.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { startHouse } from './client.js';
import type { Client, House } from './client.js';

const user = (id: string, extensions: string[]) => ({
  id,
  fullName: `Person ${id}`,
  emailAddress: `${id}@example.com`,
  phoneNumber: '',
  mobileNumber: '',
  extensions,
});
const USERS = [user('ann', ['1001']), user('bob', ['1002'])];

/** Two phones that talk; returns the ids of their calls and of the session. */
async function talking(caller: Client, callee: Client, to: string) {
  const callId = `call-${Math.random().toString(36).slice(2)}`;
  const rang = callee.told('call.changed').length;
  await caller.ask('call.start', { callId, to, offer: 'v=0 caller', video: false });
  await callee.until(() => callee.told('call.changed').length > rang);
  const { id } = callee.told('call.changed')[rang]!;
  await callee.ask('call.accept', { callId: id, offer: 'v=0 callee', video: false });
  const call = await caller.event('call.changed', (each) => each.id === callId && each.state === 'active');
  return { callId, peerCallId: id, sessionId: call.sessionId };
}

describe('the directory', () => {
  let house: House;
  before(async () => {
    house = await startHouse({ users: USERS, legacySessionStates: true });
  });
  after(() => house.close());

  it('tells who watches of everybody else who comes and goes, with what they told of themselves', async () => {
    const [watcher, deaf] = [await house.connect(), await house.connect()];
    await watcher.open('1001', { nickname: 'Ann' });
    await deaf.open('1004');
    const properties = { nickname: 'Bob', age: 7, shy: false, avatar: null };
    const bob = await house.connect();
    await bob.open('1002', properties);
    const { clients, users, legacySessionStates } = await watcher.ask('directory.watch', {});
    assert.equal(legacySessionStates, true);
    assert.deepEqual(users, USERS);
    assert.deepEqual(
      clients.map(({ phoneNumber, status, properties: told }) => [phoneNumber, status, told]),
      [
        ['1004', 'ONLINE', {}],
        ['1002', 'ONLINE', properties],
      ],
      'the watcher itself is not among them',
    );

    const visitor = await house.connect();
    const { identity } = await visitor.openByToken('website', { nickname: 'Guest' });
    assert.deepEqual(await watcher.event('client.changed'), {
      phoneNumber: identity.number,
      status: 'ONLINE',
      properties: { nickname: 'Guest' },
    });
    await visitor.close();
    const gone = await watcher.event('client.changed', ({ status }) => status === 'OFFLINE');
    assert.deepEqual(gone, {
      phoneNumber: identity.number,
      status: 'OFFLINE',
      properties: { nickname: 'Guest' },
    });
    assert.deepEqual(deaf.told('client.changed'), [], 'only who watches is told');
    for (const client of [watcher, deaf, bob]) await client.close();
  });

  it('shows a number once, as its latest phone told, until the last one is gone', async () => {
    const watcher = await house.connect();
    await watcher.open('1001');
    await watcher.ask('directory.watch', {});
    const [first, second] = [await house.connect(), await house.connect()];
    await first.open('1002', { nickname: 'first' });
    await second.open('1002', { nickname: 'second' });
    await watcher.event('client.changed', ({ properties }) => properties.nickname === 'second');
    const { clients } = await watcher.ask('directory.watch', {});
    assert.deepEqual(
      clients.map(({ properties }) => properties),
      [{ nickname: 'second' }],
    );
    await second.close();
    await watcher.until(() => watcher.told('client.changed').length === 3);
    await first.close();
    await watcher.event('client.changed', ({ status }) => status === 'OFFLINE');
    assert.deepEqual(
      watcher.told('client.changed').map(({ status, properties }) => [status, properties.nickname]),
      [
        ['ONLINE', 'first'],
        ['ONLINE', 'second'],
        ['ONLINE', 'first'],
        ['OFFLINE', 'first'],
      ],
    );
    await watcher.close();
  });

  it('takes no password among the properties', async () => {
    const client = await house.connect();
    for (const key of ['Password', 'password', 'PASSWORD']) {
      const credentials = { kind: 'token', token: 'website' };
      const failure = await client.fails('connection.open', {
        protocol: 1,
        credentials,
        properties: { [key]: 'secret-word' },
      });
      assert.equal(failure.reason, 'invalid-params');
      assert.equal(failure.message.includes('secret-word'), false);
    }
    await client.close();
  });

  it('tells visitors of a web site of nobody', async () => {
    const [desk, visitor] = [await house.connect(), await house.connect()];
    await desk.open('1002');
    await visitor.openByToken('website');
    const { clients, users } = await visitor.ask('directory.watch', {});
    assert.deepEqual([clients, users], [[], []]);
    await desk.close();
    const other = await house.connect();
    await other.open('1003');
    await other.close();
    await visitor.ask('connection.ping', {});
    assert.deepEqual(visitor.events, []);
    await visitor.close();
  });
});

describe('a security token', () => {
  it('signs in with a number of its own, is told everything, and is told of as a client', async () => {
    const house = await startHouse({ users: USERS });
    const desk = await house.connect();
    await desk.open('1001');
    await desk.ask('directory.watch', {});
    const token = house.system.issueToken();
    const holder = await house.connect();
    const welcome = await holder.openByToken(token, { page: 'popup' });
    assert.equal(welcome.identity.kind, 'token');
    assert.ok(welcome.extensions.length > 0);
    const { number } = welcome.identity;
    assert.equal((await desk.event('client.changed')).phoneNumber, number);

    const { users, clients } = await holder.ask('directory.watch', {});
    assert.deepEqual([users.length, clients.map(({ phoneNumber }) => phoneNumber)], [2, ['1001']]);
    const sales = await house.connect();
    await sales.open('1002');
    await holder.event('client.changed', ({ phoneNumber }) => phoneNumber === '1002');
    await holder.event('extension.changed', ({ id }) => id === '1002');
    const { sessionId } = await talking(desk, sales, '1002');
    await holder.event('session.changed', ({ id, state }) => id === sessionId && state === 'InCall');
    for (const method of ['session.hold', 'session.hangup', 'session.close'] as const) {
      assert.equal((await holder.fails(method, { sessionId })).reason, 'forbidden', method);
    }
    const offer = { sessionId, callId: 'l1', offer: 'v=0' };
    assert.equal((await holder.fails('session.listen', offer)).reason, 'forbidden');

    const master = await house.connect();
    await master.openByToken(house.system.issueToken({ allowSessionModification: true }));
    assert.match((await master.ask('session.listen', offer)).answer, /^v=0 answer/);
    await master.ask('session.hangup', { sessionId });
    assert.equal((await holder.event('session.closed')).state, 'CallerHungUp');
    assert.equal(
      house.logged.some((line) => line.includes(token)),
      false,
      'a token is not in the log',
    );
    for (const client of [desk, sales, holder, master]) await client.close();
    await house.close();
  });

  it('can call any extension', async () => {
    const house = await startHouse();
    const [desk, holder] = [await house.connect(), await house.connect()];
    await desk.open('1002');
    await holder.openByToken(house.system.issueToken());
    await talking(holder, desk, '1002');
    await holder.close();
    await desk.event('call.changed', ({ state }) => state === 'ended');
    await desk.close();
    await house.close();
  });
});

describe('third-party control without the privilege', () => {
  it('is refused, and changes nothing', async () => {
    const house = await startHouse();
    const [front, sales, support] = [await house.connect(), await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    await support.open('1003');
    const { sessionId } = await talking(front, sales, '1002');
    const told = sales.events.length;
    for (const [method, params] of [
      ['session.hangup', { sessionId }],
      ['session.forward', { sessionId, to: '1003' }],
      ['session.dtmf', { sessionId, party: 'caller', digit: '1' }],
      ['session.listen', { sessionId, callId: 'l1', offer: 'v=0' }],
    ] as const) {
      // Without the privilege to view, there is no such session.
      assert.equal((await support.fails(method, params)).reason, 'not-found', method);
    }
    const setUp = await support.fails('calls.setup', { caller: '1001', callee: '1002' });
    assert.equal(setUp.reason, 'forbidden');
    await sales.ask('connection.ping', {});
    assert.equal(sales.events.length, told);
    for (const client of [front, sales, support]) await client.close();
    await house.close();
  });
});

describe('third-party control with the privilege', () => {
  it('sets up a call, sends a digit, and hangs up', async () => {
    const house = await startHouse();
    const [front, sales, chief] = [await house.connect(), await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    await chief.open('1004');
    const { sessionId } = await chief.ask('calls.setup', { caller: '1001', callee: '1002' });
    const first = await front.event('call.changed', ({ state }) => state === 'ringing');
    assert.equal(first.remote.number, '1002');
    assert.deepEqual(sales.told('call.changed'), [], 'the callee rings when the caller has answered');
    await front.ask('call.accept', { callId: first.id, offer: 'v=0 front', video: false });
    const second = await sales.event('call.changed', ({ state }) => state === 'ringing');
    await sales.ask('call.accept', { callId: second.id, offer: 'v=0 sales', video: false });
    const session = await chief.event('session.changed', ({ state }) => state === 'InCall');
    assert.deepEqual([session.id, session.caller, session.callee], [sessionId, '1001', '1002']);
    await chief.ask('session.dtmf', { sessionId, party: 'callee', digit: '5' });
    await chief.ask('session.hangup', { sessionId });
    assert.equal((await chief.event('session.closed')).state, 'CallerHungUp');
    for (const client of [front, sales, chief]) await client.close();
    await house.close();
  });
});

describe('messages in a call', () => {
  it('come to the other party, and only there', async () => {
    const house = await startHouse();
    const [front, sales, chief] = [await house.connect(), await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    await chief.open('1004');
    const { callId, peerCallId } = await talking(front, sales, '1002');
    const { messageId } = await front.ask('call.message', { callId, text: 'Grüße <b>' });
    const { at, ...message } = await sales.event('call.message');
    assert.deepEqual(message, { id: messageId, callId: peerCallId, from: '1001', text: 'Grüße <b>' });
    assert.ok(Math.abs(at - Date.now()) < 5000);
    assert.equal((await chief.fails('call.message', { callId, text: 'x' })).reason, 'not-found');
    assert.equal((await front.fails('call.message', { callId, text: '' })).reason, 'invalid-params');
    await chief.ask('connection.ping', {});
    assert.deepEqual([front.told('call.message'), chief.told('call.message')], [[], []]);
    for (const client of [front, sales, chief]) await client.close();
    await house.close();
  });
});

describe('the history', () => {
  const record = (id: string, more: Partial<Session>): Session => ({
    ...{ id, masterId: id, state: 'CallerHungUp', direction: 'Internal' },
    ...{ caller: '1001', callee: '1002', callerName: 'Front desk', calleeName: 'Sales' },
    ...{ callerLegId: 'a', calleeLegId: 'b', source: '1001', sourceType: 'Webphone' },
    ...{ destination: '1002', destinationType: 'Webphone', dialedNumber: '1002' },
    ...{ startedAt: 1000, stateSince: 9000, talk: { ms: 5000, since: null } },
    ...more,
  });

  it('is one’s own without the privilege, whatever is asked for', async () => {
    const house = await startHouse();
    house.storage.save(record('s1', {}), 9000);
    house.storage.save(record('s2', { caller: '1003', source: '1003' }), 9000);
    house.storage.save(record('s3', { callee: '1003', destination: '1003' }), 9000);
    const [front, chief] = [await house.connect(), await house.connect()];
    await front.open('1001');
    await chief.open('1004');
    const ids = async (client: Client, filter: object) =>
      (await client.ask('history.query', filter)).records.map(({ callId }) => callId).sort();
    assert.deepEqual(await ids(front, {}), ['s1', 's3']);
    assert.deepEqual(await ids(front, { extension: '1003' }), ['s3']);
    assert.deepEqual(await ids(front, { callId: 's2' }), []);
    assert.deepEqual(await ids(chief, {}), ['s1', 's2', 's3']);
    assert.deepEqual(await ids(chief, { extension: '1003' }), ['s2', 's3']);
    const paged = await chief.ask('history.query', { page: 1, rows: 2 });
    assert.deepEqual([paged.total, paged.records.length], [3, 1]);
    assert.deepEqual(await ids(chief, { own: 'all' }), [], 'one’s own, where everybody’s may be seen');
    for (const client of [front, chief]) await client.close();
    await house.close();
  });

  it('has a call as soon as its end is told', async () => {
    const house = await startHouse();
    const [front, sales] = [await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    const { callId, sessionId } = await talking(front, sales, '1002');
    assert.equal((await front.ask('history.query', {})).total, 0, 'a call that goes on is not history');
    void front.ask('call.hangup', { callId });
    await sales.event('session.closed');
    const { records } = await sales.ask('history.query', {});
    assert.deepEqual(
      records.map((each) => [each.callId, each.state, each.caller, each.callee, each.answeredAt !== null]),
      [[sessionId, 'CallerHungUp', '1001', '1002', true]],
    );
    for (const client of [front, sales]) await client.close();
    await house.close();
  });

  it('has a call as missed only where nobody answered, on whichever phone', async () => {
    const house = await startHouse();
    const clients = [
      await house.connect(),
      await house.connect(),
      await house.connect(),
      await house.connect(),
    ];
    const [front, desk, mobile, support] = clients as [Client, Client, Client, Client];
    await front.open('1001');
    await desk.open('1002');
    await mobile.open('1002');
    await support.open('1003');
    const own = async (client: Client, kind: 'incoming' | 'missed') =>
      (await client.ask('history.query', { own: kind })).records.map((each) => [each.callee, each.state]);

    // The other phone of the extension answers; then another extension picks up; then nobody is there in time.
    const { callId } = await talking(front, mobile, '1002');
    await front.ask('call.hangup', { callId });
    assert.equal(desk.told('call.changed').at(-1)!.endReason, 'answered-elsewhere');
    await front.ask('call.start', { callId: 'second', to: '1002', offer: 'v=0 caller', video: false });
    await front.event('call.changed', (call) => call.id === 'second' && call.state === 'ringing');
    await support.ask('call.pickup', { callId: 'picked', extension: '1002', offer: 'v=0 support' });
    await front.ask('call.hangup', { callId: 'second' });
    const talked = [
      ['1003', 'CallerHungUp'],
      ['1002', 'CallerHungUp'],
    ];
    assert.deepEqual(await own(desk, 'incoming'), talked);
    assert.deepEqual(await own(desk, 'missed'), []);
    await front.ask('call.start', { callId: 'third', to: '1002', offer: 'v=0 caller', video: false });
    await front.event('call.changed', (call) => call.id === 'third' && call.state === 'ringing');
    await front.ask('call.hangup', { callId: 'third' });
    assert.deepEqual(await own(desk, 'missed'), [['1002', 'Cancelled']]);
    assert.deepEqual(await own(support, 'missed'), []);
    for (const client of clients) await client.close();
    await house.close();
  });

  it('cannot be searched without end', async () => {
    const clock = new FakeClock();
    const house = await startHouse({}, { clock });
    const client = await house.connect();
    await client.open('1004');
    for (let count = 0; count < 10; count += 1) await client.ask('history.query', {});
    const { reason, retryAfterMs } = await client.fails('history.query', {});
    assert.equal(reason, 'rate-limited');
    clock.pass(retryAfterMs!);
    await client.ask('history.query', {});
    await client.close();
    await house.close();
  });
});

describe('the path of a call’s media', () => {
  it('is broken for who is in the call, and only where simulated faults are allowed', async () => {
    const house = await startHouse();
    const [front, sales] = [await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    const { callId } = await talking(front, sales, '1002');
    const broken = () => [...house.media.legs].map((leg) => [leg.offer, leg.broken]);
    assert.equal((await front.fails('call.break', { callId })).reason, 'forbidden');
    house.system.reconfigure({ ...house.settings, simulateFaults: true });
    assert.equal((await sales.fails('call.break', { callId })).reason, 'not-found');
    assert.deepEqual(broken(), [
      ['v=0 caller', 0],
      ['v=0 callee', 0],
    ]);
    await front.ask('call.break', { callId });
    assert.deepEqual(broken(), [
      ['v=0 caller', 1],
      ['v=0 callee', 0],
    ]);
    for (const client of [front, sales]) await client.close();
    await house.close();
  });
});

describe('the availability of a webphone', () => {
  it('is told to anybody for an outside line, and for extensions only to who has signed in', async () => {
    const house = await startHouse({
      conferences: [{ id: '5000', name: 'Conference' }],
      outsideLines: [
        { id: 'website', type: 'webphone', name: 'Web site', token: 'website', rings: '1001' },
        { id: 'room', type: 'webphone', name: 'Room', token: 'room', rings: '5000' },
      ],
    });
    const [stranger, desk, visitor] = [await house.connect(), await house.connect(), await house.connect()];
    await desk.open('1002');
    await visitor.openByToken('room');
    const seen = async (client: Client) =>
      Promise.all(
        ['website', 'room', '1001', '1002', '5000', 'nonsense', 'constructor'].map(
          async (id) => (await client.ask('webphone.check', { id })).available,
        ),
      );
    assert.deepEqual(await seen(stranger), [false, true, false, false, false, false, false]);
    assert.deepEqual(await seen(visitor), [false, true, false, false, false, false, false]);
    const front = await house.connect();
    await front.open('1001');
    assert.deepEqual((await stranger.ask('webphone.check', { id: 'website' })).available, true);
    assert.deepEqual((await desk.ask('webphone.check', { id: '1001' })).available, true);
    assert.deepEqual((await stranger.ask('webphone.check', { id: '1001' })).available, false);
    for (const client of [stranger, desk, visitor, front]) await client.close();
    await house.close();
  });

  it('cannot be asked for without end', async () => {
    const clock = new FakeClock();
    const house = await startHouse({}, { clock });
    const ask = async () => {
      const client = await house.connect();
      const outcomes = [];
      for (let count = 0; count < 12; count += 1) {
        outcomes.push(await client.send({ id: count, method: 'webphone.check', params: { id: 'website' } }));
      }
      await client.close();
      return outcomes.filter((outcome) => 'reason' in (outcome as object)).length;
    };
    // Twenty from one address, however many connections it has.
    assert.deepEqual([await ask(), await ask()], [0, 4]);
    clock.pass(1000);
    assert.equal(await ask(), 10);
    await house.close();
  });
});
