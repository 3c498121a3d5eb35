import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MediaPacket } from '../../../../src/pbx/media/engine.js';
import { G711IntoOpus } from '../../../../src/pbx/media/rtp/g711/into-opus.js';
import { compress, expand, type Law } from '../../../../src/pbx/media/rtp/g711/law.js';
import { Reorder } from '../../../../src/pbx/media/stream/reorder.js';
import { SILENT_LOG } from '../../../support/peer-page.js';
import { until } from '../../../support/until.js';

const law: Law = 'PCMU';

describe('telephone sound', () => {
  for (const each of ['PCMU', 'PCMA'] as const) {
    it(`is each byte's own sample both ways (${each})`, () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
      const samples = expand(each, bytes);
      assert.deepEqual(expand(each, compress(each, samples)), samples);
      // ITU-T G.711: the loudest samples, and silence.
      assert.equal(Math.max(...samples), each === 'PCMU' ? 32_124 : 32_256);
      assert.equal(compress(each, new Int16Array(1))[0], each === 'PCMU' ? 0xff : 0xd5);
      assert.deepEqual(
        [...compress(each, Int16Array.of(-32_768, 32_767))],
        each === 'PCMU' ? [0, 128] : [42, 170],
      );
    });
  }

  it('becomes Opus frames of 20 ms whatever its packets last, by its own clock', async () => {
    const passed: MediaPacket[] = [];
    const opus = new G711IntoOpus(SILENT_LOG as never, (packet) => passed.push(packet));
    opus.work(true);
    let sequence = 65_530;
    let timestamp = 0xffff_ff00;
    const say = (samples: number, skip = 0, lost = 0) => {
      timestamp = (timestamp + skip) >>> 0;
      sequence = (sequence + lost) & 0xffff;
      opus.sound(law, { sequence, timestamp }, Buffer.alloc(samples, 0xff));
      sequence = (sequence + 1) & 0xffff;
      timestamp = (timestamp + samples) >>> 0;
    };
    await until(() => {
      say(160);
      return passed.length > 0;
    });
    passed.length = 0;
    for (const samples of [240, 240, 80, 80, 160]) say(samples);
    const steps = () =>
      passed
        .slice(1)
        .map((packet, at) => [
          (packet.sequence - passed[at]!.sequence) & 0xffff,
          (packet.timestamp - passed[at]!.timestamp) >>> 0,
        ]);
    assert.deepEqual(
      steps(),
      Array.from({ length: 4 }, () => [1, 960]),
    );
    // Two packets of 20 ms are lost; then a pause of 100 ms, which is no loss.
    passed.splice(0, 4);
    say(160, 320, 2);
    say(160, 800);
    assert.deepEqual(steps(), [
      [3, 2880],
      [1, 5760],
    ]);
    opus.close();
  });
});

describe('packets that overtake one another', () => {
  const through = (...sequences: number[]) => {
    const passed: number[] = [];
    const reorder = new Reorder<{ sequence: number }>(({ sequence }) => passed.push(sequence));
    for (const sequence of sequences) reorder.put({ sequence });
    return { passed, reorder };
  };

  it('are passed on in order, each once, the others at once', () => {
    assert.deepEqual(through(1, 2, 4, 3, 3, 4, 5, 1).passed, [1, 2, 3, 4, 5]);
    assert.deepEqual(through(65_534, 0, 65_535, 1).passed, [65_534, 65_535, 0, 1]);
  });

  it('do not wait for ever: not for more than four others, and not for long', async () => {
    assert.deepEqual(through(1, 3, 4, 5, 6).passed, [1]);
    assert.deepEqual(through(1, 3, 4, 5, 6, 7).passed, [1, 3, 4, 5, 6, 7]);
    const { passed } = through(1, 3);
    await until(() => passed.length === 2);
  });

  it('are another stream when they are far away', () => {
    assert.deepEqual(through(1, 2, 9000, 9001).passed, [1, 2, 9000, 9001]);
    const { passed, reorder } = through(1, 3);
    reorder.reset();
    reorder.put({ sequence: 2 });
    assert.deepEqual(passed, [1, 2]);
  });
});
