import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { MediaSource } from '../../../src/pbx/media/engine.js';
import type { FakeMixer } from './fake-media.js';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

/** Something said, known by its name. */
const said = (name: string): MediaSource => ({
  subscribe: (_kind, listener) => {
    listener({ payload: Buffer.from(name), sequence: 0, timestamp: 0, marker: false, codec: 'opus' });
    return () => {};
  },
  requestKeyFrame: () => {},
});

describe('third-party call control', () => {
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;
  let boss: Phone;
  let dialed: string;
  let sessionId: string;
  const third = () => office.exchange.thirdParty;
  const mixed = () => [...office.media.mixers].map((mixer: FakeMixer) => mixer.names().sort());

  beforeEach(async () => {
    office = new Office();
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
    boss = office.phone('1004', 'all');
    [dialed] = await office.talking(front, sales);
    ({ sessionId } = front.call(dialed));
  });
  afterEach(() => office.mustBeQuiet());

  it('says something to one party, over the other’s voice', () => {
    let ended = 0;
    const stop = third().announce(boss.contact, sessionId, 'caller', said('news'), () => (ended += 1));
    assert.equal(front.hears(), 'mix');
    assert.deepEqual(mixed(), [['news', `v=0 ${sales.contact.id}`]]);
    assert.equal(sales.hears(), front.contact.id, 'the other hears nothing of it');
    sales.hold(sales.told('call.changed')[0]!.id);
    assert.deepEqual(mixed(), [['music', 'news']]);
    sales.unhold(sales.told('call.changed')[0]!.id);
    stop();
    stop();
    assert.equal(ended, 1);
    assert.equal(front.hears(), sales.contact.id);
    front.hangUp(dialed);
  });

  it('lets one announcement follow another, and ends it with the call', () => {
    const ends: string[] = [];
    third().announce(boss.contact, sessionId, 'callee', said('first'), () => ends.push('first'));
    const stop = third().announce(boss.contact, sessionId, 'callee', said('second'), () =>
      ends.push('second'),
    );
    assert.deepEqual(ends, ['first']);
    front.hangUp(dialed);
    assert.deepEqual(ends, ['first', 'second']);
    stop();
  });

  it('takes an announcement along when its party is transferred', async () => {
    third().announce(boss.contact, sessionId, 'caller', said('news'), () => {});
    sales.transfer(sales.told('call.changed')[0]!.id, '1003');
    await support.accept(support.ringing());
    assert.deepEqual(mixed(), [['news', `v=0 ${support.contact.id}`]]);
    front.hangUp(dialed);
  });

  it('taps both parties, through a transfer, until the end', async () => {
    let ended = 0;
    const stop = third().tap(
      boss.contact,
      sessionId,
      () => {},
      () => (ended += 1),
    );
    assert.deepEqual(mixed(), [[front, sales].map(({ contact }) => `v=0 ${contact.id}`)]);
    sales.transfer(sales.told('call.changed')[0]!.id, '1003');
    await support.accept(support.ringing());
    assert.deepEqual(mixed(), [[front, support].map(({ contact }) => `v=0 ${contact.id}`)]);
    front.hangUp(dialed);
    assert.equal(ended, 1);
    stop();
  });

  it('taps beside somebody who listens; the one who stops first does not stop the other', async () => {
    const listening = await boss.listen(sessionId);
    let ended = 0;
    const stop = third().tap(
      boss.contact,
      sessionId,
      () => {},
      () => (ended += 1),
    );
    boss.hangUp(listening);
    assert.equal(office.media.mixers.size, 1);
    stop();
    assert.equal(office.media.mixers.size, 0);
    front.hangUp(dialed);
    assert.equal(ended, 0, 'who has stopped is not told of the end');
  });

  it('connects the two whom somebody talks with', async () => {
    front.hold(dialed);
    const consultation = await front.start('1003');
    await support.accept(support.ringing());
    const other = front.call(consultation).sessionId;
    third().joinSessions(boss.contact, sessionId, other);
    assert.equal(front.call(dialed).endReason, 'transferred');
    assert.deepEqual([sales.hears(), support.hears()], [support.contact.id, sales.contact.id]);
    await refused('not-found', () => third().joinSessions(boss.contact, sessionId, other));
    sales.hangUp(sales.told('call.changed')[0]!.id);
  });

  it('is refused to those who may not, and where there is nothing to do', async () => {
    await refused('not-found', () =>
      third().announce(support.contact, sessionId, 'caller', said('x'), () => {}),
    );
    await refused('not-found', () =>
      third().tap(
        support.contact,
        sessionId,
        () => {},
        () => {},
      ),
    );
    const ringing = await support.start('1004');
    const { sessionId: second } = support.call(ringing);
    await refused('wrong-state', () => third().announce(boss.contact, second, 'callee', said('x'), () => {}));
    await refused('wrong-state', () =>
      third().tap(
        boss.contact,
        second,
        () => {},
        () => {},
      ),
    );
    await refused('wrong-state', () => third().joinSessions(boss.contact, sessionId, second));
    support.hangUp(ringing);
    front.hangUp(dialed);
  });

  it('lists calls, and tells each state', async () => {
    const states: string[] = [];
    const stop = office.exchange.onCallChanged(({ session }) => states.push(session.state));
    const second = await support.start('1004');
    assert.deepEqual(
      third()
        .calls()
        .map(({ session, answeredAt }) => [session.state, answeredAt !== null]),
      [
        ['InCall', true],
        ['Ringing', false],
      ],
    );
    support.hangUp(second);
    assert.deepEqual(states, ['Setup', 'Ringing', 'Cancelled']);
    stop();
    front.hangUp(dialed);
    assert.equal(states.length, 3);
  });
});
