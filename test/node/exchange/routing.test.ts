import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { MAX_DECISIONS } from '../../../src/pbx/exchange/index.js';
import type { RouteDecision, RouteQuestion, Router } from '../../../src/pbx/exchange/index.js';
import { Office } from './office.js';
import type { Phone } from './office.js';

/** A router whose decisions the test makes, one after the other. */
class Site implements Router {
  readonly asked: RouteQuestion[] = [];
  readonly #waiting: ((decision: RouteDecision | Error) => void)[] = [];

  decide(question: RouteQuestion): Promise<RouteDecision> {
    this.asked.push(question);
    return new Promise((resolve, reject) => {
      this.#waiting.push((decision) => (decision instanceof Error ? reject(decision) : resolve(decision)));
    });
  }

  /** Answers the oldest question, and waits until the answer was taken. */
  async answer(decision: RouteDecision | Error): Promise<void> {
    const waiting = this.#waiting.shift();
    assert.ok(waiting, 'the site was asked');
    waiting(decision);
    await new Promise((resolve) => setImmediate(resolve));
  }

  get states(): string[] {
    return this.asked.map(({ lastState }) => lastState);
  }
}

const to = (destination: string, ringSeconds = 90, callerId?: string): RouteDecision => ({
  kind: 'route',
  destination,
  ringMs: ringSeconds * 1000,
  ...(callerId === undefined ? {} : { callerId }),
});

describe('a router of calls', () => {
  let site: Site;
  let office: Office;
  let front: Phone;
  let sales: Phone;
  let support: Phone;

  beforeEach(() => {
    site = new Site();
    office = new Office({ rules: [{ pattern: '7', to: '1003' }], ringSeconds: 60 }, { router: site });
    front = office.phone('1001');
    sales = office.phone('1002');
    support = office.phone('1003');
  });

  it('decides before the dial plan; meanwhile the caller waits', async () => {
    const call = await front.start('7');
    assert.equal(front.call(call).state, 'dialing');
    const { sessionId, ...question } = site.asked[0]!;
    assert.equal(sessionId, front.call(call).sessionId);
    assert.deepEqual(question, {
      caller: '1001',
      callerId: '1001',
      originalDialed: '7',
      lastDialed: '7',
      lastCalled: '',
      lastState: 'Calling',
    });
    await site.answer(to('1002', 20, '+36 1 555'));
    assert.equal(sales.call(sales.ringing()).remote.number, '+36 1 555');
    assert.equal(front.call(call).state, 'ringing');
    assert.equal(front.call(call).remote.number, '1002');
    await sales.accept(sales.ringing());
    assert.deepEqual([front.hears(), sales.hears()], [sales.contact.id, front.contact.id]);
    front.hangUp(call);
    office.mustBeQuiet();
    assert.equal(site.asked.length, 1);
  });

  it('chains: nobody answers, busy, nobody there, then whoever is next', async () => {
    const call = await front.start('500');
    await site.answer(to('1002', 5));
    office.clock.pass(5000);
    assert.deepEqual(site.states, ['Calling', 'NoAnswer']);
    assert.deepEqual(
      [site.asked[1]!.lastCalled, site.asked[1]!.lastDialed, site.asked[1]!.originalDialed],
      ['1002', '1002', '500'],
    );
    assert.equal(front.call(call).state, 'ringing', 'the caller hears it ring on');
    await site.answer(to('1003', 5));
    support.reject(support.ringing());
    await site.answer(to('1004', 5));
    assert.deepEqual(site.states, ['Calling', 'NoAnswer', 'Busy', 'NotFound']);
    await site.answer(to('1002', 5));
    await sales.accept(sales.ringing());
    assert.equal(front.call(call).state, 'active');
    const { sessionId } = front.call(call);
    assert.deepEqual(front.sessionStates(sessionId), [
      ...['Setup', 'Ringing', 'Setup', 'Ringing', 'Setup', 'Ringing', 'InCall'],
    ]);
    front.hangUp(call);
    office.mustBeQuiet();
  });

  it('rejects', async () => {
    const call = await front.start('1002');
    await site.answer({ kind: 'reject' });
    assert.equal(front.call(call).endReason, 'rejected');
    office.mustBeQuiet();
  });

  it('without an opinion leaves it to the dial plan, and is asked again', async () => {
    const call = await front.start('7');
    await site.answer({ kind: 'pass' });
    support.reject(support.ringing());
    assert.deepEqual(site.states, ['Calling', 'Busy']);
    await site.answer({ kind: 'pass' });
    assert.equal(front.call(call).endReason, 'rejected');
    office.mustBeQuiet();
  });

  it('that is not there leaves the whole call to the dial plan', async () => {
    const call = await front.start('7');
    await site.answer({ kind: 'unavailable' });
    office.clock.pass(60_000);
    assert.equal(front.call(call).endReason, 'no-answer');
    assert.deepEqual(site.states, ['Calling']);
    office.mustBeQuiet();
  });

  it('that breaks does not break the call', async () => {
    const call = await front.start('7');
    await site.answer(new Error('broken'));
    await support.accept(support.ringing());
    front.hangUp(call);
    assert.equal(office.errors.length, 1);
    office.errors.length = 0;
    office.mustBeQuiet();
  });

  it('comes to an end with a call that is sent round and round', async () => {
    const call = await front.start('500');
    for (let round = 1; round < MAX_DECISIONS; round += 1) await site.answer(to('1004'));
    assert.equal(site.asked.length, MAX_DECISIONS);
    await site.answer(to('1004'));
    assert.equal(front.call(call).endReason, 'unavailable');
    office.mustBeQuiet();
  });

  it('is not heard any more when the caller has hung up meanwhile', async () => {
    const call = await front.start('1002');
    front.hangUp(call);
    office.mustBeQuiet();
    await site.answer(to('1002'));
    office.mustBeQuiet();
  });

  it('finds the target of a transfer, too', async () => {
    const call = await front.start('1002');
    await site.answer({ kind: 'pass' });
    await sales.accept(sales.ringing());
    sales.transfer(sales.call(sales.told('call.changed')[0]!.id).id, '900');
    assert.deepEqual(site.asked[1]!.originalDialed, '900');
    assert.equal(front.hears(), 'music');
    await site.answer(to('1003', 5));
    office.clock.pass(5000);
    assert.deepEqual(site.states.slice(1), ['Calling', 'NoAnswer']);
    await site.answer({ kind: 'pass' });
    assert.equal(front.hears(), sales.contact.id, 'the two talk on');
    assert.equal(front.call(call).state, 'active');
    front.hangUp(call);
    office.mustBeQuiet();
  });
});
