import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { FakeLeg } from './fake-media.js';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

describe('calls merged into a conference', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;
  let boss: Phone;

  beforeEach(() => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
    boss = office.phone('1004', 'all');
  });
  afterEach(() => office.mustBeQuiet());

  /** Front desk calls sales, holds it, and calls support. */
  async function two() {
    const [first, atSales] = await office.talking(front, sales);
    front.hold(first);
    const [second, atSupport] = await office.talking(front, support);
    return { first, second, atSales, atSupport };
  }
  async function three() {
    const calls = await two();
    front.hold(calls.second);
    const [third, atBoss] = await office.talking(front, boss);
    return { ...calls, third, atBoss };
  }

  const who = (names: readonly string[]) =>
    names.map((name) => name.replace(/^v=0 /, '')).map((id) => numbers().get(id) ?? id);
  const numbers = () =>
    new Map([front, sales, support, boss].map(({ contact, number }) => [contact.id, number]));
  const hears = (leg: FakeLeg | undefined) => who(leg?.hearsAll ?? []).sort();
  /** Whom each of the phones hears, on all its legs together. */
  const heard = () =>
    Object.fromEntries(
      [front, sales, support, boss]
        .filter((phone) => phone.media().length > 0)
        .map((phone) => [phone.number, phone.media().flatMap(hears).sort()]),
    );

  it('lets everybody hear the others once, and nobody himself', async () => {
    const { first, second } = await two();
    const id = front.merge(first, second);
    assert.deepEqual(heard(), {
      '1001': ['1002', '1003'],
      '1002': ['1001', '1003'],
      '1003': ['1001', '1002'],
    });
    assert.deepEqual([front.call(first).conference, front.call(second).conference], [id, id]);
    assert.equal(front.call(first).heldLocally, false);
    for (const phone of [sales, support]) {
      const call = phone.told('call.changed').at(-1)!;
      assert.deepEqual([call.conference, call.heldRemotely, call.remote.number], [null, false, '1001']);
    }
    front.hangUp(first);
    front.hangUp(second);
  });

  it('leaves the calls their sessions, states and records', async () => {
    const { first, second } = await two();
    const sessions = [first, second].map((id) => front.call(id).sessionId);
    front.merge(first, second);
    for (const id of sessions) assert.equal(office.session(id).state, 'InCall');
    assert.equal(office.exchange.sessionsFor(boss.contact).length, 2);
    office.clock.pass(4000);
    front.hangUp(first);
    front.hangUp(second);
    const ended = office.saved.filter(({ endedAt }) => endedAt !== null);
    assert.deepEqual(
      ended.map(({ session }) => [session.id, session.state, session.talk.ms]),
      sessions.map((id) => [id, 'CallerHungUp', 4000]),
    );
  });

  it('are taken apart: one goes on, the others are on hold', async () => {
    const { first, second, third } = await three();
    front.merge(first, second, third);
    front.split(second);
    assert.deepEqual(heard(), {
      '1001': ['1003'],
      '1002': ['music'],
      '1003': ['1001'],
      '1004': ['music'],
    });
    for (const id of [first, second, third]) {
      assert.deepEqual([front.call(id).conference, front.call(id).heldLocally], [null, id !== second]);
    }
    assert.equal(office.media.mixers.size, 0);
    await refused('wrong-state', () => front.split(second));
    for (const id of [first, second, third]) front.hangUp(id);
  });

  it('takes more calls in, one by one', async () => {
    const { first, second, third } = await three();
    const id = front.merge(first, second);
    assert.equal(front.merge(third, first), id);
    assert.deepEqual(heard()['1004'], ['1001', '1002', '1003']);
    assert.deepEqual(heard()['1001'], ['1002', '1003', '1004']);
    for (const each of [first, second, third]) front.hangUp(each);
  });

  it('goes on without who hangs up; the last call is single again', async () => {
    const { first, second, third, atSales, atSupport } = await three();
    front.merge(first, second, third);
    // The one by which the front desk speaks and hears.
    sales.hangUp(atSales);
    assert.deepEqual(heard(), {
      '1001': ['1003', '1004'],
      '1003': ['1001', '1004'],
      '1004': ['1001', '1003'],
    });
    support.hangUp(atSupport);
    assert.deepEqual([heard()['1001'], heard()['1004']], [['1004'], ['1001']]);
    assert.equal(front.call(third).conference, null);
    assert.equal(front.call(third).heldLocally, false);
    assert.equal(office.media.mixers.size, 0, 'two talk without a mixer');
    front.hangUp(third);
  });

  it('ends for everybody whose call its phone hangs up', async () => {
    const { first, second, third, atSales, atSupport } = await three();
    front.merge(first, second, third);
    front.hangUp(first);
    assert.equal(sales.call(atSales).endReason, 'remote-hung-up');
    assert.deepEqual(heard()['1003'], ['1001', '1004']);
    front.lose();
    assert.equal(support.call(atSupport).endReason, 'remote-hung-up');
  });

  it('goes on without who holds or is held, and without music', async () => {
    const { first, second, third, atSales } = await three();
    front.merge(first, second, third);
    sales.hold(atSales);
    assert.deepEqual(heard(), {
      '1001': ['1003', '1004'],
      '1002': [],
      '1003': ['1001', '1004'],
      '1004': ['1001', '1003'],
    });
    sales.unhold(atSales);
    front.hold(second);
    assert.deepEqual(heard(), {
      '1001': ['1002', '1004'],
      '1002': ['1001', '1004'],
      '1003': ['music'],
      '1004': ['1001', '1002'],
    });
    front.hold(first);
    front.hold(third);
    assert.deepEqual(heard(), { '1001': [], '1002': ['music'], '1003': ['music'], '1004': ['music'] });
    for (const id of [first, second, third]) front.unhold(id);
    assert.deepEqual(heard()['1001'], ['1002', '1003', '1004']);
    office.exchange.sessionControl.hold(boss.contact, front.call(first).sessionId, true);
    assert.deepEqual([heard()['1002'], heard()['1003']], [['music'], ['1001', '1004']]);
    for (const id of [first, second, third]) front.hangUp(id);
  });

  it('follows a party that is transferred away, and takes in who comes for one', async () => {
    const { first, second, atSupport } = await two();
    front.merge(first, second);
    support.transfer(atSupport, '1004');
    assert.deepEqual(heard(), { '1001': ['1002'], '1002': ['1001'], '1003': [] });
    await boss.accept(boss.ringing());
    assert.deepEqual(heard(), {
      '1001': ['1002', '1004'],
      '1002': ['1001', '1004'],
      '1004': ['1001', '1002'],
    });
    assert.equal(front.call(second).remote.number, '1004');
    front.transfer(second, '1003');
    assert.deepEqual([heard()['1001'], heard()['1002'], heard()['1004']], [['1002'], ['1001'], ['music']]);
    await support.accept(support.ringing());
    assert.deepEqual([heard()['1003'], heard()['1004']], [['1004'], ['1003']]);
    assert.deepEqual([heard()['1001'], heard()['1002']], [['1002'], ['1001']]);
    assert.equal(front.call(first).conference, null);
    front.hangUp(first);
    boss.hangUp(boss.told('call.changed').at(-1)!.id);
  });

  it('comes back when a transfer comes to nothing', async () => {
    const { first, second } = await two();
    front.merge(first, second);
    front.transfer(first, '1004');
    boss.reject(boss.ringing());
    assert.deepEqual(heard()['1001'], ['1002', '1003']);
    assert.deepEqual(heard()['1002'], ['1001', '1003']);
    front.hangUp(first);
    front.hangUp(second);
  });

  it('is left by joining two of its calls; the rest go on', async () => {
    const { first, second, third } = await three();
    front.merge(first, second, third);
    front.join(first, second);
    assert.deepEqual(heard(), { '1001': ['1004'], '1002': ['1003'], '1003': ['1002'], '1004': ['1001'] });
    front.hangUp(third);
    sales.hangUp(sales.told('call.changed').at(-1)!.id);
  });

  it('is heard as a whole by who listens to one of its calls, for as long as it is one', async () => {
    const { first, second } = await two();
    front.merge(first, second);
    const listening = await boss.listen(front.call(second).sessionId);
    const mix = () => {
      const leg = boss.media().at(-1)!;
      assert.equal(leg.heard('audio'), 'mix');
      const [mixer] = [...office.media.mixers].filter((each) => each.names().includes('mix without itself'));
      return mixer && who(mixer.names()).sort();
    };
    // Support itself, and what support hears.
    assert.deepEqual(mix(), ['1003', 'mix without itself']);
    front.hold(second);
    assert.equal(mix(), undefined, 'not behind the back of who waits');
    front.unhold(second);
    front.split(second);
    assert.equal(mix(), undefined);
    assert.deepEqual(
      [...office.media.mixers].map((mixer) => who(mixer.names()).sort()),
      [['1001', '1003']],
    );
    boss.hangUp(listening);
    front.hangUp(first);
    front.hangUp(second);
  });

  it('lets one party be told something', async () => {
    const { first, second } = await two();
    front.merge(first, second);
    const player = office.media.createPlayer();
    const stop = office.exchange.thirdParty.announce(
      boss.contact,
      front.call(second).sessionId,
      'callee',
      player,
      () => {},
    );
    assert.equal(support.hears(), 'mix');
    stop();
    assert.deepEqual(heard()['1003'], ['1001', '1002']);
    front.hangUp(first);
    front.hangUp(second);
  });

  it('has at most one room in it, and its guests hear the rest', async () => {
    const { first, second } = await two();
    const room = await front.start('5000');
    front.merge(first, second, room);
    assert.deepEqual(heard()['1002'], ['1001', '1003', 'mix without itself']);
    const again = await front.start('5000');
    await refused('wrong-state', () => front.merge(first, again));
    assert.equal(front.call(again).conference, null, 'nothing was changed');
    for (const id of [first, second, room, again]) front.hangUp(id);
  });

  it('refuses calls that are not answered, not there or not its own, and changes nothing', async () => {
    const { first, second, atSales } = await two();
    const ringing = await front.start('1004');
    await refused('wrong-state', () => front.merge(first, ringing));
    await refused('not-found', () => front.merge(first, 'none'));
    await refused('not-found', () => front.merge(first, atSales));
    await refused('not-found', () => front.split(atSales));
    const listening = await boss.listen(front.call(first).sessionId);
    await refused('wrong-state', () => boss.merge(listening, boss.ringing()));
    front.transfer(first, '1004');
    await refused('wrong-state', () => front.merge(first, second));
    assert.equal(front.call(first).heldLocally, true);
    assert.equal(front.call(second).conference, null);
    for (const id of [first, second, ringing]) front.hangUp(id);
    for (const phone of [sales, boss]) {
      for (const call of office.exchange.callsOf(phone.contact)) phone.hangUp(call.id);
    }
  });

  it('cannot be in another one, by merging or by what others do', async () => {
    const { first, second, atSales } = await two();
    front.merge(first, second);
    const [toBoss] = await office.talking(sales, boss);
    await refused('wrong-state', () => sales.merge(atSales, toBoss));
    sales.hangUp(toBoss);

    // The boss has sales in a conference too, and sales connects the two.
    const [bossToSales, atSalesToo] = await office.talking(boss, sales);
    const other = office.phone('1003');
    const third = await boss.start('1003');
    await other.accept(other.ringing());
    boss.merge(bossToSales, third);
    sales.join(atSales, atSalesToo);
    const [mine, theirs] = [front.call(first), boss.call(bossToSales)];
    assert.deepEqual([mine.remote.number, theirs.remote.number], ['1004', '1001']);
    const left = [mine, theirs].filter(({ conference }) => conference === null);
    assert.equal(left.length, 1, 'one conference lets its call go');
    assert.equal(left[0]!.heldLocally, true);
    assert.ok(!heard()['1001']!.includes('1001') && !heard()['1004']!.includes('1004'));
    for (const id of [first, second]) front.hangUp(id);
    boss.hangUp(third);
  });

  it('has no phone in it twice', async () => {
    const { first, second } = await two();
    const again = await front.start('1002');
    await sales.accept(sales.ringing());
    await refused('wrong-state', () => front.merge(first, second, again));
    for (const id of [first, second, again]) front.hangUp(id);
  });
});
