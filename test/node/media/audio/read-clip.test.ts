/** Sound files of every kind that is understood become clips: the right tone, for the right time, of all channels. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Application, createEncoder } from 'libopus-wasm';
import { createMp3Encoder, createOggEncoder } from 'wasm-media-encoders';
import { ClipEncoder } from '../../../../src/pbx/media/audio/clip-encoder.js';
import { AudioError, readClip } from '../../../../src/pbx/media/audio/index.js';
import { OggOpusWriter } from '../../../../src/pbx/media/ogg/writer.js';
import { ClipPlayer } from '../../../../src/pbx/media/playout/clip-player.js';
import {
  chunk,
  decoded,
  heard,
  joined,
  silence,
  span,
  tone,
  wav,
  type WavKind,
} from '../../../support/sound.js';

const HZ = 1000;

/** What every clip of one second of tone must be; lossy formats and G.711 add noise. */
async function assertTone(file: Buffer, { seconds = 1, db = -8, hz = HZ, noise = -60 } = {}): Promise<void> {
  const clip = await readClip(file);
  const samples = await decoded(clip);
  assert.equal(clip.ms, samples.length / 48, 'as long as it says');
  // A packet more for what the codec holds back, and MP3 pads its ends.
  assert.ok(clip.ms >= seconds * 1000 && clip.ms < seconds * 1000 + 150, `${clip.ms} ms`);
  const loud = heard(samples, hz);
  assert.ok(Math.abs(loud - db) < 1.5, `${hz} Hz at ${loud} dB`);
  for (const other of [hz / 2, hz * 2, hz * 3]) {
    const level = heard(samples, other);
    assert.ok(level < noise, `${other} Hz at ${level} dB`);
  }
}

interface Encoder {
  configure(params: object): void;
  encode(samples: readonly Float32Array[]): Uint8Array;
  finalize(): Uint8Array;
}

function encodedBy(
  encoder: Encoder,
  channels: readonly Float32Array[],
  rate: number,
  settings: object,
): Buffer {
  encoder.configure({ sampleRate: rate, channels: channels.length, ...settings });
  const parts: Buffer[] = [];
  for (let at = 0; at < channels[0]!.length; at += 4096) {
    parts.push(Buffer.from(encoder.encode(channels.map((samples) => samples.slice(at, at + 4096)))));
  }
  return Buffer.concat([...parts, Buffer.from(encoder.finalize())]);
}

async function mp3(channels: readonly Float32Array[], rate: number, settings: object): Promise<Buffer> {
  return encodedBy((await createMp3Encoder()) as Encoder, channels, rate, settings);
}

async function vorbis(channels: readonly Float32Array[], rate: number): Promise<Buffer> {
  return encodedBy((await createOggEncoder()) as Encoder, channels, rate, { vbrQuality: 4 });
}

/** An Ogg Opus file; stereo when there are two channels. */
async function opus(channels: readonly Float32Array[], gain = 0): Promise<Buffer> {
  const encoder = await createEncoder({
    channels: channels.length as 1 | 2,
    application: Application.Audio,
    bitrate: 96_000,
  });
  const ogg = new OggOpusWriter(encoder.getLookahead(), 960, { channels: channels.length, gain });
  const parts = [ogg.start()];
  const length = channels[0]!.length;
  const padded = channels.map((samples) => joined(samples, silence(0.02)));
  for (let from = 0; from < length + 960; from += 960) {
    const interleaved = new Float32Array(960 * channels.length);
    for (const [index, samples] of padded.entries()) {
      samples.subarray(from, from + 960).forEach((sample, at) => {
        interleaved[at * channels.length + index] = sample;
      });
    }
    parts.push(ogg.write(Buffer.from(encoder.encodeFloat(interleaved))));
  }
  encoder.free();
  return Buffer.concat([...parts, ogg.end(length)]);
}

