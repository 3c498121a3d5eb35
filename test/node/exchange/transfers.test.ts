import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { MAX_HOPS } from '../../../src/pbx/dial-plan/index.js';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

describe('blind transfer', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;
  /** Front desk's call with sales, and sales' side of it. */
  let dialed: string;
  let rung: string;
  let sessionId: string;

  beforeEach(async () => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
    [dialed, rung] = await office.talking(front, sales);
    ({ sessionId } = front.call(dialed));
  });
  afterEach(() => office.mustBeQuiet());

  it('connects the other party with the target, under a new session', async () => {
    office.clock.pass(4000);
    front.transfer(dialed, '1003');
    assert.equal(front.call(dialed).state, 'active');
    assert.deepEqual(front.call(dialed).transfer, { to: '1003', state: 'ringing' });
    assert.deepEqual(front.sessionStates(sessionId).slice(-2), ['TransferRequested', 'Transferring']);
    assert.deepEqual([front.hears(), sales.hears()], [null, 'music']);
    assert.equal(sales.call(rung).heldRemotely, true);
    const third = support.ringing();
    assert.equal(support.call(third).remote.number, '1002');

    office.clock.pass(3000);
    await support.accept(third);
    assert.equal(front.call(dialed).endReason, 'transferred');
    assert.deepEqual(front.sessionStates(sessionId).at(-1), 'TransferCompleted');
    const call = sales.call(rung);
    assert.equal(call.state, 'active');
    assert.deepEqual(call.remote, { number: '1003', name: 'Support' });
    assert.notEqual(call.sessionId, sessionId);
    assert.equal(call.heldRemotely, false);
    assert.deepEqual(call.talk, { ms: 4000, since: office.clock.now() });
    const session = office.session(call.sessionId);
    assert.equal(session.masterId, sessionId);
    assert.equal(session.state, 'InCall');
    assert.deepEqual([session.caller, session.callee], ['1002', '1003']);
    assert.deepEqual(support.sessionStates(), ['TransferSetup', 'Ringing', 'InCall']);
    assert.deepEqual([sales.hears(), support.hears()], [support.contact.id, sales.contact.id]);
    sales.hangUp(rung);
    assert.equal(support.call(third).endReason, 'remote-hung-up');
  });

  it('works for the callee too, and once more from there', async () => {
    sales.transfer(rung, '1003');
    const third = support.ringing();
    await support.accept(third);
    assert.equal(front.call(dialed).remote.number, '1003');
    support.transfer(third, '1002');
    await sales.accept(sales.ringing());
    assert.equal(front.call(dialed).remote.number, '1002');
    assert.equal(office.session(front.call(dialed).sessionId).masterId, sessionId, 'the first of the chain');
    front.hangUp(dialed);
  });

  it('from a held call works the same', async () => {
    front.hold(dialed);
    front.transfer(dialed, '1003');
    await support.accept(support.ringing());
    assert.equal(sales.hears(), support.contact.id);
    sales.hangUp(rung);
  });

  it('to several phones: the first to accept has it', async () => {
    const laptop = office.phone('1003');
    front.transfer(dialed, '1003');
    const other = support.ringing();
    await laptop.accept(laptop.ringing());
    assert.equal(support.call(other).endReason, 'answered-elsewhere');
    assert.equal(sales.hears(), laptop.contact.id);
    sales.hangUp(rung);
  });

  const failures = [
    { name: 'an unknown number', to: '4711', reason: 'not-found', how: () => {} },
    { name: 'somebody absent', to: '1004', reason: 'unavailable', how: () => {} },
    { name: 'the party itself', to: '1002', reason: 'busy', how: () => {} },
    {
      name: 'somebody who declines',
      to: '1003',
      reason: 'rejected',
      how: () => support.reject(support.ringing()),
    },
    {
      name: 'somebody who does not answer',
      to: '1003',
      reason: 'no-answer',
      how: () => office.clock.pass(60_000),
    },
    {
      name: 'somebody whose connection breaks',
      to: '1003',
      reason: 'unavailable',
      how: () => support.lose(),
    },
  ] as const;
  for (const { name, to, reason, how } of failures) {
    it(`to ${name} fails, and the two talk on`, () => {
      office.clock.pass(1000);
      front.transfer(dialed, to);
      office.clock.pass(0);
      how();
      assert.deepEqual(front.call(dialed).transfer, { to, state: 'failed', reason });
      assert.deepEqual(front.sessionStates(sessionId).slice(-2), ['TransferFailed', 'InCall']);
      assert.equal(front.call(dialed).state, 'active');
      assert.deepEqual([front.hears(), sales.hears()], [sales.contact.id, front.contact.id]);
      assert.deepEqual(sales.call(rung).talk, { ms: 1000, since: office.clock.now() });
      front.hangUp(dialed);
    });
  }

  it('that fails from a held call leaves it held', () => {
    front.hold(dialed);
    front.transfer(dialed, '4711');
    assert.deepEqual(front.sessionStates(sessionId).slice(-2), ['TransferFailed', 'CalleeOnHold']);
    assert.deepEqual([front.hears(), sales.hears()], [null, 'music']);
    front.hangUp(dialed);
  });

  it('can be tried again after it failed', async () => {
    front.transfer(dialed, '4711');
    front.transfer(dialed, '1003');
    await support.accept(support.ringing());
    assert.equal(front.call(dialed).endReason, 'transferred');
    sales.hangUp(rung);
  });

  it('the other party leaves meanwhile: the target stops ringing', () => {
    front.transfer(dialed, '1003');
    const third = support.ringing();
    sales.hangUp(rung);
    assert.equal(support.call(third).endReason, 'cancelled');
    assert.equal(front.call(dialed).endReason, 'remote-hung-up');
    assert.equal(front.sessionStates(sessionId).at(-1), 'CalleeHungUp');
  });

  for (const how of ['hangs up', 'loses the connection'] as const) {
    const go = () => (how === 'hangs up' ? front.hangUp(dialed) : front.lose());

    it(`who asked ${how} meanwhile: the transfer goes on`, async () => {
      front.transfer(dialed, '1003');
      go();
      const waiting = sales.call(rung);
      assert.equal(waiting.state, 'active');
      assert.equal(waiting.heldRemotely, true);
      assert.equal(waiting.remote.number, '1003');
      assert.equal(sales.hears(), 'music');
      await support.accept(support.ringing());
      assert.equal(sales.hears(), support.contact.id);
      sales.hangUp(rung);
    });

    it(`who asked ${how} meanwhile, and nobody answers: the other party is told`, () => {
      front.transfer(dialed, '1003');
      go();
      office.clock.pass(60_000);
      assert.equal(sales.call(rung).endReason, 'no-answer');
    });

    it(`who asked ${how} meanwhile, then the other party: the target stops ringing`, () => {
      front.transfer(dialed, '1003');
      const third = support.ringing();
      go();
      sales.hangUp(rung);
      assert.equal(support.call(third).endReason, 'cancelled');
      assert.equal(sales.call(rung).endReason, 'hung-up');
    });
  }

  it('refuses another transfer until it is decided', async () => {
    const other = await front.start('1003');
    await support.accept(support.ringing());
    front.transfer(dialed, '1003');
    await refused('wrong-state', () => front.transfer(dialed, '1003'));
    await refused('wrong-state', () => sales.transfer(rung, '1003'));
    await refused('wrong-state', () => front.join(other, dialed));
    assert.equal(front.call(other).state, 'active');
    front.hangUp(other);
    support.reject(support.ringing());
    front.hangUp(dialed);
  });

  it('can be held meanwhile, which shows when it has failed', () => {
    front.transfer(dialed, '1003');
    front.hold(dialed);
    assert.equal(front.call(dialed).heldLocally, true);
    assert.equal(front.sessionStates(sessionId).at(-1), 'Transferring');
    assert.deepEqual([front.hears(), sales.hears()], [null, 'music']);
    support.reject(support.ringing());
    assert.equal(front.sessionStates(sessionId).at(-1), 'CalleeOnHold');
    front.hangUp(dialed);
  });

  it('the other party can hold meanwhile, which shows when it is through', async () => {
    front.transfer(dialed, '1003');
    front.hangUp(dialed);
    sales.hold(rung);
    assert.equal(sales.hears(), 'music');
    await support.accept(support.ringing());
    assert.deepEqual([sales.hears(), support.hears()], [null, 'music']);
    assert.equal(support.sessionStates().at(-1), 'CalleeOnHold');
    sales.hangUp(rung);
  });

  it('is refused before the answer', async () => {
    const id = await front.start('1003');
    await refused('wrong-state', () => front.transfer(id, '1002'));
    await refused('wrong-state', () => support.transfer(support.ringing(), '1002'));
    front.hangUp(id);
    front.hangUp(dialed);
  });

  it('the target sends the ringing call on: the transfer goes on there', async () => {
    const boss = office.phone('1004');
    front.transfer(dialed, '1003');
    const third = support.ringing();
    support.forward(third, '1004');
    assert.equal(support.call(third).endReason, 'forwarded');
    assert.equal(front.call(dialed).state, 'active');
    await boss.accept(boss.ringing());
    assert.equal(front.call(dialed).endReason, 'transferred');
    assert.equal(sales.hears(), boss.contact.id);
    sales.hangUp(rung);
  });

  it('the target is picked up by somebody else', async () => {
    const boss = office.phone('1004');
    front.transfer(dialed, '1003');
    const third = support.ringing();
    await boss.pickUp('1003');
    assert.equal(support.call(third).endReason, 'answered-elsewhere');
    assert.equal(sales.call(rung).remote.number, '1004');
    sales.hangUp(rung);
  });

  it('media that breaks meanwhile ends it all', () => {
    front.transfer(dialed, '1003');
    const third = support.ringing();
    sales.media()[0]!.observer.failed('gone');
    assert.equal(front.call(dialed).endReason, 'media-failed');
    assert.equal(support.call(third).endReason, 'cancelled');
  });

  it('a supervisor closes the session meanwhile', () => {
    const boss = office.phone('1004', 'all');
    front.transfer(dialed, '1003');
    const third = support.ringing();
    office.exchange.sessionControl.close(boss.contact, sessionId);
    assert.equal(front.call(dialed).endReason, 'closed');
    assert.equal(sales.call(rung).endReason, 'closed');
    assert.equal(support.call(third).endReason, 'cancelled');
  });

  it('a supervisor closes the session with the target: the two talk on', () => {
    const boss = office.phone('1004', 'all');
    front.transfer(dialed, '1003');
    const { sessionId: target } = support.call(support.ringing());
    office.exchange.sessionControl.close(boss.contact, target);
    assert.deepEqual(front.call(dialed).transfer, { to: '1003', state: 'failed', reason: 'closed' });
    front.hangUp(dialed);
  });
});

