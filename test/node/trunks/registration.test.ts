/** A line whose server comes and goes. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { until } from '../../support/until.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { House } from './house.js';
import { registers, respond } from './provider.js';

describe('the registration of a line', () => {
  let house: House;
  afterEach(() => house.close());

  it('leaves the server alone for as long as it wants (Retry-After)', async () => {
    const clock = new FakeClock();
    house = await House.open({ clock });
    const { provider } = house;
    provider.answer = (request) => respond(request, 503, ['Retry-After: 120 (maintenance)']);
    house.start();
    await until(() => house.line?.state === 'waiting');
    assert.match(house.line?.problem ?? '', /503/);
    clock.pass(119_000);
    assert.equal(house.line?.state, 'waiting');
    assert.equal(provider.received.length, 1);
    provider.answer = registers;
    clock.pass(31_000);
    await house.registered();
  });

  it('is told as an event when it is lost, and when it is there again', async () => {
    house = await House.open();
    const { provider, office } = house;
    const front = office.phone('1001');
    const told = () =>
      front
        .told('extension.changed')
        .filter(({ id }) => id === 'line')
        .map(({ status }) => status);
    house.start({ keepAliveSeconds: 1 });
    await house.registered();
    provider.answer = () => null;
    await until(() => told().at(-1) === 'offline');
    const call = await front.start('05550100');
    assert.equal(front.call(call).endReason, 'unavailable');
    provider.answer = registers;
    await until(() => told().at(-1) === 'idle');
    assert.deepEqual(told(), ['offline', 'idle', 'offline', 'idle']);
    const warned = house.logged.filter((line) => line.includes('outside line'));
    assert.deepEqual(
      warned.map((line) => line.includes('not registered')),
      [false, true, false],
    );
  });
});
