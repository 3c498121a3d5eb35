import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countRollover, type RolloverState } from '../../../src/pbx/media/werift/rollover.js';
import { RtpStream } from '../../../src/pbx/media/stream/rtp-stream.js';

const A = { name: 'a' };
const B = { name: 'b' };

function stream(start = { sequence: 100, timestamp: 1000 }) {
  let now = 0;
  const made = new RtpStream(48_000, () => now, start);
  return { stream: made, wait: (ms: number) => (now += ms) };
}

describe('RTP continuity', () => {
  it('goes on by one and by the time that passed when the source changes', () => {
    const { stream: rtp, wait } = stream();
    const first = rtp.next(A, { sequence: 7, timestamp: 500 })!;
    assert.deepEqual(first, { sequence: 101, timestamp: 1001, first: true });
    wait(20);
    assert.deepEqual(rtp.next(A, { sequence: 8, timestamp: 1460 }), {
      sequence: 102,
      timestamp: 1961,
      first: false,
    });
    wait(500);
    assert.deepEqual(rtp.next(B, { sequence: 60_000, timestamp: 4_000_000_000 }), {
      sequence: 103,
      timestamp: 1961 + 24_000,
      first: true,
    });
  });

  it('wraps sequence numbers and timestamps around', () => {
    const { stream: rtp, wait } = stream({ sequence: 0xfffe, timestamp: 2 ** 32 - 10 });
    const seen = [65_534, 65_535, 0, 1].map((sequence, index) => {
      wait(20);
      return rtp.next(A, { sequence, timestamp: (2 ** 32 - 960 + index * 960) % 2 ** 32 })!;
    });
    assert.deepEqual(
      seen.map(({ sequence }) => sequence),
      [0xffff, 0, 1, 2],
    );
    assert.deepEqual(
      seen.slice(1).map(({ timestamp }, index) => (timestamp - seen[index]!.timestamp) >>> 0),
      [960, 960, 960],
    );
  });

  it('keeps losses and late packets of a source as they are', () => {
    const { stream: rtp } = stream();
    const at = (sequence: number) => rtp.next(A, { sequence, timestamp: sequence * 960 })?.sequence;
    assert.deepEqual([at(10), at(13), at(12), at(14)], [101, 104, 103, 105]);
  });

  it('drops what comes late from before a source was chosen', () => {
    const { stream: rtp } = stream();
    rtp.next(B, { sequence: 5, timestamp: 0 });
    rtp.next(A, { sequence: 50, timestamp: 0 });
    assert.equal(rtp.next(A, { sequence: 49, timestamp: 0 }), null);
  });

  it('places packets of our own without a number used twice', () => {
    const { stream: rtp, wait } = stream();
    const numbers = [rtp.next(A, { sequence: 1, timestamp: 0 })!.sequence];
    wait(20);
    numbers.push(rtp.insert().sequence, rtp.insert().sequence);
    wait(20);
    const after = rtp.next(A, { sequence: 2, timestamp: 1920 })!;
    assert.deepEqual([...numbers, after.sequence], [101, 102, 103, 104]);
    assert.equal(after.timestamp, 1001 + 1920);
  });

  it('leaves no gap where a packet is omitted', () => {
    const { stream: rtp } = stream();
    rtp.next(A, { sequence: 1, timestamp: 0 });
    rtp.omit(A, { sequence: 2, timestamp: 0 });
    assert.equal(rtp.next(A, { sequence: 3, timestamp: 960 })!.sequence, 102);
  });

  it('takes a source that starts anew for a short loss', () => {
    const { stream: rtp, wait } = stream();
    rtp.next(A, { sequence: 1, timestamp: 0 });
    wait(20);
    const anew = rtp.next(A, { sequence: 30_000, timestamp: 3_000_000_000 })!;
    assert.deepEqual([anew.sequence, anew.timestamp], [103, 1001 + 960]);
  });

  it('follows a source that pauses, by the wall clock', () => {
    const { stream: rtp, wait } = stream();
    rtp.next(A, { sequence: 1, timestamp: 0 });
    wait(10_000);
    assert.equal(rtp.next(A, { sequence: 2, timestamp: 480_000 })!.timestamp, 1001 + 480_000);
  });
});

describe('SRTP rollovers', () => {
  const state = (): RolloverState => ({ rolloverCounter: 0, lastSequenceNumber: 0 });

  it('counts a rollover although the packets around it were lost', () => {
    const rollover = state();
    for (const sequence of [64_000, 65_000]) countRollover(sequence, rollover);
    countRollover(3000, rollover);
    assert.equal(rollover.rolloverCounter, 1);
  });

  it('goes back for a late packet from before it, and forth again', () => {
    const rollover = state();
    const counters = [65_535, 1, 65_534, 2].map((sequence) => {
      countRollover(sequence, rollover);
      return rollover.rolloverCounter;
    });
    assert.deepEqual(counters, [0, 1, 0, 1]);
  });

  it('never goes below the first', () => {
    const rollover = state();
    for (const sequence of [3, 65_534, 4]) countRollover(sequence, rollover);
    assert.equal(rollover.rolloverCounter, 0);
  });
});
