import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { MediaPacket } from '../../../src/pbx/media/engine.js';
import { JitterQueue } from '../../../src/pbx/media/werift/mixer/jitter-queue.js';

/** 20 ms of Opus; the number is its sequence number and its place in time. */
const packet = (sequence: number, more: Partial<MediaPacket> = {}): MediaPacket => ({
  payload: Buffer.from([0xf8, sequence & 0xff]),
  sequence: sequence & 0xffff,
  timestamp: (sequence * 960) >>> 0,
  marker: false,
  codec: 'opus',
  ...more,
});

describe('the packets of a party in a mixer', () => {
  let queue: JitterQueue;
  beforeEach(() => (queue = new JitterQueue()));

  const put = (...sequences: number[]) => sequences.forEach((sequence) => queue.put(packet(sequence)));
  /** Everything there is to play. */
  const played = () => {
    const numbers: number[] = [];
    for (let next = queue.take(); next; next = queue.take()) numbers.push(next.packet.sequence);
    return numbers;
  };

  it('are gathered for 40 ms before the first is played', () => {
    put(1);
    assert.equal(queue.take(), null);
    put(2);
    assert.deepEqual(played(), [1, 2]);
    put(3);
    assert.deepEqual(played(), [3]);
    queue.pause();
    put(4);
    assert.deepEqual(played(), []);
    put(5);
    assert.deepEqual(played(), [4, 5]);
  });

  it('are put in order, each once, also where the numbers go round', () => {
    put(65_536, 65_534, 65_537, 65_535, 65_536, 65_534);
    assert.deepEqual(played(), [65_534, 65_535, 0, 1]);
  });

  it('that come too late are left out', () => {
    put(10, 11);
    assert.deepEqual(played(), [10, 11]);
    put(9, 12, 10, 13);
    assert.deepEqual(played(), [12, 13]);
  });

  it('do not pile up: the oldest go', () => {
    put(...Array.from({ length: 100 }, (_, index) => index));
    assert.deepEqual(played(), [94, 95, 96, 97, 98, 99]);
  });

  it('of a party that starts anew are played from there', () => {
    put(1000, 1001, 1002);
    played();
    put(5, 6);
    assert.deepEqual(played(), []);
    put(7, 8);
    assert.deepEqual(played(), [7, 8]);
  });

  it('tell how much is missing before them, if that is little enough to make up', () => {
    put(1, 2, 4);
    const lost = () => queue.take()?.lost;
    assert.deepEqual([lost(), lost(), lost()], [0, 0, 960]);
    put(8);
    assert.equal(lost(), 2880);
    put(20);
    assert.equal(lost(), 0, 'a pause');
    // The missing packet was no sound: time did not go on.
    queue.put(packet(22, { timestamp: 21 * 960 }));
    assert.equal(lost(), 0);
    // A party whose clock makes no sense.
    queue.put(packet(24, { timestamp: 22 * 960 + 7 }));
    assert.equal(lost(), 0);
  });

  it('that are not Opus are not sound', () => {
    queue.put(packet(1, { codec: 'telephone-event' }));
    queue.put(packet(2, { payload: Buffer.alloc(0) }));
    // 63 frames of 60 ms.
    queue.put(packet(3, { payload: Buffer.from([0x1b, 63]) }));
    put(4, 5);
    assert.deepEqual(played(), [4, 5]);
  });
});
