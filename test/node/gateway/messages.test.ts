/** Text messages to numbers, over real sockets. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { IncomingSms } from '../../../src/pbx/messages/index.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { startHouse } from './client.js';
import type { Client, House } from './client.js';

let house: House;
const clients: Client[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

async function signIn(extension: string): Promise<Client> {
  const client = await house.connect();
  clients.push(client);
  await client.open(extension);
  return client;
}

async function visit(): Promise<{ visitor: Client; number: string }> {
  const visitor = await house.connect();
  clients.push(visitor);
  const { identity } = await visitor.openByToken('website');
  return { visitor, number: identity.number };
}

describe('a message to an extension', () => {
  it('is told on every phone of it, and its sender is told that it was delivered, after the answer', async () => {
    house = await startHouse();
    const [front, sales, alsoSales, support] = await Promise.all(
      ['1001', '1002', '1002', '1003'].map(signIn),
    );
    const order: string[] = [];
    front!.socket.on('message', (data) => {
      const { id, method } = JSON.parse((data as Buffer).toString()) as { id?: number; method?: string };
      order.push(method ?? `answer ${id}`);
    });
    const { messageId } = await front!.ask('message.send', { to: '1002', text: 'Lunch?\nAt one.' });
    for (const phone of [sales!, alsoSales!]) {
      const { at, ...message } = await phone.event('message');
      assert.deepEqual(message, {
        id: messageId,
        from: { number: '1001', name: 'Desk 1001' },
        to: '1002',
        text: 'Lunch?\nAt one.',
      });
      assert.ok(Math.abs(at - Date.now()) < 60_000);
    }
    assert.deepEqual(await front!.event('message.report'), { id: messageId, delivered: true });
    assert.deepEqual(order.slice(-2), ['answer 2', 'message.report']);
    await support!.ask('connection.ping', {});
    assert.deepEqual(support!.told('message'), [], 'nobody else is told');
  });

  it('with no phone is reported as not delivered, on all phones of the sender', async () => {
    house = await startHouse({ keepMessagesDays: 0 });
    const [front, alsoFront] = [await signIn('1001'), await signIn('1001')];
    const { messageId } = await front.ask('message.send', { to: '1003', text: 'Hello' });
    for (const phone of [front, alsoFront]) {
      assert.deepEqual(await phone.event('message.report'), { id: messageId, delivered: false });
    }
    assert.deepEqual(await front.ask('message.conversations', {}), { conversations: [], more: false });
  });

  it('waits for who is not there, and is delivered when that one looks', async () => {
    house = await startHouse();
    const front = await signIn('1001');
    const { messageId } = await front.ask('message.send', { to: '1003', text: 'Hello' });
    assert.deepEqual(await front.event('message.report'), { id: messageId, delivered: false, kept: true });
    assert.equal((await front.ask('message.list', { with: '1003' })).messages[0]!.state, 'sent');

    const support = await signIn('1003');
    const { conversations } = await support.ask('message.conversations', {});
    assert.deepEqual(await front.event('message.report', ({ delivered }) => delivered), {
      id: messageId,
      delivered: true,
    });
    const { at, ...last } = conversations[0]!.last;
    assert.ok(Math.abs(at - Date.now()) < 60_000);
    assert.deepEqual(conversations, [
      { with: { number: '1001', name: 'Desk 1001' }, unread: 1, last: { ...last, at } },
    ]);
    assert.deepEqual(last, {
      id: messageId,
      from: { number: '1001', name: 'Desk 1001' },
      to: { number: '1003', name: 'Desk 1003' },
      text: 'Hello',
      state: 'delivered',
    });
  });

  it('goes where the dial plan leads', async () => {
    house = await startHouse({ dialPlan: { rules: [{ pattern: '0', to: '1002' }] } });
    const [front, sales] = [await signIn('1001'), await signIn('1002')];
    await front.ask('message.send', { to: '0', text: 'Hello' });
    assert.equal((await sales.event('message')).to, '1002');
  });

  it('to a number nobody has, and to a conference, fails', async () => {
    house = await startHouse({ conferences: [{ id: '5000', name: 'Room' }] });
    const front = await signIn('1001');
    for (const to of ['4711', '5000']) {
      const { reason, message } = await front.fails('message.send', { to, text: 'Hello' });
      assert.deepEqual([reason, message], ['not-found', `There is nobody who takes messages at ${to}.`]);
    }
    assert.equal((await front.fails('message.send', { to: '1002', text: '' })).reason, 'invalid-params');
    const long = { to: '1002', text: 'x'.repeat(4001) };
    assert.equal((await front.fails('message.send', long)).reason, 'invalid-params');
  });

  it('needs somebody who has signed in', async () => {
    house = await startHouse();
    const stranger = await house.connect();
    clients.push(stranger);
    const { reason } = await stranger.fails('message.send', { to: '1001', text: 'Hello' });
    assert.equal(reason, 'not-signed-in');
  });

  it('cannot be sent too often', async () => {
    const clock = new FakeClock();
    house = await startHouse({}, { clock });
    const front = await signIn('1001');
    for (let count = 0; count < 20; count += 1) {
      await front.ask('message.send', { to: '1002', text: 'Hello' });
    }
    const { reason, retryAfterMs } = await front.fails('message.send', { to: '1002', text: 'Hello' });
    assert.deepEqual([reason, retryAfterMs], ['rate-limited', 1000]);
    clock.pass(1000);
    await front.ask('message.send', { to: '1002', text: 'Hello' });
  });
});

describe('a visitor of a web site', () => {
  it('writes to the number of its line and to no other, and is written to', async () => {
    // The dial plan does not count for visitors: it could lead elsewhere.
    house = await startHouse({ dialPlan: { rules: [{ pattern: '1001', to: '1004' }] } });
    const [front, chief] = [await signIn('1001'), await signIn('1004')];
    const { visitor, number } = await visit();
    const { messageId } = await visitor.ask('message.send', { to: '1001', text: 'Are you open?' });
    const question = await front.event('message');
    assert.deepEqual([question.id, question.from], [messageId, { number, name: 'Web site' }]);
    assert.equal((await visitor.event('message.report')).delivered, true);
    for (const to of ['1002', '1004', '+36 1 234'.replaceAll(' ', '')]) {
      assert.equal((await visitor.fails('message.send', { to, text: 'Hello' })).reason, 'forbidden');
    }
    await front.ask('message.send', { to: number, text: 'Until six.' });
    assert.equal((await visitor.event('message')).text, 'Until six.');
    await chief.ask('connection.ping', {});
    assert.deepEqual(chief.told('message'), []);
  });
});

describe('a message to an API extension', () => {
  const apiExtensions = [{ id: '9999', name: 'Script' }];

  it('is handed to whoever takes it, whose word is the report', async () => {
    house = await startHouse({ apiExtensions, dialPlan: { rules: [{ pattern: '77', to: '9999' }] } });
    const taken: IncomingSms[] = [];
    const stop = house.system.messages.onIncoming((sms) => {
      taken.push(sms);
      return Promise.resolve(sms.text === 'Yes');
    });
    const front = await signIn('1001');
    const reports: boolean[] = [];
    for (const [to, text] of [
      ['9999', 'Yes'],
      ['77', 'No'],
    ] as const) {
      const { messageId: id } = await front.ask('message.send', { to, text });
      reports.push((await front.event('message.report', (report) => report.id === id)).delivered);
      assert.deepEqual(taken.at(-1), { id, sender: '1001', recipient: to, text, apiExtension: '9999' });
    }
    assert.deepEqual(reports, [true, false]);
    stop();
    const { messageId } = await front.ask('message.send', { to: '9999', text: 'Yes' });
    const report = await front.event('message.report', ({ id }) => id === messageId);
    assert.equal(report.delivered, false, 'nobody takes it any more');
  });

  it('that fails, or comes too often, is not delivered', async () => {
    const clock = new FakeClock();
    house = await startHouse({ apiExtensions }, { clock });
    const { messages } = house.system;
    let taken = 0;
    messages.onIncoming((sms) => {
      taken += 1;
      return sms.text === 'fail' ? Promise.reject(new Error('broken')) : Promise.resolve(true);
    });
    const sent = async (text: string) => {
      const id = `${text}-${Math.random()}`;
      const reported = new Promise<boolean>((resolve) => {
        const stop = messages.onReport((report) => {
          if (report.id !== id) return;
          stop();
          resolve(report.delivered);
        });
      });
      const reportTo = { apiExtension: '9999', url: 'https://site.example/' };
      await messages.send({ id, sender: '1', recipient: '9999', text, reportTo });
      return reported;
    };
    assert.equal(await sent('fail'), false);
    assert.ok(house.logged.some((line) => line.includes('broken')));
    for (let count = 1; count < 100; count += 1) assert.equal(await sent('loop'), true);
    assert.equal(await sent('loop'), false);
    assert.equal(taken, 100);
    clock.pass(1000);
    assert.equal(await sent('loop'), true);
  });
});

describe('what was written', () => {
  it('is listed page by page, the latest first, for the two it is between and nobody else', async () => {
    house = await startHouse();
    const [front, sales, support] = await Promise.all(['1001', '1002', '1003'].map(signIn));
    const texts = ['one', 'two', 'three'];
    for (const [at, text] of texts.entries()) {
      const [from, to] = at % 2 ? [sales!, '1001'] : [front!, '1002'];
      await from.ask('message.send', { to, text });
    }
    await front!.ask('message.send', { to: '1003', text: 'another' });
    const first = await sales!.ask('message.list', { with: '1001', rows: 2 });
    assert.deepEqual([first.messages.map(({ text }) => text), first.more], [['three', 'two'], true]);
    const before = first.messages.at(-1)!.id;
    const second = await sales!.ask('message.list', { with: '1001', rows: 2, before });
    assert.deepEqual([second.messages.map(({ text }) => text), second.more], [['one'], false]);
    assert.deepEqual(await support!.ask('message.list', { with: '1002' }), { messages: [], more: false });
    assert.deepEqual(
      (await support!.ask('message.conversations', {})).conversations.map(({ last }) => last.text),
      ['another'],
    );
    const page = await front!.ask('message.conversations', { rows: 1 });
    assert.deepEqual([page.conversations.map((one) => one.with.number), page.more], [['1003'], true]);
    const next = await front!.ask('message.conversations', { rows: 1, page: 1 });
    assert.deepEqual([next.conversations.map((one) => one.with.number), next.more], [['1002'], false]);
    for (const rows of [0, 101, 1.5]) {
      assert.equal((await front!.fails('message.list', { with: '1002', rows })).reason, 'invalid-params');
    }
  });

  it('is unread until one of the phones has seen it, and the others are told', async () => {
    house = await startHouse();
    const [front, sales, alsoSales] = await Promise.all(['1001', '1002', '1002'].map(signIn));
    const unread = async () => (await sales!.ask('message.conversations', {})).conversations[0]!.unread;
    await front!.ask('message.send', { to: '1002', text: 'one' });
    await front!.ask('message.send', { to: '1002', text: 'two' });
    assert.equal(await unread(), 2);
    assert.equal((await front!.ask('message.conversations', {})).conversations[0]!.unread, 0);
    await alsoSales!.ask('message.seen', { with: '1001' });
    assert.deepEqual(await sales!.event('message.seen'), { with: '1001' });
    assert.equal(await unread(), 0);
    await sales!.ask('message.seen', { with: '1001' });
    await alsoSales!.ask('connection.ping', {});
    assert.deepEqual(alsoSales!.told('message.seen'), [], 'nothing was new');
  });

  it('is told to the other phones of who wrote it, before what becomes of it', async () => {
    house = await startHouse();
    const [front, alsoFront, sales] = await Promise.all(['1001', '1001', '1002'].map(signIn));
    const { messageId } = await front!.ask('message.send', { to: '1002', text: 'one' });
    const { at, ...sent } = await alsoFront!.event('message.sent');
    assert.deepEqual(sent, { id: messageId, to: { number: '1002', name: 'Desk 1002' }, text: 'one' });
    assert.ok(Math.abs((await sales!.event('message')).at - at) < 1000);
    await alsoFront!.event('message.report');
    assert.deepEqual(front!.told('message.sent'), [], 'who wrote it knows');
    assert.deepEqual(sales!.told('message.sent'), []);
  });

  it('is of no use to who has not signed in', async () => {
    house = await startHouse();
    const stranger = await house.connect();
    clients.push(stranger);
    for (const [method, params] of [
      ['message.list', { with: '1001' }],
      ['message.conversations', {}],
      ['message.seen', { with: '1001' }],
    ] as const) {
      assert.equal((await stranger.fails(method, params)).reason, 'not-signed-in');
    }
  });
});