describe('attended transfer', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;
  let first: [string, string];
  let consult: [string, string];

  beforeEach(async () => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
    first = await office.talking(front, sales);
    front.hold(first[0]);
    consult = await office.talking(front, support);
  });
  afterEach(() => office.mustBeQuiet());

  it('connects the far sides', () => {
    const { sessionId } = front.call(first[0]);
    office.clock.pass(2000);
    front.join(first[0], consult[0]);
    assert.equal(front.call(first[0]).endReason, 'transferred');
    assert.equal(front.call(consult[0]).endReason, 'transferred');
    assert.deepEqual([sales.hears(), support.hears()], [support.contact.id, sales.contact.id]);
    assert.deepEqual(sales.call(first[1]).remote, { number: '1003', name: 'Support' });
    assert.deepEqual(support.call(consult[1]).remote, { number: '1002', name: 'Sales' });
    assert.equal(sales.call(first[1]).heldRemotely, false);
    const session = office.session(sales.call(first[1]).sessionId);
    assert.equal(session.id, support.call(consult[1]).sessionId);
    assert.equal(session.state, 'InCall');
    assert.equal(session.masterId, sessionId);
    assert.deepEqual(session.talk, { ms: 0, since: office.clock.now() });
    for (const id of [sessionId, front.call(consult[0]).sessionId]) {
      assert.deepEqual(front.sessionStates(id).slice(-2), ['TransferRequested', 'TransferCompleted']);
    }
    assert.equal(office.media.legCount, 2);
    support.hangUp(consult[1]);
    assert.equal(sales.call(first[1]).endReason, 'remote-hung-up');
  });

  it('works with the consultation on hold, and whichever call is named first', () => {
    front.hold(consult[0]);
    front.join(consult[0], first[0]);
    assert.deepEqual([sales.hears(), support.hears()], [support.contact.id, sales.contact.id]);
    sales.hangUp(first[1]);
  });

  it('keeps the hold a far side made', () => {
    sales.hold(first[1]);
    front.join(first[0], consult[0]);
    assert.equal(sales.call(first[1]).heldLocally, true);
    assert.equal(support.hears(), 'music');
    assert.equal(office.session(sales.call(first[1]).sessionId).state, 'CalleeOnHold');
    sales.unhold(first[1]);
    assert.equal(support.hears(), sales.contact.id);
    sales.hangUp(first[1]);
  });

  it('of two calls with the same phone connects it with itself; there it ends', async () => {
    front.hangUp(consult[0]);
    const again = await office.talking(front, sales);
    front.join(first[0], again[0]);
    assert.equal(sales.call(first[1]).remote.number, '1002');
    await refused('wrong-state', () => sales.join(first[1], again[1]));
    assert.equal(sales.call(first[1]).state, 'active');
    sales.hangUp(first[1]);
    assert.equal(sales.call(again[1]).endReason, 'remote-hung-up');
  });

  it('needs two different calls of one phone, both answered', async () => {
    const boss = office.phone('1004');
    const ringing = await front.start('1004');
    await refused('wrong-state', () => front.join(first[0], first[0]));
    await refused('wrong-state', () => front.join(first[0], ringing));
    await refused('wrong-state', () => front.join(ringing, first[0]));
    await refused('not-found', () => front.join(first[0], consult[1]));
    await refused('not-found', () => front.join(first[0], 'none'));
    await refused('not-found', () => boss.join(first[0], consult[0]));
    assert.equal(front.call(first[0]).state, 'active');
    for (const id of [ringing, first[0], consult[0]]) front.hangUp(id);
  });
});

