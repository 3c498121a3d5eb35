/** What is recorded is in the file: read again, it is the same sound, at the same time, for as long. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { WavEncoder } from '../../../../src/pbx/media/audio/encode/wav.js';
import {
  AudioError,
  createRecordingWriter,
  readClip,
  type RecordingFormat,
  type RecordingWriter,
} from '../../../../src/pbx/media/audio/index.js';
import { ClipPlayer } from '../../../../src/pbx/media/playout/clip-player.js';
import { OpusMixer } from '../../../../src/pbx/media/werift/mixer/mixer.js';
import { SILENT_LOG } from '../../../support/peer-page.js';
import { decoded, heard, joined, silence, span, tone, wav } from '../../../support/sound.js';
import { until } from '../../../support/until.js';

const FORMATS: RecordingFormat[] = ['wav', 'mp3', 'ogg'];
/** What MP3 adds at the ends of a file: the encoder's delay, and frames filled up. */
const MP3_MS = 100;

function record(writer: RecordingWriter, sound: Float32Array): void {
  for (let at = 0; at < sound.length; at += 960) {
    writer.write(Int16Array.from(sound.subarray(at, at + 960), (sample) => Math.round(sample * 32_767)));
  }
}

describe('recordings', { timeout: 120_000 }, () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozeki-recordings-'));
  });

  after(() => rm(folder, { recursive: true }));

  for (const format of FORMATS) {
    it(`writes ${format} that holds what was heard, when it was`, async () => {
      const path = join(folder, `tones.${format}`);
      const writer = await createRecordingWriter(path, format);
      const [low, high] = [tone(807, 1, 48_000, 0.3), tone(1438, 1, 48_000, 0.2)];
      const mixed = low.map((sample, at) => sample + high[at]!);
      record(writer, joined(silence(1), tone(1000, 1), silence(1), mixed, silence(0.5)));
      const { seconds, bytes } = await writer.end();
      assert.equal(seconds, 4.5);
      const file = await readFile(path);
      assert.equal(file.length, bytes);
      assert.equal((await stat(path)).mode & 0o077, 0, 'nobody else may read it');

      const clip = await readClip(file);
      assert.ok(clip.ms >= 4500 && clip.ms <= 4520 + (format === 'mp3' ? MP3_MS : 0), `${clip.ms} ms`);
      const samples = await decoded(clip);
      const late = format === 'mp3' ? MP3_MS / 1000 : 0.03;
      for (const [hz, from, to] of [
        [1000, 1, 2],
        [807, 3, 4],
        [1438, 3, 4],
      ] as const) {
        const heardAt = span(samples, hz);
        assert.ok(
          heardAt.from > from - 0.03 && heardAt.from < from + late,
          `${hz} Hz from ${heardAt.from} s`,
        );
        assert.ok(heardAt.to > to - 0.03 && heardAt.to < to + late, `${hz} Hz to ${heardAt.to} s`);
      }
      const second = (from: number) => samples.subarray(from * 48_000, (from + 1) * 48_000);
      assert.ok(Math.abs(heard(second(1), 1000) + 8) < 1, `${heard(second(1), 1000)} dB`);
      assert.ok(Math.abs(heard(second(3), 807) + 10.5) < 1, `${heard(second(3), 807)} dB`);
      assert.ok(Math.abs(heard(second(3), 1438) + 14) < 1, `${heard(second(3), 1438)} dB`);
      assert.ok(heard(second(3), 1000) < -50 && heard(second(0), 1000) < -50);
    });
  }

  it('is on the disk while it goes on, and can be read when it breaks off', async () => {
    for (const format of FORMATS) {
      const path = join(folder, `broken-off.${format}`);
      const writer = await createRecordingWriter(path, format);
      record(writer, tone(1000, 4));
      // The last pieces may still be on their way, in the thread or in a page.
      await until(async () => (await stat(path)).size > (format === 'ogg' ? 8000 : 20_000));
      const samples = await decoded(await readClip(await readFile(path)));
      assert.ok(samples.length > 48_000 && heard(samples, 1000) > -10, format);
      await writer.discard();
    }
  });

  it('keeps two directions in step that come at different moments', async () => {
    const [low, high] = await Promise.all([807, 1438].map((hz) => readClip(wav([tone(hz, 1)]))));
    const mixer = new OpusMixer(SILENT_LOG);
    const [one, other] = [new ClipPlayer(), new ClipPlayer()];
    const path = join(folder, 'both.wav');
    const writer = await createRecordingWriter(path, 'wav');
    mixer.add(one);
    let frames = 0;
    let started = 0;
    const playing: Promise<unknown>[] = [];
    const offsets: number[] = [];
    await new Promise<void>((resolve) => {
      const leave = mixer.tap((frame) => {
        frames += 1;
        if (frames === 1) started = performance.now();
        if (frames === 30) {
          offsets.push(performance.now() - started);
          playing.push(one.play(low!));
        }
        if (frames === 65) {
          // Comes into the mixer later, as who joins a call that is being recorded.
          mixer.add(other);
          offsets.push(performance.now() - started);
          playing.push(other.play(high!));
        }
        writer.write(frame);
        if (frames < 150) return;
        leave();
        resolve();
      });
    });
    await Promise.all(playing);
    mixer.close();
    const { seconds } = await writer.end();
    assert.equal(seconds, 3);
    const samples = await decoded(await readClip(await readFile(path)));
    const [first, second] = [span(samples, 807), span(samples, 1438)];
    const [expectedFirst, expectedSecond] = offsets.map((ms) => ms / 1000) as [number, number];
    // What gathers packets before they are played adds up to 80 ms, to both alike.
    for (const [found, expected] of [
      [first, expectedFirst],
      [second, expectedSecond],
    ] as const) {
      assert.ok(found.from > expected - 0.03 && found.from < expected + 0.12, `${found.from}, ${expected} s`);
      assert.ok(Math.abs(found.to - found.from - 1) < 0.1, `${found.to - found.from} s long`);
    }
    const apart = second.from - first.from;
    assert.ok(Math.abs(apart - (expectedSecond - expectedFirst)) < 0.05, `${apart} s apart`);
  });

  it('writes many recordings at once', async () => {
    const writers = await Promise.all(
      Array.from({ length: 9 }, (_, at) =>
        createRecordingWriter(join(folder, `many-${at}`), FORMATS[at % FORMATS.length]!),
      ),
    );
    const tones = writers.map((_, at) => tone(500 + at * 150, 0.5));
    for (let from = 0; from < 24_000; from += 960) {
      for (const [at, writer] of writers.entries()) record(writer, tones[at]!.subarray(from, from + 960));
    }
    await Promise.all(writers.map((writer) => writer.end()));
    for (const at of writers.keys()) {
      const samples = await decoded(await readClip(await readFile(join(folder, `many-${at}`))));
      assert.ok(heard(samples, 500 + at * 150) > -10, `recording ${at}`);
    }
  });

  it('holds whatever length it is given, and nothing after its end', async () => {
    const path = join(folder, 'odd.wav');
    const writer = await createRecordingWriter(path, 'wav');
    writer.write(Int16Array.from(tone(1000, 0.5), (sample) => sample * 32_767));
    writer.write(new Int16Array(100));
    const ending = writer.end();
    writer.write(new Int16Array(96_000));
    assert.equal(writer.end(), ending);
    // The last frame is filled up.
    assert.deepEqual(await ending, { seconds: 0.52, bytes: 44 + 0.52 * 96_000 });
    const empty = await createRecordingWriter(join(folder, 'empty.ogg'), 'ogg');
    assert.equal((await empty.end()).seconds, 0);
  });

  it('removes what is discarded, during the recording and after it', async () => {
    for (const format of FORMATS) {
      const path = join(folder, `discarded.${format}`);
      const during = await createRecordingWriter(path, format);
      record(during, tone(1000, 0.3));
      await Promise.all([during.discard(), during.discard()]);
      await assert.rejects(stat(path), { code: 'ENOENT' });
      await assert.rejects(during.end(), { name: 'AudioError', message: 'The recording was discarded.' });
      const after = await createRecordingWriter(path, format);
      record(after, tone(1000, 0.3));
      await after.end();
      await after.discard();
      await assert.rejects(stat(path), { code: 'ENOENT' });
    }
  });

  it('does not overwrite, and says why a file cannot be made', async () => {
    const path = join(folder, 'there');
    await writeFile(path, 'precious');
    const before = (await readdir(folder)).length;
    await assert.rejects(createRecordingWriter(path, 'mp3'), (error) => {
      assert.ok(error instanceof AudioError);
      assert.match(error.message, /^The recording failed: EEXIST: file already exists, open '.*there'\.$/);
      return true;
    });
    assert.equal(await readFile(path, 'utf8'), 'precious');
    await assert.rejects(createRecordingWriter(join(folder, 'absent', 'x.wav'), 'wav'), /ENOENT/);
    assert.equal((await readdir(folder)).length, before);
  });

  for (const format of FORMATS) {
    it(`says at the end that the disk was full, and keeps what is there: ${format}`, async () => {
      const path = join(folder, `full.${format}`);
      // A process that may write 10 kB to a file, as nobody wants a full disk here.
      const limit = `ulimit -f 20; exec "$0" --import tsx "$@"`;
      const child = join(import.meta.dirname, 'full-disk.ts');
      const { stdout } = await promisify(execFile)(
        'sh',
        ['-c', limit, process.execPath, child, path, format],
        { env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
      );
      assert.match(stdout, /^AudioError: The recording holds only its first \d\.\d s: EFBIG: .* bytes\n$/);
      const { ms } = await readClip(await readFile(path));
      assert.ok(ms >= 80, `${ms} ms`);
    });
  }

  it('gives WAV a header that is right for the largest file there can be', () => {
    const encoder = new WavEncoder();
    const header = encoder.corrected(encoder.maxBytes);
    assert.equal(header.readUInt32LE(4), encoder.maxBytes - 8);
    assert.equal(header.readUInt32LE(40), encoder.maxBytes - 44);
  });
});
