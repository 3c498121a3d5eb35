/** The built phone system reads, records and speaks in threads, in a plain Node. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readClip } from '../../src/pbx/media/audio/index.js';
import { decoded, heard } from '../support/sound.js';

/** Records a tone in each format and two texts that were spoken, and says how long all of it is. */
const SCRIPT = `
  import { readFile, readdir } from 'node:fs/promises';
  const built = (path) => import(process.cwd() + '/dist/pbx/media/' + path);
  const { createRecordingWriter, readClip } = await built('audio/index.js');
  const { EspeakSpeech } = await built('speech/speech.js');
  const { EspeakPackage } = await built('speech/npm-package.js');
  const { createSpeech } = await built('speech/index.js');
  const [folder] = process.argv.slice(1);
  const ms = {};
  for (const format of ['wav', 'mp3', 'ogg']) {
    const path = folder + '/tone.' + format;
    const writer = await createRecordingWriter(path, format);
    for (let frame = 0; frame < 50; frame++) {
      const phase = (at) => (2 * Math.PI * 1000 * (frame * 960 + at)) / 48_000;
      writer.write(Int16Array.from({ length: 960 }, (_, at) => 12_000 * Math.sin(phase(at))));
    }
    await writer.end();
    ms[format] = (await readClip(await readFile(path))).ms;
  }
  const log = { info() {}, error() {} };
  for (const speech of [createSpeech(log), new EspeakSpeech(log, () => new EspeakPackage())]) {
    ms[Object.keys(ms).length] = (await speech.speak('One for sales, two for support.')).ms;
    await speech.close();
  }
  console.log(JSON.stringify(ms));
`;

describe('sound in the built phone system', { timeout: 60_000 }, () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozeki-built-sound-'));
  });

  after(() => rm(folder, { recursive: true }));

  it('is read, recorded and spoken in threads that keep nothing running', async () => {
    const from = performance.now();
    const args = ['--input-type=module', '-e', SCRIPT, folder];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 50_000 });
    assert.equal(stderr, '');
    const { wav, mp3, ogg, ...spoken } = JSON.parse(stdout) as Record<string, number>;
    for (const ms of [wav!, mp3!, ogg!]) assert.ok(ms >= 1000 && ms < 1150, `${ms} ms`);
    assert.equal(Object.keys(spoken).length, 2);
    for (const ms of Object.values(spoken)) assert.ok(ms > 1000 && ms < 6000, `${ms} ms`);
    // A thread that is idle ends after 30 s, and the process long before.
    assert.ok(performance.now() - from < 25_000, `it took ${performance.now() - from} ms`);
    for (const format of ['wav', 'mp3', 'ogg']) {
      const samples = await decoded(await readClip(await readFile(join(folder, `tone.${format}`))));
      assert.ok(heard(samples, 1000) > -12, `${format}: ${heard(samples, 1000)} dB`);
    }
  });
});
