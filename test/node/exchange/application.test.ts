import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Call } from '../../../src/protocol/index.js';
import { serviceOf } from '../../../src/pbx/exchange/index.js';
import type { Application, LegMedia } from '../../../src/pbx/exchange/index.js';
import type { MediaSource } from '../../../src/pbx/media/engine.js';
import { Office, refused } from './office.js';
import type { Phone } from './office.js';

const NOTHING: MediaSource = { subscribe: () => () => {}, requestKeyFrame: () => {} };

/** An application that does what the test says. */
class Script implements Application {
  readonly account = { id: '9999', name: 'Script', kind: 'extension', type: 'API' } as const;
  readonly answersAtOnce = false;
  readonly calls: Call[] = [];
  closed = 0;

  openMedia(): LegMedia {
    return {
      isUnattended: true,
      connected: Promise.resolve(),
      output: NOTHING,
      listenTo: () => {},
      sendDigits: () => Promise.resolve(),
      close: () => {
        this.closed += 1;
        return Promise.resolve();
      },
    };
  }

  readonly tell: Application['tell'] = (event, data) => {
    if (event === 'call.changed') this.calls.push(data as Call);
  };

  get call(): Call {
    const call = this.calls.at(-1);
    assert.ok(call, 'the application was told of a call');
    return call;
  }
}

describe('an application', () => {
  const script = () => new Script();
  let application: Script;
  let service: ReturnType<typeof serviceOf>;
  let office: Office;
  let front: Phone;
  let sales: Phone;

  beforeEach(() => {
    application = script();
    service = serviceOf(application);
    office = new Office(undefined, { services: [service] });
    front = office.phone('1001');
    sales = office.phone('1002');
  });
  afterEach(() => {
    office.mustBeQuiet();
    assert.equal(
      application.closed,
      new Set(application.calls.map(({ id }) => id)).size,
      'its media is closed',
    );
  });

  const own = () => office.exchange.applicationCalls;
  const begin = (to: string, callId = 'own-1') =>
    own().call(service.contact, {
      callId,
      to,
      media: application.openMedia(),
      shownCaller: { number: '+361', name: 'Reminder' },
    });

  it('rings until it answers; then both are connected', async () => {
    const call = await front.start('9999');
    assert.equal(front.call(call).state, 'ringing');
    assert.deepEqual([application.call.state, application.call.remote.number], ['ringing', '1001']);
    own().answer(service.contact, application.call.id);
    assert.deepEqual([application.call.state, front.call(call).state], ['active', 'active']);
    await refused('wrong-state', () => own().answer(service.contact, application.call.id));
    front.hangUp(call);
    assert.equal(application.call.endReason, 'remote-hung-up');
  });

  it('hears when its caller can hear it', async () => {
    const call = await front.start('9999');
    own().answer(service.contact, application.call.id);
    let heard = false;
    const waiting = own()
      .heard(service.contact, application.call.id)
      .then(() => (heard = true));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(heard, false);
    front.media()[0]!.observer.connected();
    await waiting;
    front.hangUp(call);
  });

  it('rejects, hangs up, transfers', async () => {
    const rejected = await front.start('9999');
    office.exchange.reject(service.contact, application.call.id);
    assert.equal(front.call(rejected).endReason, 'rejected');

    const ended = await front.start('9999');
    own().answer(service.contact, application.call.id);
    office.exchange.hangUp(service.contact, application.call.id);
    assert.equal(front.call(ended).endReason, 'remote-hung-up');

    const moved = await front.start('9999');
    own().answer(service.contact, application.call.id);
    office.exchange.transfer(service.contact, application.call.id, '1003');
    assert.equal(application.call.transfer?.state, 'failed');
    assert.equal(front.call(moved).state, 'active');
    office.exchange.transfer(service.contact, application.call.id, '1002');
    await sales.accept(sales.ringing());
    assert.equal(application.call.endReason, 'transferred');
    assert.equal(front.hears(), sales.contact.id);
    front.hangUp(moved);
  });

  it('that never answers lets the caller go after the time for ringing', async () => {
    const call = await front.start('9999');
    office.clock.pass(60_000);
    assert.equal(front.call(call).endReason, 'no-answer');
  });

  it('calls somebody, who is shown whom it wants', async () => {
    begin('1001');
    assert.equal(application.call.state, 'ringing');
    const rung = front.ringing();
    assert.deepEqual(front.call(rung).remote, { number: '+361', name: 'Reminder' });
    await front.accept(rung);
    assert.equal(application.call.state, 'active');
    const info = office.exchange.thirdParty.calls()[0]!;
    assert.deepEqual([info.callerId, info.session.caller, info.session.callee], ['+361', '9999', '1001']);
    front.hangUp(rung);
  });

  it('is shown as it wants also where its call is forwarded to', async () => {
    begin('1001');
    front.forward(front.ringing(), '1002');
    const rung = sales.ringing();
    assert.deepEqual(sales.call(rung).remote, { number: '+361', name: 'Reminder' });
    await sales.accept(rung);
    sales.hangUp(rung);
  });

  it('is told why nobody was reached', () => {
    begin('1003', 'absent');
    assert.equal(application.call.endReason, 'unavailable');
    begin('4711', 'unknown');
    assert.equal(application.call.endReason, 'not-found');
    begin('5000', 'room');
    assert.equal(application.call.endReason, 'unavailable', 'nobody would be in that call');
    begin('1001', 'busy');
    front.reject(front.ringing());
    assert.equal(application.call.endReason, 'rejected');
  });

  it('is told the digits of its caller, and whose call they are in', async () => {
    const presses: unknown[] = [];
    office.exchange.onDigit(({ heardBy, digit }) => presses.push([heardBy, digit]));
    const call = await front.start('9999');
    front.media()[0]!.observer.digit('1');
    own().answer(service.contact, application.call.id);
    front.media()[0]!.observer.digit('2');
    assert.deepEqual(presses, [
      [null, '1'],
      [application.call.id, '2'],
    ]);
    front.hangUp(call);
  });

  it('that is gone from the configuration leaves its calls', async () => {
    const call = await front.start('9999');
    own().answer(service.contact, application.call.id);
    office.exchange.reconfigure({ dialPlan: { rules: [], ringSeconds: 60 }, conferences: [], services: [] });
    assert.equal(front.call(call).endReason, 'remote-hung-up');
    assert.equal(application.call.endReason, 'closed');
    const again = await front.start('9999');
    assert.equal(front.call(again).endReason, 'not-found');
  });
});
