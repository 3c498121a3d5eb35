/** What simulated faults do with messages. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { delayed, doubled, lost, swapped } from '../../../src/signaling/faults/handlings.js';
import type { Handling } from '../../../src/signaling/faults/tap.js';

describe('a network with faults', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  function arrivals(handling: Handling, count: number): number[] {
    const arrived: number[] = [];
    for (let message = 1; message <= count; message++) handling.take(() => arrived.push(message));
    return arrived;
  }

  it('loses messages, or has them arrive twice', () => {
    assert.deepEqual(arrivals(lost, 2), []);
    assert.deepEqual(arrivals(doubled, 2), [1, 1, 2, 2]);
  });

  it('has them arrive later, in order', () => {
    const arrived = arrivals(delayed(2000), 3);
    mock.timers.tick(1999);
    assert.deepEqual(arrived, []);
    mock.timers.tick(1);
    assert.deepEqual(arrived, [1, 2, 3]);
  });

  it('hands on what waits when it is over, in order, and once', () => {
    for (const [handling, order] of [
      [delayed(2000), [1, 2, 3]],
      [swapped(), [2, 1, 3]],
    ] as const) {
      const arrived = arrivals(handling, 3);
      handling.release!();
      assert.deepEqual(arrived, order);
      mock.timers.tick(2000);
      assert.deepEqual(arrived, order);
    }
  });

  it('changes the order of two, and keeps none for itself', () => {
    const arrived = arrivals(swapped(), 3);
    assert.deepEqual(arrived, [2, 1]);
    mock.timers.tick(300);
    assert.deepEqual(arrived, [2, 1, 3]);
  });
});
