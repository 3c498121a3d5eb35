import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { MAX_CALLS_PER_CONTACT } from '../../../src/pbx/exchange/index.js';
import { Office, refused } from './office.js';

describe('a call', () => {
  let office: Office;
  beforeEach(() => (office = new Office()));
  afterEach(() => office.mustBeQuiet());

  it('rings, is answered, both hear each other, and ends', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const dialed = await front.start('1002');
    assert.equal(front.call(dialed).state, 'ringing');
    assert.deepEqual(front.call(dialed).remote, { number: '1002', name: 'Sales' });
    assert.equal(front.hears(), null);
    const rung = sales.ringing();
    assert.deepEqual(sales.call(rung).remote, { number: '1001', name: 'Front desk' });
    assert.deepEqual([office.status('1001'), office.status('1002')], ['busy', 'ringing']);

    await sales.accept(rung);
    for (const [phone, id] of [
      [front, dialed],
      [sales, rung],
    ] as const) {
      assert.equal(phone.call(id).state, 'active');
      assert.equal(phone.call(id).answeredAt, office.clock.now());
    }
    assert.equal(front.hears(), sales.contact.id);
    assert.equal(sales.hears(), front.contact.id);
    assert.deepEqual([office.status('1001'), office.status('1002')], ['busy', 'busy']);

    front.hangUp(dialed);
    assert.equal(front.call(dialed).endReason, 'hung-up');
    assert.equal(sales.call(rung).endReason, 'remote-hung-up');
    assert.deepEqual(front.sessionStates(), ['Setup', 'Ringing', 'InCall', 'CallerHungUp']);
    assert.deepEqual(sales.sessionStates(), front.sessionStates(), 'also what was before it rang there');
  });

  it('ends when the callee hangs up', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const [dialed, rung] = await office.talking(front, sales);
    sales.hangUp(rung);
    assert.equal(front.call(dialed).endReason, 'remote-hung-up');
    assert.equal(front.sessionStates().at(-1), 'CalleeHungUp');
    await refused('not-found', () => front.hangUp(dialed));
  });

  it('is in the records before its end is announced', async () => {
    const front = office.phone('1001');
    const [dialed] = await office.talking(front, office.phone('1002'));
    office.clock.pass(5000);
    front.hangUp(dialed);
    assert.deepEqual(
      office.saved.map(({ session, endedAt }) => [session.state, endedAt]),
      [
        ['Setup', null],
        ['InCall', null],
        ['CallerHungUp', office.clock.now()],
      ],
    );
    assert.equal(office.saved.at(-1)!.session.talk.ms, 5000);
    const saved = office.journal.indexOf('save CallerHungUp');
    const told = office.journal.findIndex((line) => /call.changed ended|session.closed/.test(line));
    assert.ok(saved < told, office.journal.join('\n'));
  });

  const failures = [
    { name: 'an unknown number', to: '4711', reason: 'not-found', state: 'NotFound' },
    { name: 'somebody who is not signed in', to: '1003', reason: 'unavailable', state: 'NotFound' },
    { name: 'oneself', to: '1001', reason: 'busy', state: 'Busy' },
  ] as const;
  for (const { name, to, reason, state } of failures) {
    it(`to ${name} ends as ${reason}`, async () => {
      const front = office.phone('1001');
      const id = await front.start(to);
      assert.equal(front.call(id).state, 'ended');
      assert.equal(front.call(id).endReason, reason);
      assert.deepEqual(front.sessionStates(), ['Setup', state]);
    });
  }

  it('nobody answers ends when the time is up', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const dialed = await front.start('1002');
    const rung = sales.ringing();
    office.clock.pass(59_999);
    assert.equal(front.call(dialed).state, 'ringing');
    office.clock.pass(1);
    assert.equal(front.call(dialed).endReason, 'no-answer');
    assert.equal(sales.call(rung).endReason, 'no-answer');
    assert.equal(front.sessionStates().at(-1), 'NotAnswered');
  });

  it('the caller gives up stops ringing', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const dialed = await front.start('1002');
    const rung = sales.ringing();
    front.hangUp(dialed);
    assert.equal(sales.call(rung).endReason, 'cancelled');
    assert.equal(front.sessionStates().at(-1), 'Cancelled');
    await refused('not-found', () => sales.accept(rung));
  });

  for (const how of ['reject', 'hangUp'] as const) {
    it(`that is declined (${how}) is declined for all phones of the extension`, async () => {
      const front = office.phone('1001');
      const desk = office.phone('1002');
      const laptop = office.phone('1002');
      const dialed = await front.start('1002');
      const other = laptop.ringing();
      desk[how](desk.ringing());
      assert.equal(front.call(dialed).endReason, 'rejected');
      assert.equal(laptop.call(other).endReason, 'rejected');
      assert.equal(front.sessionStates().at(-1), 'Busy');
    });
  }

  it('rings all phones of an extension; the first to accept has it', async () => {
    const front = office.phone('1001');
    const desk = office.phone('1002');
    const laptop = office.phone('1002');
    const dialed = await front.start('1002');
    const [first, second] = [desk.ringing(), laptop.ringing()];
    // Both have their media at the same time: who is late is told what became of the call, as all are.
    await Promise.all([laptop.accept(second), desk.accept(first)]);
    await refused('not-found', () => desk.accept(first));
    assert.equal(laptop.call(second).state, 'active');
    assert.equal(desk.call(first).endReason, 'answered-elsewhere');
    assert.equal(front.hears(), laptop.contact.id);
    assert.equal(office.media.legCount, 2, 'the media of the phone that was late is closed');
    front.hangUp(dialed);
  });

  it('rings also where somebody is in a call (call waiting)', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const support = office.phone('1003');
    const [dialed, first] = await office.talking(front, sales);
    const second = await support.start('1002');
    assert.equal(office.status('1002'), 'ringing');
    await sales.accept(sales.ringing());
    assert.equal(support.call(second).state, 'active');
    assert.equal(sales.call(first).state, 'active');
    front.hangUp(dialed);
    support.hangUp(second);
  });

  it('cannot be accepted twice, or by somebody else', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const support = office.phone('1003');
    const dialed = await front.start('1002');
    const rung = sales.ringing();
    await refused('not-found', () => support.accept(rung));
    await refused('wrong-state', () => front.accept(dialed));
    const both = await Promise.allSettled([sales.accept(rung), sales.accept(rung)]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    await refused('wrong-state', () => sales.accept(rung));
    await refused('wrong-state', () => sales.reject(rung));
    front.hangUp(dialed);
  });

  it('with an id that is in use is refused', async () => {
    const front = office.phone('1001');
    office.phone('1002');
    const callId = await front.start('1002');
    await refused('wrong-state', () =>
      office.exchange.start(front.contact, { callId, to: '1002', offer: 'v=0', video: false }),
    );
    front.hangUp(callId);
  });

  it('beyond the limit of one phone is refused', async () => {
    const front = office.phone('1001');
    office.phone('1002');
    const ids: string[] = [];
    for (let count = 0; count < MAX_CALLS_PER_CONTACT; count += 1) ids.push(await front.start('1002'));
    await refused('rate-limited', () => front.start('1002'));
    for (const id of ids) front.hangUp(id);
  });

  describe('glare', () => {
    it('both hang up: the first counts, the second finds no call', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const [dialed, rung] = await office.talking(front, sales);
      sales.hangUp(rung);
      await refused('not-found', () => front.hangUp(dialed));
      assert.equal(front.call(dialed).endReason, 'remote-hung-up');
      assert.equal(front.told('call.changed').filter(({ state }) => state === 'ended').length, 1);
    });

    it('cancelled while the answer is being made', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      let open!: () => void;
      office.media.gate = new Promise((resolve) => (open = resolve));
      const accepting = sales.accept(rung);
      front.hangUp(dialed);
      open();
      await refused('wrong-state', () => accepting);
      assert.equal(sales.call(rung).endReason, 'cancelled');
    });

    it('hung up while the call is being started', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      let open!: () => void;
      office.media.gate = new Promise((resolve) => (open = resolve));
      const params = { callId: 'mine', to: '1002', offer: 'v=0', video: false };
      const starting = office.exchange.start(front.contact, params);
      front.hangUp('mine');
      open();
      await refused('wrong-state', () => starting);
      assert.equal(front.call('mine').endReason, 'hung-up');
      assert.deepEqual(sales.told('call.changed'), [], 'it never rang');
    });

    it('hung up between the answer to the offer and the dialling', async () => {
      const front = office.phone('1001');
      office.phone('1002');
      const params = { callId: 'mine', to: '1002', offer: 'v=0', video: false };
      const { proceed } = await office.exchange.start(front.contact, params);
      front.hangUp('mine');
      proceed();
      assert.deepEqual(front.sessionStates(), []);
    });

    it('rejected and cancelled at once', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      sales.reject(rung);
      await refused('not-found', () => front.hangUp(dialed));
      assert.equal(front.call(dialed).endReason, 'rejected');
    });
  });

  describe('with a lost connection', () => {
    it('ends for the other party', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const [dialed] = await office.talking(front, sales);
      sales.lose();
      assert.equal(front.call(dialed).endReason, 'remote-hung-up');
      assert.equal(office.status('1002'), 'offline');
    });

    it('stops ringing when the caller is gone', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      await front.start('1002');
      const rung = sales.ringing();
      front.lose();
      assert.equal(sales.call(rung).endReason, 'cancelled');
    });

    it('rings on at the other phone, and ends with the last', async () => {
      const front = office.phone('1001');
      const desk = office.phone('1002');
      const laptop = office.phone('1002');
      const dialed = await front.start('1002');
      desk.lose();
      assert.equal(front.call(dialed).state, 'ringing');
      laptop.lose();
      assert.equal(front.call(dialed).endReason, 'unavailable');
      assert.equal(front.sessionStates().at(-1), 'NotFound');
    });

    it('leaves nothing of a call that was being started', async () => {
      const front = office.phone('1001');
      let open!: () => void;
      office.media.gate = new Promise((resolve) => (open = resolve));
      const starting = front.start('1002');
      front.lose();
      open();
      await refused('wrong-state', () => starting);
    });
  });

  describe('media', () => {
    it('that cannot be made from the offer refuses the call', async () => {
      const front = office.phone('1001');
      await refused('media-failed', () => front.start('1002', { offer: 'v=0 broken' }));
      assert.deepEqual(front.told('call.changed'), []);
      assert.deepEqual(front.sessionStates(), []);
    });

    it('that cannot be made from the offer leaves an incoming call ringing', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      await refused('media-failed', () => sales.accept(rung, { offer: 'v=0 broken' }));
      assert.equal(sales.call(rung).state, 'ringing');
      await sales.accept(rung);
      front.hangUp(dialed);
    });

    it('that breaks ends the call for both', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const [dialed, rung] = await office.talking(front, sales);
      sales.media()[0]!.observer.failed('no packets');
      assert.equal(front.call(dialed).endReason, 'media-failed');
      assert.equal(sales.call(rung).endReason, 'media-failed');
      assert.equal(front.sessionStates().at(-1), 'Error');
    });

    it('that breaks while ringing ends the call', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const dialed = await front.start('1002');
      const rung = sales.ringing();
      front.media()[0]!.observer.failed('no path');
      assert.equal(front.call(dialed).endReason, 'media-failed');
      assert.equal(sales.call(rung).state, 'ended');
    });

    it('reports of a closed leg count for nothing', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const [dialed] = await office.talking(front, sales);
      const { observer } = front.media()[0]!;
      const presses: unknown[] = [];
      office.exchange.onDigit((press) => presses.push(press));
      front.hangUp(dialed);
      observer.failed('closed');
      observer.digit('1');
      observer.connected();
      assert.deepEqual(presses, []);
    });

    it('takes candidates in order, also while it is being made', async () => {
      const front = office.phone('1001');
      office.phone('1002');
      let open!: () => void;
      office.media.gate = new Promise((resolve) => (open = resolve));
      const params = { callId: 'mine', to: '1002', offer: `v=0 ${front.contact.id}`, video: false };
      const starting = office.exchange.start(front.contact, params);
      const candidate = (text: string) => ({ candidate: text, sdpMid: '0', sdpMLineIndex: 0 });
      const add = (which: ReturnType<typeof candidate> | null) =>
        office.exchange.addCandidate(front.contact, { callId: 'mine', candidate: which });
      const adding = Promise.all([add(candidate('a')), add(candidate('b')), add(null)]);
      open();
      (await starting).proceed();
      await adding;
      assert.deepEqual(front.media()[0]!.candidates, [candidate('a'), candidate('b'), null]);
      front.hangUp('mine');
      await refused('not-found', () => add(null));
    });

    it('answers a new offer, and survives one it cannot use', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const [dialed, rung] = await office.talking(front, sales);
      const { exchange } = office;
      assert.equal(await exchange.reoffer(front.contact, dialed, 'v=0 restart'), 'v=0 new v=0 restart');
      await refused('media-failed', () => exchange.reoffer(front.contact, dialed, 'v=0 broken'));
      await refused('not-found', () => exchange.reoffer(front.contact, rung, 'v=0 restart'));
      assert.equal(front.call(dialed).state, 'active');
      front.hangUp(dialed);
    });

    it('tells the digits a party presses', async () => {
      const front = office.phone('1001');
      const [dialed] = await office.talking(front, office.phone('1002'));
      const presses: string[] = [];
      const stop = office.exchange.onDigit(({ sessionId, legId, digit }) => {
        assert.equal(sessionId, front.call(dialed).sessionId);
        assert.equal(legId, dialed);
        presses.push(digit);
      });
      const { observer } = front.media()[0]!;
      observer.digit('4');
      observer.digit('#');
      stop();
      observer.digit('9');
      assert.deepEqual(presses, ['4', '#']);
      front.hangUp(dialed);
    });
  });

  describe('video', () => {
    it('is seen by both, and said when a camera goes on or off', async () => {
      const front = office.phone('1001');
      const sales = office.phone('1002');
      const dialed = await front.start('1002', { video: true });
      const rung = sales.ringing();
      assert.equal(sales.call(rung).video, true);
      assert.equal(sales.call(rung).remoteVideo, false);
      await sales.accept(rung, { video: true });
      assert.equal(sales.call(rung).remoteVideo, false, 'offered is not sent yet: a camera may be refused');
      assert.equal(front.call(dialed).remoteVideo, false);
      office.exchange.sendingVideo(front.contact, dialed, true);
      assert.equal(sales.call(rung).remoteVideo, true);
      assert.equal(sales.sees(), front.contact.id);
      assert.equal(front.media()[0]!.output.keyFrames, 2, 'whoever looks begins with a key frame');
      office.exchange.sendingVideo(sales.contact, rung, true);
      assert.equal(front.call(dialed).remoteVideo, true);
      assert.equal(sales.media()[0]!.output.keyFrames, 2);
      office.exchange.sendingVideo(sales.contact, rung, false);
      assert.equal(front.call(dialed).remoteVideo, false);
      assert.equal(sales.media()[0]!.output.keyFrames, 2);
      sales.hold(rung);
      assert.equal(sales.call(rung).remoteVideo, false);
      assert.deepEqual([front.sees(), sales.sees()], [null, null]);
      sales.unhold(rung);
      assert.equal(sales.call(rung).remoteVideo, true);
      assert.equal(front.media()[0]!.output.keyFrames, 3, 'and again after a hold');
      front.hangUp(dialed);
    });
  });

  it('leaves nothing behind, fifty times over', async () => {
    const front = office.phone('1001');
    const sales = office.phone('1002');
    for (let count = 0; count < 50; count += 1) {
      const [dialed, rung] = await office.talking(front, sales);
      if (count % 2) front.hangUp(dialed);
      else sales.hangUp(rung);
    }
  });
});

describe('stopping the exchange', () => {
  it('ends every call, in whatever state, and takes no new one', async () => {
    const office = new Office();
    const front = office.phone('1001');
    const sales = office.phone('1002');
    const support = office.phone('1003');
    const [dialed, rung] = await office.talking(front, sales);
    front.transfer(dialed, '1003');
    const third = support.ringing();
    const waiting = await office.phone('1004').start('1002');
    assert.ok(waiting);
    await office.exchange.close();
    assert.equal(front.call(dialed).endReason, 'shutdown');
    assert.equal(sales.call(rung).endReason, 'shutdown');
    assert.equal(support.call(third).endReason, 'shutdown');
    assert.equal(front.sessionStates().at(-1), 'Aborted');
    await refused('shutting-down', () => front.start('1002'));
    office.mustBeQuiet();
  });
});
