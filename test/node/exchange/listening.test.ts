import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

describe('listening to a session', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;
  let boss: Phone;
  let dialed: string;
  let rung: string;
  let sessionId: string;

  beforeEach(async () => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
    boss = office.phone('1004', ['sessions.listen']);
    [dialed, rung] = await office.talking(front, sales);
    ({ sessionId } = front.call(dialed));
  });
  afterEach(() => office.mustBeQuiet());

  /** The names of whom a listener hears. */
  const heard = () => {
    assert.equal(boss.hears(), 'mix');
    assert.equal(office.media.mixers.size, 1);
    const names = [...office.media.mixers][0]!.names();
    return names.map((name) => name.replace(/^v=0 /, '')).sort();
  };
  const ids = (...phones: Phone[]) => phones.map(({ contact }) => contact.id).sort();

  it('hears both parties, and they hear nothing of it', async () => {
    const told = [front.events.length, sales.events.length, support.events.length];
    const id = await boss.listen(sessionId);
    assert.deepEqual(heard(), ids(front, sales));
    assert.deepEqual([front.hears(), sales.hears()], [sales.contact.id, front.contact.id]);
    const call = boss.call(id);
    assert.deepEqual([call.kind, call.state, call.sessionId], ['listening', 'active', sessionId]);
    assert.deepEqual(call.remote, { number: '1001', name: 'Front desk' });
    assert.deepEqual(call.talk, { ms: 0, since: null });
    assert.equal(front.call(dialed).kind, 'call');
    assert.deepEqual(
      [front.events.length, sales.events.length, support.events.length],
      told,
      'nobody was told',
    );
    assert.equal(office.status('1004'), 'idle');
    assert.deepEqual(boss.sessionStates(), []);
    boss.hangUp(id);
    assert.equal(boss.call(id).endReason, 'hung-up');
    assert.equal(front.call(dialed).state, 'active');
    assert.equal(office.media.mixers.size, 0);
    front.hangUp(dialed);
  });

  it('hears what the parties say while they are on hold', async () => {
    const id = await boss.listen(sessionId);
    front.hold(dialed);
    assert.deepEqual([sales.hears(), front.hears()], ['music', null]);
    assert.deepEqual(heard(), ids(front, sales));
    front.hangUp(dialed);
    assert.equal(boss.call(id).endReason, 'remote-hung-up');
  });

  it('stays with the conversation through transfers', async () => {
    const id = await boss.listen(sessionId);
    front.transfer(dialed, '1003');
    assert.deepEqual(heard(), ids(front, sales), 'until the target answers');
    await support.accept(support.ringing());
    assert.deepEqual(heard(), ids(sales, support));
    const second = sales.call(rung).sessionId;
    assert.notEqual(second, sessionId);
    assert.equal(boss.call(id).sessionId, second);
    assert.deepEqual(boss.call(id).remote, { number: '1002', name: 'Sales' });
    sales.hangUp(rung);
    assert.equal(boss.call(id).endReason, 'remote-hung-up');
  });

  it('stays with who is left when a transfer is abandoned, and goes on to where it rings', async () => {
    const id = await boss.listen(sessionId);
    front.transfer(dialed, '1003');
    front.hangUp(dialed);
    assert.deepEqual(heard(), ids(sales));
    const desk = office.phone('1001');
    support.forward(support.ringing(), '1001');
    assert.deepEqual(heard(), ids(sales));
    await desk.accept(desk.ringing());
    assert.deepEqual(heard(), ids(sales, desk));
    assert.equal(boss.call(id).sessionId, sales.call(rung).sessionId);
    sales.hangUp(rung);
    assert.equal(boss.call(id).endReason, 'remote-hung-up');
  });

  it('ends with a transfer that finds nobody and no one left', async () => {
    const id = await boss.listen(sessionId);
    front.transfer(dialed, '1003');
    front.hangUp(dialed);
    support.reject(support.ringing());
    assert.equal(boss.call(id).endReason, 'remote-hung-up');
  });

  it('goes on in the session that two calls were joined to, also for those who listened to either', async () => {
    const consult = await office.talking(front, support);
    const first = await boss.listen(sessionId);
    const second = await boss.listen(front.call(consult[0]).sessionId);
    front.join(dialed, consult[0]);
    assert.deepEqual(heard(), ids(sales, support));
    const joined = sales.call(rung).sessionId;
    for (const id of [first, second]) {
      assert.equal(boss.call(id).state, 'active');
      assert.equal(boss.call(id).sessionId, joined);
    }
    boss.hangUp(first);
    assert.deepEqual(heard(), ids(sales, support), 'the other one listens on');
    sales.hangUp(rung);
    assert.equal(boss.call(second).endReason, 'remote-hung-up');
  });

  it('needs the privilege; without it nothing is said that one may not know', async () => {
    const modifier = office.phone('1003', ['sessions.view', 'sessions.modify']);
    await refused('forbidden', () => modifier.listen(sessionId));
    await refused('forbidden', () => office.phone('1001').listen(sessionId));
    await refused('not-found', () => support.listen(sessionId));
    await refused('not-found', () => office.visitor('Qdb3W').listen(sessionId));
    await refused('not-found', () => boss.listen('none'));
    assert.equal(office.media.mixers.size, 0);
    assert.equal(office.exchange.legCount, 2);
    front.hangUp(dialed);
  });

  it('begins with an answer, and not when it is over meanwhile', async () => {
    const ringing = await support.start('1004');
    await refused('wrong-state', () => boss.listen(support.call(ringing).sessionId));
    support.hangUp(ringing);
    await refused('media-failed', () => boss.listen(sessionId, { offer: 'v=0 broken' }));
    const listening = boss.listen(sessionId);
    front.hangUp(dialed);
    await refused('wrong-state', () => listening);
  });

  it('is no call that could be held, transferred, joined or written to', async () => {
    const id = await boss.listen(sessionId);
    await refused('wrong-state', () => boss.hold(id));
    await refused('wrong-state', () => boss.transfer(id, '1003'));
    await refused('wrong-state', () => boss.join(id, id));
    await refused('wrong-state', () => boss.message(id, 'Hello'));
    await refused('wrong-state', () => boss.forward(id, '1003'));
    await refused('wrong-state', () => boss.reject(id));
    office.exchange.sendingVideo(boss.contact, id, true);
    assert.equal(front.call(dialed).remoteVideo, false);
    front.hangUp(dialed);
  });

  it('ends with the listener’s connection or media, and nothing else does', async () => {
    await boss.listen(sessionId);
    boss.lose();
    assert.equal(office.media.mixers.size, 0);
    boss = office.phone('1004', ['sessions.listen']);
    const id = await boss.listen(sessionId);
    boss.media()[0]!.observer.failed('gone');
    assert.equal(boss.call(id).endReason, 'media-failed');
    assert.equal(front.call(dialed).state, 'active');
    front.hangUp(dialed);
  });

  it('ends when the phone system stops', async () => {
    const id = await boss.listen(sessionId);
    await office.exchange.close();
    assert.equal(boss.call(id).endReason, 'shutdown');
    await refused('shutting-down', () => boss.start('1001'));
  });
});