describe('forwarding a call that rings', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;
  let dialed: string;
  let rung: string;

  beforeEach(async () => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
    dialed = await front.start('1002');
    rung = sales.ringing();
  });
  afterEach(() => office.mustBeQuiet());

  it('rings at the target, in a new session', async () => {
    const laptop = office.phone('1002');
    front.hangUp(dialed);
    dialed = await front.start('1002');
    rung = sales.ringing();
    const other = laptop.ringing();
    const { sessionId } = front.call(dialed);
    sales.forward(rung, '1003');
    assert.equal(sales.call(rung).endReason, 'forwarded');
    assert.equal(laptop.call(other).endReason, 'forwarded');
    assert.equal(front.sessionStates(sessionId).at(-1), 'Redirected');
    const call = front.call(dialed);
    assert.equal(call.state, 'ringing');
    assert.deepEqual(call.remote, { number: '1003', name: 'Support' });
    assert.equal(office.session(call.sessionId).masterId, sessionId);
    await support.accept(support.ringing());
    assert.equal(front.hears(), support.contact.id);
    front.hangUp(dialed);
  });

  it('to a number that cannot be reached is refused, and the call rings on', async () => {
    await refused('not-found', () => sales.forward(rung, '4711'));
    await refused('not-found', () => sales.forward(rung, '1004'));
    await refused('wrong-state', () => sales.forward(rung, '1001'));
    assert.equal(sales.call(rung).state, 'ringing');
    await sales.accept(rung);
    await refused('wrong-state', () => sales.forward(rung, '1003'));
    front.hangUp(dialed);
  });

  it('is not for the caller or for others', async () => {
    await refused('wrong-state', () => front.forward(dialed, '1003'));
    await refused('not-found', () => support.forward(rung, '1003'));
    front.hangUp(dialed);
  });

  it('in circles comes to an end', async () => {
    const phones = [sales, support];
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      const [from, to] = [phones[hop % 2]!, phones[(hop + 1) % 2]!];
      from.forward(from.ringing(), to.number);
    }
    await refused('not-found', () => sales.forward(sales.ringing(), '1003'));
    front.hangUp(dialed);
  });

  it('keeps no timer of the first call', () => {
    office.clock.pass(59_000);
    sales.forward(rung, '1003');
    office.clock.pass(1_000);
    assert.equal(front.call(dialed).state, 'ringing');
    office.clock.pass(59_000);
    assert.equal(front.call(dialed).endReason, 'no-answer');
  });
});
