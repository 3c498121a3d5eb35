import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Office, refused } from './office.js';

describe('who may do what', () => {
  let office: Office;
  beforeEach(() => (office = new Office()));
  afterEach(() => office.mustBeQuiet());

  describe('pick-up', () => {
    it('takes a call that rings at another extension', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const support = office.phone('1003');
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      const picked = await support.pickUp('1002');
      assert.equal(support.call(picked).state, 'active');
      assert.equal(support.call(picked).direction, 'incoming');
      assert.deepEqual(support.call(picked).remote, { number: '1001', name: 'Front desk' });
      assert.equal(sales.call(rung).endReason, 'answered-elsewhere');
      assert.deepEqual(front.call(dialed).remote, { number: '1003', name: 'Support' });
      assert.equal(front.hears(), support.contact.id);
      support.hangUp(picked);
      assert.equal(sales.sessionStates().at(-1), 'CalleeHungUp', 'who was called first sees it to its end');
    });

    it('needs the privilege', async () => {
      const front = office.phone('1001');
      office.phone('1002');
      const visitor = office.visitor('Qdb3W');
      const dialed = await front.start('1002');
      await refused('forbidden', () => visitor.pickUp('1002'));
      assert.equal(front.call(dialed).state, 'ringing');
      front.hangUp(dialed);
    });

    it('finds nothing where nothing rings, or only one’s own call', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      await refused('not-found', () => front.pickUp('1002'));
      const dialed = await front.start('1002');
      await refused('not-found', () => front.pickUp('1002'));
      await refused('not-found', () => front.pickUp('1003'));
      await sales.accept(sales.ringing());
      await refused('not-found', () => office.phone('1003').pickUp('1002'));
      front.hangUp(dialed);
    });

    it('that comes too late leaves the call where it is', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const support = office.phone('1003');
      const dialed = await front.start('1002');
      const [accepted, picked] = await Promise.allSettled([
        sales.accept(sales.ringing()),
        support.pickUp('1002'),
      ]);
      assert.equal(accepted.status, 'fulfilled');
      assert.equal(picked.status, 'rejected');
      assert.equal(front.hears(), sales.contact.id);
      front.hangUp(dialed);
    });

    it('with media that cannot be made leaves the call ringing', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const support = office.phone('1003');
      const dialed = await front.start('1002');
      const params = { callId: 'mine', extension: '1002', offer: 'v=0 broken' };
      await refused('media-failed', () => office.exchange.pickUp(support.contact, params));
      assert.equal(sales.call(sales.ringing()).state, 'ringing');
      assert.deepEqual(support.told('call.changed'), []);
      front.hangUp(dialed);
    });
  });

  describe('sessions', () => {
    it('of others are seen with the privilege only', async () => {
      const viewer = office.phone('1004', ['sessions.view']);
      const support = office.phone('1003');
      const front = office.phone('1001');
      const [dialed] = await office.talking(front, office.phone('1002'));
      assert.equal(office.exchange.sessionsFor(viewer.contact).length, 1);
      assert.deepEqual(office.exchange.sessionsFor(support.contact), []);
      assert.equal(office.exchange.sessionsFor(front.contact).length, 1);
      front.hangUp(dialed);
      assert.deepEqual(viewer.sessionStates(), ['Setup', 'Ringing', 'InCall', 'CallerHungUp']);
      assert.equal(viewer.told('session.closed').length, 1);
      assert.deepEqual(support.sessionStates(), []);
    });

    const controls = ['holdSession', 'unholdSession', 'closeSession', 'transferSession'] as const;
    const control = (phone: ReturnType<Office['phone']>, what: (typeof controls)[number], id: string) => {
      const { exchange } = office;
      if (what === 'closeSession') exchange.sessionControl.close(phone.contact, id);
      else if (what === 'transferSession') {
        exchange.thirdParty.transfer(phone.contact, id, 'callee', '1003');
      } else exchange.sessionControl.hold(phone.contact, id, what === 'holdSession');
    };

    for (const what of controls) {
      it(`of others are not controlled without the privilege (${what})`, async () => {
        const viewer = office.phone('1004', ['sessions.view']);
        const support = office.phone('1003');
        const front = office.phone('1001');
        const [dialed] = await office.talking(front, office.phone('1002'));
        const { sessionId } = front.call(dialed);
        const before = front.sessionStates();
        await refused('forbidden', () => control(viewer, what, sessionId));
        await refused('not-found', () => control(support, what, sessionId));
        await refused('not-found', () => control(viewer, what, 'none'));
        assert.deepEqual(front.sessionStates(), before);
        assert.equal(front.call(dialed).state, 'active');
        front.hangUp(dialed);
      });
    }

    it('are controlled by a supervisor', async () => {
      const boss = office.phone('1004', ['sessions.modify']);
      const support = office.phone('1003');
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const [dialed, rung] = await office.talking(front, sales);
      const { sessionId } = front.call(dialed);
      control(boss, 'transferSession', sessionId);
      await support.accept(support.ringing());
      assert.equal(sales.call(rung).endReason, 'transferred');
      assert.equal(front.hears(), support.contact.id);
      control(boss, 'closeSession', front.call(dialed).sessionId);
      assert.equal(front.call(dialed).endReason, 'closed');
      assert.equal(front.sessionStates().at(-1), 'Aborted');
    });

    it('that ring can be closed, but not held or transferred', async () => {
      const boss = office.phone('1004', 'all');
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      const { sessionId } = front.call(dialed);
      await refused('wrong-state', () => control(boss, 'holdSession', sessionId));
      await refused('wrong-state', () => control(boss, 'transferSession', sessionId));
      control(boss, 'closeSession', sessionId);
      assert.equal(sales.call(rung).endReason, 'closed');
    });

    it('of one’s own are one’s to control', async () => {
      const front = office.phone('1001');
      const [dialed] = await office.talking(front, office.phone('1002'));
      const { sessionId } = front.call(dialed);
      control(front, 'holdSession', sessionId);
      assert.equal(front.sessionStates().at(-1), 'OnHold');
      control(front, 'unholdSession', sessionId);
      control(front, 'closeSession', sessionId);
    });
  });

  describe('visitors of the web site', () => {
    it('reach the extension their line rings, by its number or by none', async () => {
      const front = office.phone('1001');
      const visitor = office.visitor('Qdb3W');
      for (const to of ['', '1001']) {
        const dialed = await visitor.start(to);
        const rung = front.ringing();
        assert.deepEqual(front.call(rung).remote, { number: 'Qdb3W', name: 'Web site' });
        assert.equal(front.call(rung).line, 'website');
        await front.accept(rung);
        const session = office.session(front.call(rung).sessionId);
        assert.equal(session.direction, 'Inbound');
        assert.deepEqual(
          [session.source, session.sourceType, session.dialedNumber],
          ['website', 'Webphone outside line', '1001'],
        );
        assert.equal(visitor.hears(), front.contact.id);
        visitor.hangUp(dialed);
      }
    });

    it('reach nobody else, neither by calling nor by transfer', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const visitor = office.visitor('Qdb3W');
      const id = await visitor.start('1002');
      assert.equal(visitor.call(id).endReason, 'forbidden');
      const dialed = await visitor.start('');
      await front.accept(front.ringing());
      visitor.transfer(dialed, '1002');
      assert.deepEqual(visitor.call(dialed).transfer, { to: '1002', state: 'failed', reason: 'forbidden' });
      assert.deepEqual(sales.told('call.changed'), []);
      visitor.hangUp(dialed);
    });

    it('are not told who works there', async () => {
      const visitor = office.visitor('Qdb3W');
      const other = office.visitor('Xk2Pa');
      const front = office.phone('1001');
      const id = await visitor.start('');
      assert.deepEqual(visitor.told('extension.changed'), []);
      assert.deepEqual(other.events, []);
      front.reject(front.ringing());
      assert.equal(visitor.call(id).endReason, 'rejected');
    });

    it('can be transferred by the extension they called', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const visitor = office.visitor('Qdb3W');
      const dialed = await visitor.start('');
      const rung = front.ringing();
      await front.accept(rung);
      front.transfer(rung, '1002');
      const third = sales.ringing();
      assert.equal(sales.call(third).line, 'website');
      await sales.accept(third);
      assert.equal(visitor.call(dialed).remote.number, '1002');
      visitor.hangUp(dialed);
    });
  });

  it('nobody touches a call of somebody else', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const stranger = office.phone('1002');
    const [dialed] = await office.talking(front, sales);
    for (const request of [stranger.hangUp, stranger.hold, stranger.unhold, stranger.reject]) {
      await refused('not-found', () => request(dialed));
    }
    await refused('not-found', () => stranger.transfer(dialed, '1003'));
    await refused('not-found', () => office.exchange.sendingVideo(stranger.contact, dialed, true));
    front.hangUp(dialed);
  });

  describe('the status of an extension', () => {
    it('is told when it changes, and only then', async () => {
      const watcher = office.phone('1004');
      const front = office.phone('1001');
      const laptop = office.phone('1001');
      const [dialed] = await office.talking(front, office.phone('1002'));
      front.hold(dialed);
      front.unhold(dialed);
      front.hangUp(dialed);
      laptop.lose();
      front.lose();
      const told = (id: string) =>
        watcher
          .told('extension.changed')
          .filter((extension) => extension.id === id)
          .map(({ status }) => status);
      assert.deepEqual(told('1001'), ['idle', 'busy', 'idle', 'offline']);
      assert.deepEqual(told('1002'), ['idle', 'ringing', 'busy', 'idle']);
    });
  });

  it('a record that cannot be saved does not end the call', async () => {
    const broken = new Office();
    broken.saved.push = () => {
      throw new Error('disk full');
    };
    const front = broken.phone('1001');
    const [dialed] = await broken.talking(front, broken.phone('1002'));
    assert.equal(front.call(dialed).state, 'active');
    front.hangUp(dialed);
    assert.equal(broken.errors.length, 3);
    broken.errors.length = 0;
    broken.mustBeQuiet();
  });
});
