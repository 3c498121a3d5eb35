import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { SourceLock } from '../../../../src/pbx/media/rtp/source-lock.js';

const DESCRIBED = { address: '192.0.2.1', port: 6000 };
const BEHIND_NAT = { address: '192.0.2.1', port: 40_123 };
const STRANGER = { address: '203.0.113.9', port: 7000 };

describe('the source of a plain stream', () => {
  let now: number;
  let lock: SourceLock;
  let sequence: number;
  beforeEach(() => {
    now = 0;
    sequence = 0;
    lock = new SourceLock(() => now);
    lock.describe(DESCRIBED);
  });
  /** Whether each of so many packets in a row is heard. */
  const heard = (from: typeof DESCRIBED, count: number, ssrc = 1) =>
    Array.from({ length: count }, () => lock.hears(from, { ssrc, sequence: (sequence += 1) }));

  it('is heard at once where it was described', () => {
    assert.deepEqual(heard(DESCRIBED, 1), [true]);
    assert.deepEqual(lock.target, { ...DESCRIBED, ssrc: 1, heardAt: 0 });
  });

  it('is followed to another port of its address', () => {
    assert.deepEqual(heard(BEHIND_NAT, 3), [false, true, true]);
    assert.equal(lock.target!.port, BEHIND_NAT.port);
  });

  it('is followed to another address only after a run, and only while none else is heard', () => {
    assert.deepEqual(heard(STRANGER, 5), [false, false, false, true, true]);
    assert.deepEqual(heard(DESCRIBED, 2), [false, true], 'the described one takes the stream back');
    assert.deepEqual(
      heard(STRANGER, 50),
      Array.from({ length: 50 }, () => false),
    );
    now += 60_000;
    assert.deepEqual(heard(STRANGER, 9).includes(true), false, 'silence lets no stranger in');
  });

  it('is not found by packets that do not follow one another', () => {
    const scattered = Array.from({ length: 40 }, (_, at) =>
      lock.hears(STRANGER, { ssrc: at % 3, sequence: (at * 7919) & 0xffff }),
    );
    assert.equal(scattered.includes(true), false);
    assert.deepEqual(lock.target, DESCRIBED);
  });

  it('may change its port after a silence, and its SSRC at any time', () => {
    heard(DESCRIBED, 1);
    assert.deepEqual(heard(BEHIND_NAT, 5).includes(true), false);
    now += 2500;
    assert.deepEqual(
      heard(BEHIND_NAT, 2),
      [false, true].map((each) => each),
    );
    assert.deepEqual(heard(BEHIND_NAT, 3, 2), [false, true, true]);
  });

  it('is looked for anew where another address is described', () => {
    heard(DESCRIBED, 1);
    lock.describe({ ...DESCRIBED });
    assert.equal('ssrc' in lock.target!, true, 'the same description changes nothing');
    lock.describe(STRANGER);
    assert.deepEqual(lock.target, STRANGER);
    assert.deepEqual(heard(STRANGER, 1), [true]);
  });
});