describe('reading sound files', { timeout: 120_000 }, () => {
  const G711 = ['alaw', 'mulaw'];
  for (const kind of ['u8', 's16', 's24', 's32', 'f32', 'f64', 'alaw', 'mulaw'] as WavKind[]) {
    it(`reads WAV of ${kind} at any rate`, async () => {
      for (const rate of [8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000]) {
        const noise = kind === 'u8' || G711.includes(kind) ? -40 : -60;
        await assertTone(wav([tone(HZ, 1, rate)], { kind, rate }), { noise });
      }
    });
  }

  it('mixes the channels of WAV', async () => {
    const file = wav([tone(500, 1, 44_100), tone(1500, 1, 44_100)], { rate: 44_100 });
    const samples = await decoded(await readClip(file));
    for (const hz of [500, 1500])
      assert.ok(Math.abs(heard(samples, hz) + 14) < 1, `${heard(samples, hz)} dB`);
    await assertTone(wav(Array(6).fill(tone(HZ, 1)), { kind: 's24' }));
    // The same on both sides, but one turned around, is silence.
    const opposite = wav([tone(HZ, 1), tone(HZ, 1).map((sample) => -sample)]);
    assert.ok(heard(await decoded(await readClip(opposite)), HZ) < -80);
  });

  it('reads WAV with all that may stand in its header', async () => {
    const sound = [tone(HZ, 1)];
    await assertTone(wav(sound, { extensible: true }));
    await assertTone(
      wav(sound, { chunks: [chunk('LIST', Buffer.from('INFOodd')), chunk('fact', Buffer.alloc(4))] }),
    );
    // Written to a pipe, the length is not known when the header is.
    for (const says of [0, 0x7fff_f000, 0xffff_ffff]) await assertTone(wav(sound, { says }));
    const trailing = Buffer.concat([wav(sound), chunk('LIST', Buffer.alloc(5000, 0x7f))]);
    await assertTone(trailing);
    const large = Buffer.concat([Buffer.from('RF64'), wav(sound, { says: 0xffff_ffff }).subarray(4)]);
    await assertTone(large);
  });

  it('reads MP3, mono and stereo, of a constant and a variable bit rate', async () => {
    for (const rate of [16_000, 44_100, 48_000]) {
      await assertTone(await mp3([tone(HZ, 1, rate)], rate, { bitrate: 64 }));
      await assertTone(await mp3([tone(HZ, 1, rate), tone(HZ, 1, rate)], rate, { vbrQuality: 3 }));
    }
    const sides = await mp3([tone(500, 1, 44_100), silence(1, 44_100)], 44_100, { bitrate: 128 });
    assert.ok(Math.abs(heard(await decoded(await readClip(sides)), 500) + 14) < 1.5);
  });

  it('reads MP3 with tags before and after it', async () => {
    const sound = await mp3([tone(HZ, 1, 44_100)], 44_100, { bitrate: 96 });
    const before = Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 0]), Buffer.alloc(128)]);
    const after = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    await assertTone(Buffer.concat([before, sound, after]));
  });

  it('reads Ogg Vorbis, mono and stereo', async () => {
    for (const rate of [22_050, 44_100, 48_000]) {
      await assertTone(await vorbis([tone(HZ, 1, rate)], rate));
      await assertTone(await vorbis([tone(HZ, 1, rate), tone(HZ, 1, rate)], rate));
    }
  });

  it('takes the packets of Ogg Opus as they are when they suit a call', async () => {
    const file = await opus([tone(HZ, 1)]);
    const clip = await readClip(file);
    assert.ok(clip.packets.every((packet) => file.includes(packet)));
    await assertTone(file);
  });

  it('makes stereo Ogg Opus mono, at its own gain', async () => {
    const file = await opus([tone(500, 1), tone(1500, 1)]);
    const clip = await readClip(file);
    // The stereo bit of each packet (RFC 6716, 3.1).
    assert.ok(clip.packets.every((packet) => (packet[0]! & 4) === 0));
    const samples = await decoded(clip);
    for (const hz of [500, 1500])
      assert.ok(Math.abs(heard(samples, hz) + 14) < 1.5, `${heard(samples, hz)} dB`);
    await assertTone(await opus([tone(HZ, 1)], -6 * 256), { db: -14 });
  });

  it('keeps sound where it is in the file', async () => {
    const sound = (rate: number) => joined(silence(1, rate), tone(HZ, 0.5, rate), silence(0.5, rate));
    const files = [
      wav([sound(44_100)], { rate: 44_100 }),
      wav([sound(8000)], { rate: 8000 }),
      await mp3([sound(44_100)], 44_100, { bitrate: 96 }),
      await vorbis([sound(44_100)], 44_100),
      await opus([sound(48_000)]),
      await opus([sound(48_000), sound(48_000)]),
    ];
    for (const [index, file] of files.entries()) {
      const { from, to } = span(await decoded(await readClip(file)), HZ);
      assert.ok(Math.abs(from - 1) < 0.05 && Math.abs(to - 1.5) < 0.05, `file ${index}: ${from} to ${to} s`);
    }
  });

  it('lets calls go on while it reads a long file', async () => {
    const file = wav([new Float32Array(150 * 8000).map((_, at) => Math.sin(at / 5) / 2)], { rate: 8000 });
    const player = new ClipPlayer();
    const arrivals: number[] = [];
    player.subscribe('audio', () => arrivals.push(performance.now()));
    const silent = Buffer.from([0xf8, 0xff, 0xfe]);
    const playing = player.play({ packets: [silent], ms: 20 }, { repeat: true });
    const from = performance.now();
    await readClip(file);
    const reading = performance.now() - from;
    player.close();
    await playing;
    const gap = Math.max(...arrivals.map((at, index) => at - (arrivals[index - 1] ?? from)));
    // Seconds of work: done here, nothing would have been sent meanwhile.
    assert.ok(gap < Math.min(500, reading / 3), `${gap} ms between packets while it read for ${reading} ms`);
  });

  it('says what is wrong with what it cannot read', async () => {
    const cases: [Buffer, RegExp][] = [
      [Buffer.alloc(0), /it is empty\.$/],
      [Buffer.alloc(64 * 1024 * 1024 + 1), /larger than 64 MB/],
      [wav([tone(HZ, 1)]).subarray(0, 20_000), /ends before its sound does/],
      [wav([new Float32Array(0)]), /it holds no sound/],
      [wav([tone(HZ, 0.1)], { rate: 300 }), /a sample rate of 300 Hz/],
      [wav([tone(HZ, 1)]).subarray(0, 36), /it holds no sound/],
      [(await opus([tone(HZ, 1)])).subarray(0, 3000), /ends in the middle of a page/],
      [(await vorbis([tone(HZ, 1)], 48_000)).subarray(0, 5000), /ends in the middle of a page/],
    ];
    for (const [file, message] of cases) {
      await assert.rejects(readClip(file), (error) => {
        assert.ok(error instanceof AudioError, String(error));
        assert.match(error.message, /^The sound cannot be read: /);
        assert.match(error.message, message);
        return true;
      });
    }
  });

  it('takes no more than an hour of sound, whatever its size', async () => {
    const silent = [new Float32Array(3601 * 8000)];
    const file = wav(silent, { kind: 'u8', rate: 8000 });
    await assert.rejects(readClip(file), { name: 'AudioError', message: /longer than 3600 s/ });
    // Formats that do not say how long they are, are broken off.
    const encoder = await ClipEncoder.create(2);
    await encoder.write({ channels: [silence(2)], rate: 48_000 });
    await assert.rejects(encoder.write({ channels: [silence(0.1)], rate: 48_000 }), /longer than 2 s/);
    encoder.free();
  });
});
