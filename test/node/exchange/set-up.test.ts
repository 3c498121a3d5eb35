import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { MAX_CALLS_PER_CONTACT } from '../../../src/pbx/exchange/index.js';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

describe('setting up a call between two others', () => {
  let office: Office;
  let front: Phone;
  let laptop: Phone;
  let sales: Phone;
  let boss: Phone;

  beforeEach(() => {
    office = new Office();
    front = office.phone('1001');
    laptop = office.phone('1001');
    sales = office.phone('1002');
    boss = office.phone('1004', ['calls.setup', 'sessions.view']);
  });
  afterEach(() => office.mustBeQuiet());

  it('rings the caller on all its phones, then the callee, in one session', async () => {
    const sessionId = boss.setUp('1001', '1002');
    const [rung, other] = [front.ringing(), laptop.ringing()];
    assert.deepEqual(front.call(rung).remote, { number: '1002', name: 'Sales' });
    assert.deepEqual(sales.told('call.changed'), []);
    assert.equal(office.status('1001'), 'ringing');
    const waiting = office.session(sessionId);
    assert.deepEqual(
      [
        waiting.state,
        waiting.caller,
        waiting.callee,
        waiting.callerLegId,
        waiting.source,
        waiting.dialedNumber,
      ],
      ['Setup', '1001', '1002', '', '1001', '1002'],
    );

    await front.accept(rung);
    assert.equal(laptop.call(other).endReason, 'answered-elsewhere');
    assert.equal(front.call(rung).state, 'active');
    assert.equal(front.hears(), 'music');
    const called = sales.ringing();
    assert.deepEqual(sales.call(called).remote, { number: '1001', name: 'Front desk' });
    assert.equal(office.session(sessionId).callerLegId, rung);

    await sales.accept(called);
    assert.deepEqual([front.hears(), sales.hears()], [sales.contact.id, front.contact.id]);
    assert.deepEqual(boss.sessionStates(sessionId), ['Setup', 'Ringing', 'InCall']);
    assert.deepEqual(boss.told('call.changed'), [], 'who asked has no part in it');
    office.clock.pass(4000);
    sales.hangUp(called);
    assert.equal(front.call(rung).endReason, 'remote-hung-up');
    assert.equal(front.call(rung).talk.ms, 4000);
    assert.equal(boss.sessionStates(sessionId).at(-1), 'CalleeHungUp');
  });

  it('needs the privilege', async () => {
    const sessions = office.phone('1003', ['sessions.view', 'sessions.modify', 'sessions.listen']);
    await refused('forbidden', () => sessions.setUp('1001', '1002'));
    await refused('forbidden', () => front.setUp('1001', '1002'));
    await refused('forbidden', () => office.visitor('Qdb3W').setUp('1001', '1002'));
    assert.equal(office.exchange.sessionCount, 0);
    assert.deepEqual(front.told('call.changed'), []);
  });

  it('is refused when one of the two cannot be reached', async () => {
    await refused('not-found', () => boss.setUp('4711', '1002'));
    await refused('not-found', () => boss.setUp('1003', '1002'));
    await refused('not-found', () => boss.setUp('1001', '4711'));
    await refused('not-found', () => boss.setUp('1001', '1003'));
    await refused('not-found', () => boss.setUp('5000', '1002'));
    await refused('wrong-state', () => boss.setUp('1001', '1001'));
    assert.deepEqual(front.told('call.changed'), []);
  });

  const endings: [string, string, string, () => unknown][] = [
    ['the caller declines', 'Cancelled', 'rejected', () => front.reject(front.ringing())],
    ['the caller hangs up', 'Cancelled', 'rejected', () => front.hangUp(front.ringing())],
    ['the caller does not answer', 'NotAnswered', 'no-answer', () => office.clock.pass(60_000)],
    [
      'the caller’s phones are gone',
      'NotFound',
      'connection-lost',
      () => {
        laptop.lose();
        front.lose();
      },
    ],
  ];
  for (const [name, state, reason, how] of endings) {
    it(`ends when ${name}`, () => {
      const sessionId = boss.setUp('1001', '1002');
      const rung = front.ringing();
      how();
      assert.equal(boss.sessionStates(sessionId).at(-1), state);
      assert.equal(front.call(rung).endReason, reason);
      assert.deepEqual(sales.told('call.changed'), []);
    });
  }

  it('ends as any call does when the callee does not come', async () => {
    for (const [state, reason, how] of [
      ['Busy', 'rejected', () => sales.reject(sales.ringing())],
      ['NotAnswered', 'no-answer', () => office.clock.pass(60_000)],
      ['Cancelled', 'hung-up', () => front.hangUp(front.told('call.changed').at(-1)!.id)],
      ['NotFound', 'unavailable', () => sales.lose()],
    ] as const) {
      const sessionId = boss.setUp('1001', '1002');
      const rung = front.ringing();
      await front.accept(rung);
      how();
      assert.equal(boss.sessionStates(sessionId).at(-1), state);
      assert.equal(front.call(rung).endReason, reason);
    }
  });

  it('finds the callee gone when the caller answers', async () => {
    boss.setUp('1001', '1002');
    const rung = front.ringing();
    sales.lose();
    await front.accept(rung);
    assert.equal(front.call(rung).endReason, 'unavailable');
  });

  it('is not taken by others, nor sent elsewhere by the caller', async () => {
    const sessionId = boss.setUp('1001', '1002');
    await refused('not-found', () => office.phone('1003').pickUp('1001'));
    await refused('wrong-state', () => front.forward(front.ringing(), '1004'));
    const supervisor = office.phone('1004', 'all');
    const { exchange } = office;
    await refused('wrong-state', () => exchange.sessionControl.hold(supervisor.contact, sessionId, true));
    await refused('wrong-state', () =>
      exchange.sessionControl.forward(supervisor.contact, sessionId, '1004'),
    );
    const send = () => exchange.thirdParty.sendDigits(supervisor.contact, sessionId, 'caller', '1');
    await refused('wrong-state', send);
    await refused('wrong-state', () => supervisor.listen(sessionId));
    exchange.sessionControl.hangUp(supervisor.contact, sessionId);
    assert.equal(boss.sessionStates(sessionId).at(-1), 'Cancelled');
  });

  it('goes on when who asked is gone, and into a conference', async () => {
    boss.setUp('1001', '5000');
    boss.lose();
    const rung = front.ringing();
    await front.accept(rung);
    assert.equal(front.hears(), 'mix without itself');
    front.hangUp(rung);
  });

  it('is limited: one phone cannot make all others ring without end', async () => {
    for (let count = 0; count < MAX_CALLS_PER_CONTACT; count += 1) boss.setUp('1001', '1002');
    await refused('rate-limited', () => boss.setUp('1001', '1002'));
    front.reject(front.ringing());
    office.clock.pass(60_000);
  });
});
