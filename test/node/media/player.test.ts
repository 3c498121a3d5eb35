import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Clip, MediaPacket } from '../../../src/pbx/media/engine.js';
import { ClipPlayer } from '../../../src/pbx/media/playout/clip-player.js';

/** Packets of 20 ms that can be told from each other by their last byte. */
function clip(count: number, mark = 0): Clip {
  const packets = Array.from({ length: count }, (_, at) => Buffer.from([0xf8, 0xff, mark + at]));
  return { packets, ms: count * 20 };
}

describe('the player of clips', { timeout: 20_000 }, () => {
  let player: ClipPlayer;
  let heard: (MediaPacket & { at: number })[];
  let leave: () => void;
  let arrived: () => void;

  beforeEach(() => {
    player = new ClipPlayer();
    heard = [];
    arrived = () => {};
    leave = player.subscribe('audio', (packet) => {
      heard.push({ ...packet, at: performance.now() });
      arrived();
    });
  });

  afterEach(() => {
    leave();
    player.close();
  });

  const marks = () => heard.map(({ payload }) => payload[2]);

  function heardCount(count: number): Promise<void> {
    return new Promise((resolve) => {
      arrived = () => heard.length >= count && resolve();
      arrived();
    });
  }

  it('sends every packet once, at its time, and has finished when the last one has passed', async () => {
    const from = performance.now();
    assert.equal(await player.play(clip(50)), 'finished');
    const passed = performance.now() - from;
    assert.ok(passed >= 999, `50 packets took ${passed} ms`);
    assert.deepEqual(
      marks(),
      Array.from({ length: 50 }, (_, at) => at),
    );
    // By the time it began to play: the first packet may be late itself.
    const late = heard.map(({ at, timestamp }) => at - from - (timestamp - heard[0]!.timestamp) / 48);
    assert.ok(Math.min(...late) > -5, `early: ${late.join(' ')}`);
    // However late one packet was, the next ones make up for it.
    assert.ok(Math.min(...late.slice(-10)) < 20, `later and later: ${late.join(' ')}`);
    for (const [index, packet] of heard.entries()) {
      assert.equal(packet.marker, index === 0);
      assert.equal(packet.codec, 'opus');
      if (index === 0) continue;
      assert.equal(packet.sequence, heard[index - 1]!.sequence + 1);
      assert.equal((packet.timestamp - heard[index - 1]!.timestamp) % 960, 0);
    }
  });

  it('keeps to the length of packets that are not of 20 ms', async () => {
    // SILK, 60 ms; and three frames of 20 ms in one packet.
    const packets = [
      Buffer.from([0x18, 1, 2]),
      Buffer.from([0xfb, 3, 1, 1, 1]),
      Buffer.from([0xf8, 0xff, 0]),
    ];
    const from = performance.now();
    assert.equal(await player.play({ packets, ms: 140 }), 'finished');
    const passed = performance.now() - from;
    assert.ok(passed >= 139, `${passed} ms`);
    const [first, second, third] = heard.map(({ timestamp }) => timestamp);
    assert.deepEqual([second! - first!, third! - second!], [2880, 2880]);
  });

  it('plays round and round until it is stopped', async () => {
    const playing = player.play(clip(3), { repeat: true });
    await heardCount(8);
    assert.deepEqual(marks(), [0, 1, 2, 0, 1, 2, 0, 1]);
    player.stop();
    assert.equal(await playing, 'stopped');
    const count = heard.length;
    assert.equal(await player.play(clip(2, 10)), 'finished');
    assert.deepEqual(marks().slice(count), [10, 11]);
  });

  it('stops what plays when something else is to be played', async () => {
    const first = player.play(clip(100));
    await heardCount(3);
    const second = player.play(clip(3, 100));
    assert.equal(await first, 'stopped');
    assert.equal(await second, 'finished');
    assert.deepEqual(marks(), [0, 1, 2, 100, 101, 102]);
    // The second clip begins when the packet before it has passed: nobody hears both at once.
    assert.ok(heard[3]!.at - heard[2]!.at > 15, `${heard[3]!.at - heard[2]!.at} ms`);
    assert.equal(heard[3]!.marker, true);
  });

  it('goes on with the time of the wall after a pause, as a listener buffers by it', async () => {
    await player.play(clip(2));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await player.play(clip(2));
    const [, before, after] = heard;
    const wall = after!.at - before!.at;
    const clock = (after!.timestamp - before!.timestamp) / 48;
    assert.ok(Math.abs(wall - clock) < 30, `${wall} ms passed, the timestamps say ${clock}`);
    assert.equal(after!.sequence, before!.sequence + 1);
  });

  it('plays whether or not somebody listens', async () => {
    leave();
    const from = performance.now();
    assert.equal(await player.play(clip(10)), 'finished');
    assert.ok(performance.now() - from >= 199);
    assert.deepEqual(heard, []);
  });

  it('is neither stuck nor busy with a clip of nothing, or of what is not Opus', async () => {
    assert.equal(await player.play({ packets: [], ms: 0 }, { repeat: true }), 'finished');
    const playing = player.play({ packets: [Buffer.alloc(0), Buffer.from([0xfb])], ms: 0 }, { repeat: true });
    let [turns, stopped] = [0, false];
    const turn = () => {
      turns += 1;
      if (!stopped) setImmediate(turn);
    };
    turn();
    await new Promise((resolve) => setTimeout(resolve, 100));
    stopped = true;
    player.stop();
    assert.equal(await playing, 'stopped');
    assert.ok(turns > 100, `${turns} turns of the loop`);
    assert.deepEqual(heard, []);
  });

  it('can be stopped, closed or restarted by whoever hears it', async () => {
    const restarted: Promise<unknown>[] = [];
    arrived = () => {
      if (restarted.length === 0) restarted.push(player.play(clip(2, 50)));
    };
    assert.equal(await player.play(clip(10)), 'stopped');
    assert.equal(await restarted[0], 'finished');
    assert.deepEqual(marks(), [0, 50, 51]);
    arrived = () => player.close();
    assert.equal(await player.play(clip(10, 100)), 'stopped');
    assert.deepEqual(marks(), [0, 50, 51, 100]);
    assert.equal(await player.play(clip(10)), 'stopped');
    assert.equal(heard.length, 4);
  });
});
