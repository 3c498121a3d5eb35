/** Two clocks say whether the phone system is there; and that they stood still is noticed. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Health } from '../../../src/phone/recovery/health.js';

describe('the health of a link', () => {
  let patient: { heardAt: number; answeredAt: number; probe(ms: number): void };
  let asked: number[];
  let slept: number;
  let health: Health;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    asked = [];
    slept = 0;
    patient = { heardAt: Date.now(), answeredAt: Date.now(), probe: (ms) => void asked.push(ms) };
    health = new Health(
      () => patient,
      () => false,
      () => void slept++,
    );
    health.look();
  });
  afterEach(() => {
    health.stop();
    mock.timers.reset();
  });

  it('asks when nothing came for a while, and not when something did', () => {
    mock.timers.tick(14_000);
    patient.heardAt = patient.answeredAt = Date.now();
    mock.timers.tick(2000);
    assert.deepEqual(asked, []);
    mock.timers.tick(14_000);
    assert.deepEqual(asked, [10_000]);
    assert.equal(slept, 0);
  });

  it('asks when something comes and nothing is answered', () => {
    for (let seconds = 0; seconds < 16; seconds++) {
      mock.timers.tick(1000);
      patient.heardAt = Date.now();
    }
    assert.deepEqual(asked, [10_000]);
  });

  it('knows nothing when the device slept, and asks nobody who may be gone', () => {
    mock.timers.setTime(Date.now() + 60_000);
    health.look();
    assert.equal(slept, 1);
    assert.deepEqual(asked, []);
  });

  it('does not take a page for asleep that is only slow', () => {
    mock.timers.setTime(Date.now() + 20_000);
    health.look();
    assert.equal(slept, 0);
    assert.deepEqual(asked, [10_000]);
  });
});
