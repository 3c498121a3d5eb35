import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { QualitySample } from '../../../src/media/quality.js';
import { nextWarnings, type QualityWarning } from '../../../src/media/quality-warnings.js';

const GOOD: QualitySample = { at: 0, mos: 4.3, loss: 0, jitter: 3, roundTrip: 20 };
const BAD: Record<QualityWarning, QualitySample> = {
  loss: { ...GOOD, loss: 0.031 },
  jitter: { ...GOOD, jitter: 31 },
  'round-trip': { ...GOOD, roundTrip: 401 },
  mos: { ...GOOD, mos: 3.59 },
};

/** The warnings after each of the samples: `x` a bad one, `.` a good one. */
function after(pattern: string, warning: QualityWarning): string {
  const samples: QualitySample[] = [];
  let warnings: readonly QualityWarning[] = [];
  return [...pattern]
    .map((sign) => {
      samples.push(sign === 'x' ? BAD[warning] : GOOD);
      warnings = nextWarnings(samples, warnings);
      return warnings.includes(warning) ? '!' : '-';
    })
    .join('');
}

describe('quality warnings', () => {
  for (const warning of Object.keys(BAD) as QualityWarning[]) {
    it(`${warning}: come with the third bad one of five`, () => {
      assert.equal(after('xx.x', warning), '---!');
      assert.equal(after('x.x.x', warning), '----!');
    });
  }

  it('do not come with two of five, however long that goes on', () => {
    assert.equal(after('xx...xx...xx', 'loss'), '------------');
  });

  it('stay until one of five is bad, so that they do not come and go', () => {
    assert.equal(after('xxx...x.....', 'loss'), '--!!!!!-----');
    assert.equal(after('xxx..x', 'loss'), '--!!!!');
  });

  it('are told apart', () => {
    const both = { ...BAD.loss, jitter: 40 };
    assert.deepEqual(nextWarnings([both, both, both], []), ['loss', 'jitter']);
  });

  it('that stay are the same object', () => {
    const bad = Array.from({ length: 5 }, () => BAD.mos);
    const first = nextWarnings(bad, []);
    assert.equal(nextWarnings(bad, first), first);
    const none: QualityWarning[] = [];
    assert.equal(nextWarnings([GOOD], none), none);
  });

  it('are not given for a round trip that nobody reported', () => {
    const silent = { ...GOOD, roundTrip: null };
    assert.deepEqual(nextWarnings([silent, silent, silent], []), []);
  });
});
