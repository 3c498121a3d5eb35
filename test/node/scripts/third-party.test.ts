import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Phone } from '../exchange/office.js';
import { Company, eventually } from './company.js';

describe('CallChanged', () => {
  let company: Company;
  let front: Phone;
  let sales: Phone;
  let support: Phone;

  beforeEach(async () => {
    company = await new Company().start({ notifications: { callChangedUrl: '/changed' } });
    front = company.office.phone('1001');
    sales = company.office.phone('1002');
    support = company.office.phone('1003');
  });
  afterEach(() => company.stop());

  const states = () => company.site.named('CallChanged').map(({ CallState }) => CallState);
  const told = (...expected: string[]) =>
    eventually(`${expected.join()}; told ${states().join()}`, () => states().join() === expected.join());
  /** The site answers this to one state of calls. */
  const onState = (state: string, ozml: string) =>
    company.site.answers.set('/changed', ({ fields }) => (fields.CallState === state ? ozml : undefined));

  it('tells every state, and that a call was answered once', async () => {
    const [dialed] = await company.office.talking(front, sales);
    front.hold(dialed);
    front.unhold(dialed);
    front.hangUp(dialed);
    await told('Ringing', 'Answered', 'InCall', 'Hold', 'InCall', 'Completed');
    const [first, ...others] = company.site.named('CallChanged');
    assert.deepEqual(first, {
      NotificationName: 'CallChanged',
      CallState: 'Ringing',
      CallId: first!.CallId,
      Caller: '1001',
      CallerId: '1001',
      Callee: '1002',
    });
    assert.ok(others.every(({ CallId }) => CallId === first!.CallId));
  });

  it('tells how calls end that nobody took', async () => {
    const busy = await front.start('1002');
    sales.reject(sales.ringing());
    await told('Ringing', 'Busy');
    const given = await front.start('1002');
    front.hangUp(given);
    await told('Ringing', 'Busy', 'Ringing', 'Cancelled');
    await front.start('4711');
    await told('Ringing', 'Busy', 'Ringing', 'Cancelled', 'Error');
    assert.equal(front.call(busy).state, 'ended');
  });

  it('is answered with commands for that call, one after the other', async () => {
    onState('Answered', '<Play Party="caller">missing.wav</Play><Hangup/>');
    const [dialed] = await company.office.talking(front, sales);
    const error = await company.site.tells('Error');
    assert.deepEqual([error.ErrorCode, error.ApiExtension], ['302', '']);
    assert.equal(error.CallId, front.call(dialed).sessionId);
    assert.equal(front.call(dialed).state, 'active', 'nothing further runs');
    company.site.answers.delete('/changed');
    front.hangUp(dialed);
  });

  it('says something to a party, and waits until it is through', async () => {
    onState('Answered', '<Speak Party="all">Recorded</Speak><Hold/>');
    const [dialed] = await company.office.talking(front, sales);
    await company.says('Recorded');
    assert.equal(front.hears(), 'mix');
    assert.equal(front.call(dialed).heldRemotely, false);
    await company.hears('Recorded');
    await eventually('hold', () => front.call(dialed).heldRemotely);
    assert.equal(company.office.media.mixers.size, 0);
    front.hangUp(dialed);
  });

  it('ends what is being said with the call', async () => {
    onState('Answered', '<Speak Party="caller">Recorded</Speak>');
    const [dialed] = await company.office.talking(front, sales);
    await company.says('Recorded');
    front.hangUp(dialed);
    assert.equal(company.office.media.players.size, 0);
    await told('Ringing', 'Answered', 'InCall', 'Completed');
  });

  it('forwards, transfers, holds, sends digits, ends', async () => {
    const thirdParty = company.scripts.thirdParty;
    const ringing = await front.start('1002');
    thirdParty.forward(front.call(ringing).sessionId, '1003');
    await support.accept(support.ringing());
    const { sessionId } = front.call(ringing);
    thirdParty.hold(sessionId);
    assert.equal(front.hears(), 'music');
    thirdParty.unhold(sessionId);
    await thirdParty.sendDtmf(sessionId, 'all', '12#');
    assert.deepEqual([front.media()[0]!.digits, support.media()[0]!.digits], ['12#', '12#']);
    thirdParty.blindTransfer(sessionId, 'callee', '1002', `${company.address}/transferred`);
    await sales.accept(sales.ringing());
    company.office.clock.pass(7000);
    const moved = front.call(ringing).sessionId;
    thirdParty.hangup(moved);
    assert.deepEqual(await company.site.tells('TransferCompleted'), {
      Duration: '7',
      CallId: sessionId,
      Caller: '1001',
      Callee: '1002',
      NotificationName: 'TransferCompleted',
    });
    for (const act of [
      () => thirdParty.hangup(moved),
      () => thirdParty.hold('nothing'),
      () => thirdParty.forward('nothing', '1001'),
      () => thirdParty.attendedTransfer('nothing', moved),
    ]) {
      assert.throws(act, { code: 601 });
    }
    await assert.rejects(thirdParty.speak('nothing', 'all', 'x'), { code: 601 });
    await assert.rejects(thirdParty.sendDtmf('nothing', 'all', '1'), { code: 601 });
    await assert.rejects(thirdParty.record('nothing', 'wav'), { code: 601 });
  });

  it('tells of a transfer that came to nothing', async () => {
    const [dialed] = await company.office.talking(front, sales);
    const { sessionId } = front.call(dialed);
    company.scripts.thirdParty.blindTransfer(sessionId, 'caller', '4711', `${company.address}/transferred`);
    const transfer = await company.site.tells('TransferCompleted');
    assert.deepEqual([transfer.Duration, transfer.CallId], ['0', sessionId]);
    assert.equal(front.call(dialed).state, 'active');
    front.hangUp(dialed);
  });

  it('connects two others; the site is told when that comes to nothing', async () => {
    const { outgoing } = company.scripts;
    const errorUrl = `${company.address}/error`;
    const id = outgoing.setUp({ caller: '1001', callee: '1002', errorUrl });
    await front.accept(front.ringing());
    await sales.accept(sales.ringing());
    assert.deepEqual([front.hears(), sales.hears()], [sales.contact.id, front.contact.id]);
    company.scripts.thirdParty.hangup(id);

    const other = outgoing.setUp({ caller: '1001', callee: '1002', errorUrl });
    await front.accept(front.ringing());
    sales.reject(sales.ringing());
    const error = await company.site.tells('Error');
    assert.deepEqual([error.ErrorCode, error.CallId], ['402', other]);
    assert.match(error.ErrorMessage!, /'1002'.*'Busy'/);
    assert.equal(company.site.named('Error').length, 1, 'the first came about');
    assert.throws(() => outgoing.setUp({ caller: '1001', callee: '4711' }), { code: 302 });
  });

  it('refuses what does not fit the call, and says why', async () => {
    const thirdParty = company.scripts.thirdParty;
    const ringing = await front.start('1002');
    const { sessionId } = front.call(ringing);
    assert.throws(() => thirdParty.hold(sessionId), { code: 303, message: /'Hold'/ });
    assert.throws(() => thirdParty.forward(sessionId, '4711'), { code: 302, message: /'Destination'/ });
    assert.throws(() => thirdParty.blindTransfer(sessionId, 'caller', '1003'), { code: 303 });
    await assert.rejects(thirdParty.speak(sessionId, 'callee', 'x'), { code: 303 });
    await assert.rejects(thirdParty.speak(sessionId, 'caller', 'unspeakable'), { code: 302 });
    front.hangUp(ringing);
  });
});

