import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

describe('controlling sessions of others', () => {
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
    boss = office.phone('1004', ['sessions.modify', 'sessions.view']);
  });
  afterEach(() => office.mustBeQuiet());

  const controls = {
    hangUpSession: (phone: Phone, id: string) => office.exchange.sessionControl.hangUp(phone.contact, id),
    forwardSession: (phone: Phone, id: string) =>
      office.exchange.sessionControl.forward(phone.contact, id, '1003'),
    sendDigits: (phone: Phone, sessionId: string) =>
      office.exchange.thirdParty.sendDigits(phone.contact, sessionId, 'callee', '5'),
  };

  for (const [name, control] of Object.entries(controls)) {
    it(`needs the privilege (${name})`, async () => {
      const viewer = office.phone('1004', ['sessions.view', 'sessions.listen', 'calls.setup']);
      const dialed = await front.start('1002');
      const { sessionId } = front.call(dialed);
      if (name === 'sendDigits') await sales.accept(sales.ringing());
      const before = front.sessionStates();
      await refused('forbidden', () => control(viewer, sessionId));
      await refused('not-found', () => control(support, sessionId));
      await refused('not-found', () => control(office.visitor('Qdb3W'), sessionId));
      await refused('not-found', () => control(boss, 'none'));
      assert.deepEqual(front.sessionStates(), before);
      assert.deepEqual(
        [...office.media.legs].map(({ digits }) => digits).filter((digits) => digits !== ''),
        [],
      );
      await control(boss, sessionId);
      if (name !== 'hangUpSession') front.hangUp(dialed);
    });
  }

  describe('hanging up', () => {
    it('an answered call is as if the caller had', async () => {
      const [dialed, rung] = await office.talking(front, sales);
      controls.hangUpSession(boss, front.call(dialed).sessionId);
      assert.equal(front.sessionStates().at(-1), 'CallerHungUp');
      assert.equal(front.call(dialed).endReason, 'hung-up');
      assert.equal(sales.call(rung).endReason, 'remote-hung-up');
    });

    it('a call that rings gives it up', async () => {
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      controls.hangUpSession(boss, front.call(dialed).sessionId);
      assert.equal(front.sessionStates().at(-1), 'Cancelled');
      assert.equal(sales.call(rung).endReason, 'cancelled');
    });

    it('what a transfer calls leaves the two talking', async () => {
      const [dialed, rung] = await office.talking(front, sales);
      front.transfer(dialed, '1003');
      const target = support.call(support.ringing()).sessionId;
      controls.hangUpSession(boss, target);
      assert.equal(boss.sessionStates(target).at(-1), 'Cancelled');
      assert.deepEqual(boss.sessionStates(front.call(dialed).sessionId).slice(-2), [
        'TransferFailed',
        'InCall',
      ]);
      assert.equal(front.hears(), sales.contact.id);
      sales.hangUp(rung);
    });

    it('a call during its transfer leaves the party that was to be transferred to ring on', async () => {
      const [dialed, rung] = await office.talking(front, sales);
      front.transfer(dialed, '1003');
      controls.hangUpSession(boss, front.call(dialed).sessionId);
      assert.equal(front.call(dialed).endReason, 'hung-up');
      await support.accept(support.ringing());
      assert.equal(sales.hears(), support.contact.id);
      sales.hangUp(rung);
    });
  });

  describe('forwarding', () => {
    it('sends a ringing call to another number, under the same master', async () => {
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      const { sessionId } = front.call(dialed);
      controls.forwardSession(boss, sessionId);
      assert.equal(boss.sessionStates(sessionId).at(-1), 'Redirected');
      assert.equal(sales.call(rung).endReason, 'forwarded');
      await support.accept(support.ringing());
      assert.equal(office.session(front.call(dialed).sessionId).masterId, sessionId);
      front.hangUp(dialed);
    });

    it('is possible only while it rings, and to a number that can be reached', async () => {
      const dialed = await front.start('1002');
      const { sessionId } = front.call(dialed);
      const to = (number: string) => office.exchange.sessionControl.forward(boss.contact, sessionId, number);
      await refused('not-found', () => to('4711'));
      await refused('wrong-state', () => to('1001'));
      await sales.accept(sales.ringing());
      await refused('wrong-state', () => to('1003'));
      front.hold(dialed);
      await refused('wrong-state', () => to('1003'));
      assert.equal(front.call(dialed).state, 'active');
      front.hangUp(dialed);
    });
  });

  describe('a digit', () => {
    it('is heard by the one party it is for', async () => {
      const [dialed] = await office.talking(front, sales);
      const { sessionId } = front.call(dialed);
      await office.exchange.thirdParty.sendDigits(boss.contact, sessionId, 'caller', '1');
      await office.exchange.thirdParty.sendDigits(boss.contact, sessionId, 'callee', '#');
      await office.exchange.thirdParty.sendDigits(sales.contact, sessionId, 'caller', '2');
      assert.deepEqual([front.media()[0]!.digits, sales.media()[0]!.digits], ['12', '#']);
      front.hangUp(dialed);
    });

    it('needs an answer', async () => {
      const dialed = await front.start('1002');
      const { sessionId } = front.call(dialed);
      for (const party of ['caller', 'callee'] as const) {
        const send = () => office.exchange.thirdParty.sendDigits(boss.contact, sessionId, party, '1');
        await refused('wrong-state', send);
      }
      front.hangUp(dialed);
    });

    it('does not wait with endless others', async () => {
      const [dialed] = await office.talking(front, sales);
      const { sessionId } = front.call(dialed);
      let open = () => {};
      const gate = new Promise<void>((resolve) => (open = resolve));
      sales.media()[0]!.digitGate = gate;
      const send = () => controls.sendDigits(boss, sessionId);
      const sent = Array.from({ length: 70 }, send);
      const outcomes = Promise.allSettled(sent);
      await refused('rate-limited', send);
      open();
      const failed = (await outcomes).filter(({ status }) => status === 'rejected');
      assert.equal(failed.length, 6);
      await send();
      front.hangUp(dialed);
    });
  });

  describe('a message', () => {
    it('reaches the other party of the call, and nobody else', async () => {
      const laptop = office.phone('1002');
      const [dialed, rung] = await office.talking(front, sales);
      const id = front.message(dialed, 'Hello <b>there</b>');
      const at = office.clock.now();
      const expected = { id, callId: rung, from: '1001', text: 'Hello <b>there</b>', at };
      assert.deepEqual(sales.told('call.message'), [expected]);
      for (const phone of [front, laptop, support, boss]) assert.deepEqual(phone.told('call.message'), []);
      front.hold(dialed);
      sales.message(rung, 'Are you there?');
      assert.deepEqual(front.told('call.message')[0]?.from, '1002');
      assert.notEqual(front.told('call.message')[0]?.id, id);
      front.hangUp(dialed);
    });

    it('needs an answered call of one’s own', async () => {
      const dialed = await front.start('1002');
      await refused('wrong-state', () => front.message(dialed, 'Hello'));
      await refused('wrong-state', () => sales.message(sales.ringing(), 'Hello'));
      await refused('not-found', () => boss.message(dialed, 'Hello'));
      front.hangUp(dialed);
      await refused('not-found', () => front.message(dialed, 'Hello'));
    });
  });

  describe('the holder of a token', () => {
    it('calls any extension, and can be called while it is there', async () => {
      const token = office.token('Qdb3W');
      const dialed = await token.start('1001');
      const rung = front.ringing();
      await front.accept(rung);
      assert.deepEqual(front.call(rung).remote, { number: 'Qdb3W', name: 'Token' });
      assert.deepEqual(
        [front.call(rung).line, office.session(front.call(rung).sessionId).direction],
        ['', 'Internal'],
      );
      token.hangUp(dialed);
      const other = office.token('Xk2Pa');
      for (const caller of [front, other]) {
        const [back] = await office.talking(caller, token);
        assert.equal(caller.call(back).remote.number, 'Qdb3W');
        caller.hangUp(back);
      }
      token.lose();
      const late = await front.start('Qdb3W');
      assert.equal(front.call(late).endReason, 'not-found');
    });

    it('is told what extensions do, and has only the rights it was given', async () => {
      const token = office.token('Qdb3W', ['sessions.view', 'calls.setup']);
      const sessionId = token.setUp('1001', '1002');
      await front.accept(front.ringing());
      assert.ok(token.told('extension.changed').some(({ id, status }) => id === '1001' && status === 'busy'));
      assert.deepEqual(token.sessionStates(sessionId), ['Setup', 'Ringing']);
      await refused('forbidden', () => controls.hangUpSession(token, sessionId));
      await refused('forbidden', () => token.listen(sessionId));
      await refused('forbidden', () => token.pickUp('1002'));
      controls.hangUpSession(boss, sessionId);
    });

    it('is not called by visitors', async () => {
      office.token('Xk2Pa');
      const visitor = office.visitor('Qdb3W');
      const id = await visitor.start('Xk2Pa');
      assert.equal(visitor.call(id).endReason, 'forbidden');
      const called = await front.start('Qdb3W');
      assert.equal(front.call(called).endReason, 'not-found', 'nor are visitors called');
    });
  });
});
