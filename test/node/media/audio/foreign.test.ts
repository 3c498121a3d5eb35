/** Formats that are not read here are read by ffmpeg; without it, the message says so. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readClip } from '../../../../src/pbx/media/audio/index.js';
import { decoded, heard } from '../../../support/sound.js';

const ffmpeg = (...args: string[]) => promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...args]);

describe('sound files of other formats', { timeout: 120_000 }, () => {
  const searchPath = process.env.PATH;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozeki-foreign-'));
  });

  after(() => rm(folder, { recursive: true }));

  afterEach(() => {
    process.env.PATH = searchPath;
  });

  /** A second of 1000 Hz in the format that the name and the arguments say. */
  async function made(name: string, ...args: string[]): Promise<Buffer> {
    const path = join(folder, name);
    const source = ['-f', 'lavfi', '-i', 'sine=frequency=1000:duration=1:sample_rate=44100'];
    await ffmpeg(...source, '-af', 'volume=10dB', ...args, path);
    return readFile(path);
  }

  async function leftovers(): Promise<string[]> {
    return (await readdir(tmpdir())).filter((name) => name.startsWith('ozeki-sound-'));
  }

  it('are read by ffmpeg, and nothing is left behind', async () => {
    const before = await leftovers();
    const files: [string, ...string[]][] = [
      ['tone.flac'],
      // What is needed at the beginning stands at the end.
      ['tone.m4a', '-c:a', 'aac'],
      ['tone.aiff'],
      ['tone.oga', '-c:a', 'flac'],
      ['adpcm.wav', '-c:a', 'adpcm_ima_wav'],
      ['tone.webm', '-c:a', 'libopus'],
      ['tone.wma'],
      ['tagged.flac', '-write_id3v2', '1'],
    ];
    for (const [name, ...args] of files) {
      const clip = await readClip(await made(name, ...args));
      assert.ok(clip.ms >= 990 && clip.ms < 1150, `${name}: ${clip.ms} ms`);
      const samples = await decoded(clip);
      assert.ok(
        heard(samples, 1000) > -12 && heard(samples, 2000) < -40,
        `${name}: ${heard(samples, 1000)} dB`,
      );
    }
    assert.deepEqual(await leftovers(), before);
  });

  it('are refused with the formats that are understood when there is no ffmpeg', async () => {
    const [flac, adpcm] = [await made('x.flac'), await made('x.wav', '-c:a', 'adpcm_ima_wav')];
    process.env.PATH = folder;
    await assert.rejects(readClip(flac), {
      name: 'AudioError',
      message:
        'The sound cannot be read: it is a format that is not known here. WAV, MP3, Ogg Opus and Ogg Vorbis are understood; other formats are when ffmpeg is installed.',
    });
    await assert.rejects(readClip(adpcm), {
      name: 'AudioError',
      message: /it is WAV of kind 17 with 4 bits\. WAV, /,
    });
  });

  it('are refused with what ffmpeg says when it cannot read them either', async () => {
    await assert.rejects(readClip(Buffer.from('no sound at all')), {
      name: 'AudioError',
      message:
        /a format that is not known here, and ffmpeg says ".*Invalid data found when processing input"\.$/,
    });
  });

  it('may not be lists of other files', async () => {
    const secret = join(folder, 'secret.wav');
    await made('secret.wav');
    const lists = [
      `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${secret}\n#EXT-X-ENDLIST\n`,
      `ffconcat version 1.0\nfile ${secret}\n`,
      `[playlist]\nFile1=${secret}\n`,
    ];
    for (const list of lists) await assert.rejects(readClip(Buffer.from(list)), { name: 'AudioError' });
    // Of the lists themselves nothing is wrong: ffmpeg would follow them.
    await writeFile(join(folder, 'list'), lists[1]!);
    await ffmpeg('-safe', '0', '-f', 'concat', '-i', join(folder, 'list'), join(folder, 'followed.wav'));
  });
});
