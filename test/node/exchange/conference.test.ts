import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Office, refused, ROOM } from './office.js';
import type { Phone } from './office.js';

describe('a conference', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;

  beforeEach(() => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
  });
  afterEach(() => office.mustBeQuiet());

  const inRoom = () =>
    [...office.media.mixers]
      .flatMap((mixer) => mixer.names())
      .map((name) => name.replace(/^v=0 /, ''))
      .sort();
  const ids = (...phones: Phone[]) => phones.map(({ contact }) => contact.id).sort();

  it('answers at once; everybody hears the others', async () => {
    const watcher = office.phone('1004', ['sessions.view']);
    const first = await front.start('5000');
    assert.equal(front.call(first).state, 'active');
    assert.deepEqual(front.call(first).remote, { number: '5000', name: 'Conference' });
    assert.equal(front.hears(), 'mix without itself');
    const second = await sales.start('5000');
    assert.deepEqual(inRoom(), ids(front, sales));
    assert.equal(office.media.mixers.size, 1, 'one room');
    const session = office.session(sales.call(second).sessionId);
    assert.deepEqual(
      [session.state, session.callee, session.calleeName, session.destination, session.destinationType],
      ['InCall', '5000', 'Conference', '5000', 'Conference'],
    );
    assert.deepEqual(watcher.sessionStates(session.id), ['Setup', 'Ringing', 'InCall']);
    office.clock.pass(5000);
    front.hangUp(first);
    assert.deepEqual(inRoom(), ids(sales));
    assert.deepEqual(front.call(first).talk, { ms: 5000, since: null });
    sales.hangUp(second);
    assert.equal(office.media.mixers.size, 0, 'an empty room does nothing');
  });

  it('is shown like an extension: idle, or busy while somebody is in it', async () => {
    const room = () => office.registrar.list().find(({ id }) => id === '5000');
    const shown = { ...ROOM, kind: 'extension', type: 'Conference' };
    assert.deepEqual(room(), { ...shown, status: 'idle' });
    const ours = [await front.start('5000'), await sales.start('5000')];
    assert.deepEqual(room(), { ...shown, status: 'busy' });
    front.hangUp(ours[0]!);
    assert.deepEqual(room(), { ...shown, status: 'busy' });
    sales.hangUp(ours[1]!);
    const told = support.told('extension.changed').filter(({ id }) => id === '5000');
    assert.deepEqual(
      told.map(({ status }) => status),
      ['busy', 'idle'],
    );
  });

  it('hears nothing of who holds it, and is played no music', async () => {
    const id = await front.start('5000');
    front.hold(id);
    assert.deepEqual(inRoom(), []);
    assert.equal(front.hears(), null);
    assert.equal(front.sessionStates().at(-1), 'CalleeOnHold');
    front.unhold(id);
    assert.deepEqual(inRoom(), ids(front));
    const boss = office.phone('1004', 'all');
    office.exchange.sessionControl.hold(boss.contact, front.call(id).sessionId, true);
    assert.deepEqual(inRoom(), []);
    assert.equal(front.hears(), 'music');
    front.hangUp(id);
  });

  it('is where calls can be transferred, forwarded and joined to', async () => {
    const [dialed, rung] = await office.talking(front, sales);
    front.transfer(dialed, '5000');
    assert.equal(front.call(dialed).endReason, 'transferred');
    assert.equal(sales.call(rung).state, 'active');
    assert.deepEqual(inRoom(), ids(sales));

    const ringing = await front.start('1003');
    support.forward(support.ringing(), '5000');
    assert.equal(front.call(ringing).state, 'active');
    assert.deepEqual(inRoom(), ids(front, sales));

    const consult = await office.talking(front, support);
    front.join(consult[0], ringing);
    assert.deepEqual(inRoom(), ids(sales, support));
    assert.equal(support.hears(), 'mix without itself');
    assert.equal(support.call(consult[1]).remote.number, '5000');
    sales.hangUp(rung);
    support.hangUp(consult[1]);
  });

  it('can take over a party, and be transferred to one', async () => {
    const boss = office.phone('1004', 'all');
    const id = await front.start('5000');
    const { sessionId } = front.call(id);
    office.exchange.thirdParty.transfer(boss.contact, sessionId, 'caller', '1003');
    assert.deepEqual(support.call(support.ringing()).remote, { number: '5000', name: 'Conference' });
    assert.deepEqual(inRoom(), []);
    const rung = support.ringing();
    await support.accept(rung);
    assert.equal(front.call(id).endReason, 'transferred');
    assert.deepEqual(inRoom(), ids(support));
    assert.equal(support.hears(), 'mix without itself');
    support.hangUp(rung);
  });

  it('is never left alone with another one', async () => {
    const other = { id: '5001', name: 'Second' };
    office.exchange.reconfigure({ dialPlan: { rules: [], ringSeconds: 60 }, conferences: [ROOM, other] });
    const boss = office.phone('1004', 'all');
    const [first, second] = [await front.start('5000'), await front.start('5001')];
    await refused('wrong-state', () => front.join(first, second));
    const { sessionId } = front.call(first);
    for (const to of ['5001', '5000']) {
      office.exchange.thirdParty.transfer(boss.contact, sessionId, 'caller', to);
      assert.equal(boss.sessionStates(sessionId).at(-1), 'InCall');
      assert.equal(front.call(first).state, 'active');
    }
    front.hangUp(first);
    front.hangUp(second);
  });

  it('reads no messages', async () => {
    const id = await front.start('5000');
    await refused('wrong-state', () => front.message(id, 'Hello'));
    front.hangUp(id);
  });

  it('comes and goes with the configuration', async () => {
    const id = await front.start('5000');
    const rules = [{ pattern: '0', to: '5001' }];
    const conferences = [{ id: '5001', name: 'Second' }];
    office.exchange.reconfigure({ dialPlan: { rules, ringSeconds: 60 }, conferences });
    assert.equal(front.call(id).endReason, 'remote-hung-up');
    assert.deepEqual(front.told('extension.removed'), [{ id: '5000' }]);
    const gone = await front.start('5000');
    assert.equal(front.call(gone).endReason, 'not-found');
    const there = await front.start('0');
    assert.equal(front.call(there).remote.name, 'Second');
    office.exchange.reconfigure({ dialPlan: { rules, ringSeconds: 60 }, conferences });
    assert.equal(front.call(there).state, 'active', 'a room that stays keeps its guests');
    front.hangUp(there);
    office.exchange.reconfigure({ dialPlan: { rules: [], ringSeconds: 60 }, conferences: [ROOM] });
  });
});
