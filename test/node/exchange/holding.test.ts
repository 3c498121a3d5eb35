import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { hearing } from '../../../src/pbx/exchange/hearing.js';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

describe('whom a party hears', () => {
  const idle = { connected: true, waiting: false, held: false, holding: false, transferring: false };
  const cases = [
    [{}, 'peer', 'peer'],
    [{ connected: false }, 'nobody', 'nobody'],
    [{ held: true }, 'music', 'nobody'],
    [{ holding: true }, 'nobody', 'nobody'],
    [{ held: true, holding: true }, 'music', 'nobody'],
    [{ waiting: true }, 'music', 'nobody'],
    [{ waiting: true, connected: false }, 'music', 'nobody'],
    [{ transferring: true }, 'nobody', 'nobody'],
    [{ connected: false, held: true }, 'nobody', 'nobody'],
  ] as const;
  for (const [difference, audio, video] of cases) {
    it(`${JSON.stringify(difference)}: ${audio}`, () => {
      assert.deepEqual(hearing({ ...idle, ...difference }), { audio, video });
    });
  }
});

describe('hold', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let dialed: string;
  let rung: string;

  beforeEach(async () => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    [dialed, rung] = await office.talking(front, sales);
  });
  afterEach(() => {
    front.hangUp(dialed);
    office.mustBeQuiet();
  });

  const flags = (phone: Phone, id: string) => [phone.call(id).heldLocally, phone.call(id).heldRemotely];

  it('by the caller', () => {
    front.hold(dialed);
    assert.equal(front.sessionStates().at(-1), 'CalleeOnHold');
    assert.deepEqual(flags(front, dialed), [true, false]);
    assert.deepEqual(flags(sales, rung), [false, true]);
    assert.deepEqual([front.hears(), sales.hears()], [null, 'music']);
    front.unhold(dialed);
    assert.equal(front.sessionStates().at(-1), 'InCall');
    assert.deepEqual(flags(sales, rung), [false, false]);
    assert.deepEqual([front.hears(), sales.hears()], [sales.contact.id, front.contact.id]);
  });

  it('by the callee', () => {
    sales.hold(rung);
    assert.equal(front.sessionStates().at(-1), 'CallerOnHold');
    assert.deepEqual([front.hears(), sales.hears()], ['music', null]);
    sales.unhold(rung);
  });

  it('by both, released one after the other', () => {
    front.hold(dialed);
    sales.hold(rung);
    assert.equal(front.sessionStates().at(-1), 'OnHold');
    assert.deepEqual([front.hears(), sales.hears()], ['music', 'music']);
    front.unhold(dialed);
    assert.equal(front.sessionStates().at(-1), 'CallerOnHold');
    assert.deepEqual([front.hears(), sales.hears()], ['music', null]);
    sales.unhold(rung);
    assert.equal(front.sessionStates().at(-1), 'InCall');
  });

  it('by a supervisor holds both; releasing it leaves the parties’ own holds', () => {
    const supervisor = office.phone('1004', 'all');
    const { sessionId } = front.call(dialed);
    office.exchange.sessionControl.hold(supervisor.contact, sessionId, true);
    assert.equal(supervisor.sessionStates().at(-1), 'OnHold');
    assert.deepEqual(flags(front, dialed), [false, true]);
    assert.deepEqual([front.hears(), sales.hears()], ['music', 'music']);
    front.hold(dialed);
    office.exchange.sessionControl.hold(supervisor.contact, sessionId, false);
    assert.equal(supervisor.sessionStates().at(-1), 'CalleeOnHold');
    front.unhold(dialed);
    assert.equal(supervisor.sessionStates().at(-1), 'InCall');
  });

  it('twice is the same as once', () => {
    front.hold(dialed);
    const states = front.sessionStates();
    front.hold(dialed);
    assert.deepEqual(front.sessionStates(), states);
    front.unhold(dialed);
    front.unhold(dialed);
    assert.equal(front.sessionStates().at(-1), 'InCall');
  });

  it('is refused while a call rings', async () => {
    const support = office.phone('1003');
    const id = await support.start('1002');
    await refused('wrong-state', () => support.hold(id));
    await refused('wrong-state', () => sales.hold(sales.ringing()));
    support.hangUp(id);
  });

  it('does not count as talk time', () => {
    office.clock.pass(10_000);
    front.hold(dialed);
    assert.deepEqual(front.call(dialed).talk, { ms: 10_000, since: null });
    office.clock.pass(7_000);
    front.unhold(dialed);
    assert.deepEqual(sales.call(rung).talk, { ms: 10_000, since: office.clock.now() });
    office.clock.pass(5_000);
    sales.hold(rung);
    const { sessionId } = front.call(dialed);
    assert.deepEqual(office.session(sessionId).talk, { ms: 15_000, since: null });
    assert.deepEqual(front.call(dialed).talk, { ms: 15_000, since: null });
    assert.equal(office.session(sessionId).stateSince, office.clock.now());
    sales.unhold(rung);
  });

  it('counts no talk time while it rings', () => {
    assert.equal(front.told('call.changed').find(({ state }) => state === 'ringing')?.talk.since, null);
  });
});