describe('RoutingInterception', () => {
  let company: Company;
  let front: Phone;
  let sales: Phone;

  beforeEach(async () => {
    company = await new Company().start({ notifications: { routingInterceptionUrl: '/route' } });
    front = company.office.phone('1001');
    sales = company.office.phone('1002');
  });
  afterEach(() => company.stop());

  it('sends a call where the site says', async () => {
    company.site.answers.set('/route', '<Route CallerId="+361" RingTime="7">1002</Route>');
    const call = await front.start('500');
    await eventually('ringing', () => sales.told('call.changed').length > 0);
    assert.deepEqual(company.site.named('RoutingInterception'), [
      {
        NotificationName: 'RoutingInterception',
        CallerID: '1001',
        OriginalDialedNumber: '500',
        LastDialedNumber: '500',
        LastCalledExtension: '',
        LastCallState: 'Calling',
        CallerExtension: '1001',
        ApiExtension: '9999',
      },
    ]);
    assert.equal(sales.call(sales.ringing()).remote.number, '+361');
    company.site.answers.set('/route', '<Route Destination=""/>');
    company.office.clock.pass(7000);
    await eventually('the end', () => front.call(call).state === 'ended');
    assert.equal(company.site.named('RoutingInterception')[1]!.LastCallState, 'NoAnswer');
    assert.equal(front.call(call).endReason, 'rejected');
  });

  it('leaves it to the dial plan without an answer, and where the site hangs or errs', async () => {
    for (const answer of [undefined, 'hang', '<Route', '<Hangup/>']) {
      company.site.answers.set('/route', answer);
      const call = await front.start('1002');
      await eventually('ringing', () => front.call(call).state === 'ringing');
      front.hangUp(call);
    }
    await company.site.tells('Error', 2);
    assert.deepEqual(
      company.site.named('Error').map(({ ErrorCode }) => ErrorCode),
      ['300', '303'],
    );
  });
});

describe('the log', () => {
  it('has no number that was dialled, whatever goes wrong', async () => {
    const company = await new Company().start({ notifications: { routingInterceptionUrl: '/route' } });
    const front = company.office.phone('1001');
    company.site.answers.set('/route', '<Route>4712345</Route>');
    const call = await front.start('5551234');
    await company.site.tells('RoutingInterception', 2);
    company.site.answers.set('/', '<Call Dialled="4799999" Url="http://127.0.0.1:1/"/>');
    company.site.answers.set('/route', undefined);
    await eventually('the end', () => front.call(call).state === 'ended');
    await front.start('9999');
    await company.site.tells('Error');
    assert.ok(company.office.logged.length > 0);
    assert.doesNotMatch(company.office.logged.join('\n'), /4712345|5551234|4799999/);
    await eventually('the end', () => company.journal.at(-1) === 'ended');
    await company.stop();
  });
});
