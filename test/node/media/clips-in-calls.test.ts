/** Clips in calls with real browsers: heard, mixed with others, and what the call's recording holds, in a browser's ears. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { createRecordingWriter, readClip, type RecordingFormat } from '../../../src/pbx/media/audio/index.js';
import type { Clip, MediaPlayer } from '../../../src/pbx/media/engine.js';
import { createWeriftEngine, type WeriftEngine } from '../../../src/pbx/media/werift/index.js';
import { startBrowser } from '../../support/browser.js';
import { PeerPage, PeerSite, SILENT_LOG } from '../../support/peer-page.js';
import { decoded, heard, joined, silence, tone, wav } from '../../support/sound.js';

const PARTY = 807;
const CLIP = 1438;
const OTHER_CLIP = 1870;

async function clipOf(hz: number, seconds: number): Promise<Clip> {
  return readClip(wav([tone(hz, seconds)]));
}

describe('clips in calls', { timeout: 120_000 }, () => {
  let browser: Browser;
  let site: PeerSite;
  let engine: WeriftEngine;
  let player: MediaPlayer;
  let peer: PeerPage;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozeki-clips-'));
    browser = await startBrowser();
    site = await PeerSite.start(browser);
    engine = await createWeriftEngine({ log: SILENT_LOG });
  });

  after(async () => {
    await engine.close();
    await site.close();
    await browser.close();
    await rm(folder, { recursive: true });
  });

  async function call(): Promise<void> {
    player = engine.createPlayer();
    peer = await PeerPage.open(site, engine);
    await peer.call({ tone: PARTY });
  }

  afterEach(async () => {
    player.close();
    await peer.close();
    assert.equal(engine.legCount, 0);
  });

  it('are heard by the party, one after the other, for as long as they last', async () => {
    await call();
    peer.leg.listenTo('audio', player);
    const first = player.play(await clipOf(CLIP, 30));
    await peer.hears(CLIP);
    // Another clip takes its place.
    const second = player.play(await clipOf(OTHER_CLIP, 2));
    assert.equal(await first, 'stopped');
    await Promise.all([peer.hears(OTHER_CLIP), peer.lost(CLIP)]);
    assert.equal(await second, 'finished');
    await peer.lost(OTHER_CLIP);
    // After a pause, and round and round: longer than the clip lasts.
    const repeated = player.play(await clipOf(CLIP, 0.3), { repeat: true });
    await peer.hears(CLIP);
    const before = await received();
    await peer.page.waitForFunction(
      async (count) => (await window.peer.stats())['inbound-rtp audio']!.packetsReceived! > count + 50,
      { polling: 100 },
      before,
    );
    await peer.hears(CLIP);
    player.stop();
    assert.equal(await repeated, 'stopped');
    await peer.lost(CLIP);
  });

  async function received(): Promise<number> {
    return (await peer.stats())['inbound-rtp audio']!.packetsReceived!;
  }

  it('come through whole: the browser misses no packet and discards none', async () => {
    await call();
    peer.leg.listenTo('audio', player);
    const [clip, other] = [await clipOf(CLIP, 1), await clipOf(OTHER_CLIP, 2)];
    assert.equal(await player.play(clip), 'finished');
    await peer.lost(CLIP);
    assert.equal(await player.play(other), 'finished');
    await peer.lost(OTHER_CLIP);
    const { packetsLost, packetsDiscarded } = (await peer.stats())['inbound-rtp audio']!;
    assert.deepEqual([packetsLost, packetsDiscarded ?? 0], [0, 0]);
  });

  it('are in the recording of a call, beside the party, and a browser plays it', async () => {
    await call();
    peer.leg.listenTo('audio', player);
    const mixer = engine.createMixer();
    const formats: RecordingFormat[] = ['wav', 'mp3', 'ogg'];
    const paths = formats.map((format) => join(folder, `call.${format}`));
    const writers = await Promise.all(formats.map((format, at) => createRecordingWriter(paths[at]!, format)));
    mixer.add(peer.leg.output);
    mixer.add(player);
    const leave = mixer.tap((frame) => {
      for (const writer of writers) writer.write(frame);
    });
    // A second without the clip, then a second and a half with it, as the file itself says.
    const prompt = wav([joined(silence(1), tone(CLIP, 1.5, 48_000, 0.2))]);
    assert.equal(await player.play(await readClip(prompt)), 'finished');
    leave();
    mixer.close();
    const ends = await Promise.all(writers.map((writer) => writer.end()));
    for (const [at, path] of paths.entries()) {
      const { seconds } = ends[at]!;
      assert.ok(seconds > 2.4 && seconds < 4, `${seconds} s`);
      const file = await readFile(path);
      const [early, late] = [0.7, seconds - 0.9];
      const samples = await decoded(await readClip(file));
      const part = (from: number, to: number) => samples.subarray(from * 48_000, to * 48_000);
      assert.ok(heard(part(0.2, early), PARTY) > -25 && heard(part(0.2, early), CLIP) < -55, path);
      assert.ok(
        heard(part(late, late + 0.6), PARTY) > -25 && heard(part(late, late + 0.6), CLIP) > -25,
        path,
      );
      const played = await peer.page.evaluate(decodeInBrowser, file.toString('base64'), late, [PARTY, CLIP]);
      assert.equal(played.channels, 1);
      assert.ok(Math.abs(played.seconds - seconds) < 0.1, `${path}: ${played.seconds} s in the browser`);
      for (const level of played.levels) assert.ok(level > -25, `${path}: ${played.levels.join(', ')} dB`);
    }
  });
});

/** Runs in the page: how long a file plays there, and how loud some tones are in the half second from a moment on. */
async function decodeInBrowser(base64: string, from: number, tones: number[]) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const context = new OfflineAudioContext(1, 1, 48_000);
  const buffer = await context.decodeAudioData(bytes.buffer);
  const samples = buffer.getChannelData(0).subarray(from * 48_000, (from + 0.5) * 48_000);
  const levels = tones.map((hz) => {
    let [real, imaginary] = [0, 0];
    for (let at = 0; at < samples.length; at++) {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / samples.length);
      real += samples[at]! * hann * Math.cos((2 * Math.PI * hz * at) / 48_000);
      imaginary += samples[at]! * hann * Math.sin((2 * Math.PI * hz * at) / 48_000);
    }
    return 20 * Math.log10((4 * Math.hypot(real, imaginary)) / samples.length + 1e-9);
  });
  return { seconds: buffer.duration, channels: buffer.numberOfChannels, levels };
}
