/** The phone system over real sockets, whatever people ask of it and whenever their networks break. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { runs } from '../../support/property.js';
import { ACTIONS, Crowd, PEOPLE } from './crowd.js';
import type { Step } from './crowd.js';

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat({ max: PEOPLE.length - 1 }),
  action: fc.constantFrom(...ACTIONS),
  call: fc.nat({ max: 5 }),
  to: fc.nat({ max: 20 }),
  answers: fc.boolean(),
  twice: fc.boolean(),
  cut: fc.constantFrom('no', 'no', 'no', 'no', 'before', 'after'),
  forgets: fc.boolean(),
});

describe('whatever people do over networks that break', () => {
  it('every call has a session, nobody hears whom they should not, nothing is lost or told twice', async () => {
    const seen = new Set<string>();
    let heard = 0;
    const whatever = fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (todo) => {
      const crowd = await Crowd.gather();
      try {
        for (const each of todo) {
          await crowd.step(each);
          crowd.invariants();
        }
        await crowd.end();
        heard += crowd.heard;
        for (const person of crowd.people) for (const state of person.seen) seen.add(state);
      } finally {
        await crowd.close();
      }
    });
    // What these come to is known, and that it is come to: the others may be fewer where the machine is slow.
    await fc.assert(whatever, { numRuns: 60, seed: 1, includeErrorInReport: true });
    for (const state of ['InCall', 'CalleeOnHold', 'Transferring', 'TransferCompleted', 'NotAnswered']) {
      assert.ok(seen.has(state), `${state} was come to`);
    }
    assert.ok(heard > 50, `somebody heard another ${heard} times`);
    await fc.assert(whatever, runs(60, 5000));
  });
});
