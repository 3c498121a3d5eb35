/** Whatever a file holds, it becomes a clip or an AudioError, soon. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createOggEncoder } from 'wasm-media-encoders';
import { AudioError, readClip } from '../../../../src/pbx/media/audio/index.js';
import { Mp3Encoder } from '../../../../src/pbx/media/audio/encode/mp3.js';
import { OpusEncoder } from '../../../../src/pbx/media/audio/encode/opus.js';
import type { RecordingEncoder } from '../../../../src/pbx/media/audio/encode/recording-encoder.js';
import { checksum } from '../../../../src/pbx/media/ogg/checksum.js';
import { opusSamples } from '../../../../src/pbx/media/opus.js';
import { tone, wav } from '../../../support/sound.js';

function recorded(encoder: RecordingEncoder): Buffer {
  const samples = Int16Array.from(tone(1000, 0.5), (sample) => sample * 32_767);
  const parts = [encoder.start()];
  for (let at = 0; at < samples.length; at += 960) parts.push(encoder.write(samples.slice(at, at + 960)));
  parts.push(encoder.end());
  encoder.free();
  return Buffer.concat(parts);
}

async function vorbis(): Promise<Buffer> {
  const encoder = await createOggEncoder();
  encoder.configure({ channels: 1, sampleRate: 44_100 });
  const start = Buffer.from(encoder.encode([tone(1000, 0.5, 44_100)]));
  return Buffer.concat([start, Buffer.from(encoder.finalize())]);
}

/** Makes the checksums of an Ogg file right again, so that what is behind them is tested, too. */
function mendChecksums(file: Buffer): void {
  for (let at = 0; at + 27 <= file.length && file.toString('latin1', at, at + 4) === 'OggS';) {
    const table = file.subarray(at + 27, at + 27 + file[at + 26]!);
    const end = at + 27 + table.length + table.reduce((sum, length) => sum + length, 0);
    if (end > file.length) return;
    file.writeUInt32LE(checksum(file.subarray(at, end)), at + 22);
    at = end;
  }
}

describe('garbage in place of a sound file', { timeout: 300_000 }, () => {
  const searchPath = process.env.PATH;
  let seed = 11;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  const noise = (length: number) => Buffer.from(Array.from({ length }, () => random(256)));

  // ffmpeg is a program of its own: what it does with garbage is not tested here.
  before(() => (process.env.PATH = ''));
  after(() => (process.env.PATH = searchPath));

  /** Resolves with whether it could be read. */
  async function settles(file: Buffer, what: string): Promise<boolean> {
    const from = performance.now();
    try {
      const { packets, ms } = await readClip(file);
      assert.ok(packets.length > 0 && packets.every((packet) => opusSamples(packet) > 0), what);
      assert.ok(ms < 3_700_000, `${what} lasts ${ms} ms`);
      return true;
    } catch (error) {
      assert.ok(error instanceof AudioError, `${what}: ${String(error)}`);
      return false;
    } finally {
      assert.ok(performance.now() - from < 20_000, `${what} took ${performance.now() - from} ms`);
    }
  }

  it('is refused when it only begins like one', async () => {
    const beginnings = [
      'RIFF\0\0\0\0WAVE',
      'RIFF\0\0\0\0WAVEfmt ',
      'RF64\0\0\0\0WAVEdata',
      'OggS',
      'ID3\x04\0\0',
      '\xff\xfb\x90\x64',
      '',
    ];
    for (const beginning of beginnings) {
      for (const length of [0, 1, 50, 5000]) {
        const file = Buffer.concat([Buffer.from(beginning, 'latin1'), noise(length)]);
        const readable = await settles(file, `"${beginning}" and ${length} bytes`);
        // A frame of MP3 may be found in anything; nothing else may.
        if (!beginning.startsWith('ID3') && !beginning.startsWith('\xff'))
          assert.equal(readable, false, beginning);
      }
    }
  });

  it('is read or refused when it was a file and is changed', async () => {
    const files: Record<string, Buffer> = {
      wav: wav([tone(1000, 0.5), tone(500, 0.5)], { kind: 's24' }),
      mp3: recorded(await Mp3Encoder.create()),
      opus: recorded(await OpusEncoder.create()),
      vorbis: await vorbis(),
    };
    for (const [name, file] of Object.entries(files)) {
      let read = 0;
      for (let round = 0; round < 120; round++) {
        const changed = Buffer.from(file);
        // Mostly in the headers, where it hurts most.
        const where = round % 3 === 0 ? changed.length : Math.min(400, changed.length);
        for (let hits = 1 + random(6); hits > 0; hits--) changed[random(where)] = random(256);
        if (round % 2 === 0) mendChecksums(changed);
        if (await settles(changed, `${name} in round ${round}`)) read += 1;
      }
      assert.ok(read > 0, `${name}: nothing could be read, so the changes test little`);
    }
  });

  it('is refused or read as far as it goes when it is cut off', async () => {
    const files: Record<string, Buffer> = {
      wav: wav([tone(1000, 0.5)]),
      mp3: recorded(await Mp3Encoder.create()),
      opus: recorded(await OpusEncoder.create()),
      vorbis: await vorbis(),
    };
    for (const [name, file] of Object.entries(files)) {
      for (const length of [1, 4, 12, 27, 28, 44, 100, 500, file.length >> 1, file.length - 1]) {
        const readable = await settles(file.subarray(0, length), `${name} of ${length} bytes`);
        // Only MP3 does not say how long it is.
        if (name !== 'mp3') assert.equal(readable, false, `${name} of ${length} bytes`);
      }
    }
  });

  it('leaves the next file readable', async () => {
    await assert.rejects(readClip(noise(1000)), AudioError);
    assert.ok(await settles(wav([tone(1000, 0.5)]), 'a good file'));
  });
});
