import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDecoder } from 'libopus-wasm';
import type { MediaPacket } from '../../../src/pbx/media/engine.js';
import { HoldMusic } from '../../../src/pbx/media/werift/hold-music.js';
import { ComposedTune } from '../../../src/pbx/media/werift/recording.js';
import { TUNE_SAMPLES } from '../../../src/pbx/media/werift/tune.js';
import { level } from '../../support/level.js';
import { SILENT_LOG } from '../../support/peer-page.js';

describe('the music on hold', { timeout: 60_000 }, () => {
  it('is music, and never anything near the tones of tests', async () => {
    const tune = new ComposedTune();
    await tune.compose();
    assert.equal(tune.packets.length, Math.floor(TUNE_SAMPLES / 960));
    const decoder = await createDecoder({ channels: 1 });
    const decoded = tune.packets.map((packet) => Float32Array.from(decoder.decodeFloat(packet)));
    decoder.free();
    const whole = new Float32Array(decoded.length * 960);
    decoded.forEach((frame, index) => whole.set(frame, index * 960));
    const peak = whole.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
    assert.ok(peak > 0.15 && peak < 0.9, `peak ${peak}`);
    for (let at = 0; at + 8192 <= whole.length; at += 8192) {
      const window = whole.subarray(at, at + 8192);
      const loudest = Math.max(...[146.83, 220, 293.66, 329.63, 369.99, 440].map((hz) => level(window, hz)));
      assert.ok(loudest > -45, `music at ${at}: ${loudest} dB`);
      for (const tone of [795, 807, 819, 1426, 1438, 1450]) {
        const heard = level(window, tone);
        assert.ok(heard < -58 && heard < loudest - 25, `${tone} Hz at ${at}: ${heard} dB`);
      }
    }
  });

  it('plays only while somebody listens, to everybody the same, without drift', async () => {
    const packet = Buffer.from([0xf8, 0xff, 0xfe]);
    const music = new HoldMusic({ packets: [packet, packet, packet], complete: true }, SILENT_LOG);
    const heard: MediaPacket[] = [];
    const also: MediaPacket[] = [];
    assert.equal(music.isPlaying, false);
    const started = performance.now();
    const leaveAlso = music.subscribe('audio', (given) => also.push(given));
    const passed = await new Promise<number>((resolve) => {
      const leave = music.subscribe('audio', (given) => {
        heard.push(given);
        if (heard.length < 40) return;
        leave();
        resolve(performance.now() - started);
      });
    });
    assert.ok(music.isPlaying);
    leaveAlso();
    assert.equal(music.isPlaying, false);
    assert.deepEqual(also.slice(0, 39), heard.slice(0, 39));
    // 39 steps of 20 ms lie between 40 packets.
    assert.ok(passed > 770, `40 packets after ${passed} ms`);
    for (const [index, { sequence, timestamp }] of heard.slice(1).entries()) {
      assert.equal(sequence, heard[index]!.sequence + 1);
      assert.ok(timestamp - heard[index]!.timestamp >= 960);
    }
    assert.equal(music.subscribe('video', () => {})(), undefined);
    assert.equal(music.isPlaying, false);
  });
});
