import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createWeriftEngine } from '../../../src/pbx/media/werift/index.js';
import { SILENT_LOG } from '../../support/peer-page.js';
import { decoded, heard, tone, wav } from '../../support/sound.js';
import { AudioError } from '../../../src/pbx/media/audio/index.js';
import { OggOpusWriter } from '../../../src/pbx/media/ogg/writer.js';
import { checksum } from '../../../src/pbx/media/ogg/checksum.js';
import { OggError, oggKind, readOpusStream } from '../../../src/pbx/media/ogg/reader.js';
import { readRecording } from '../../../src/pbx/media/werift/recording.js';

const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

/** One page that holds these packets; `partial` leaves its last packet to be continued. */
function page(packets: Buffer[], { serial = 1, continued = false, partial = false } = {}): Buffer {
  const table = packets.flatMap((packet, index) => {
    const full = Array<number>(Math.floor(packet.length / 255)).fill(255);
    return partial && index === packets.length - 1 ? full : [...full, packet.length % 255];
  });
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[5] = continued ? 1 : 0;
  head.writeUInt32LE(serial, 14);
  head[26] = table.length;
  const made = Buffer.concat([head, Buffer.from(table), ...packets]);
  made.writeUInt32LE(checksum(made), 22);
  return made;
}

function head(channels = 1, mapping = 0): Buffer {
  const packet = Buffer.alloc(19);
  packet.write('OpusHead');
  packet[8] = 1;
  packet[9] = channels;
  packet[18] = mapping;
  return packet;
}

const TAGS = Buffer.from('OpusTags\0\0\0\0\0\0\0\0');
const START = [page([head()]), page([TAGS])];

const readOggOpus = (file: Buffer) => readOpusStream(file).packets;

describe('the Ogg/Opus reader', () => {
  it('reads the packets of a file', () => {
    const packets = readOggOpus(Buffer.concat([...START, page([SILENCE, SILENCE]), page([SILENCE])]));
    assert.deepEqual(packets, [SILENCE, SILENCE, SILENCE]);
  });

  it('puts a packet together that goes on over pages', () => {
    const long = Buffer.alloc(700, 1);
    const parts = [
      page([long.subarray(0, 510)], { partial: true }),
      page([long.subarray(510)], { continued: true }),
    ];
    assert.deepEqual(readOggOpus(Buffer.concat([...START, ...parts])), [long]);
  });

  it('leaves other streams out', () => {
    const other = page([Buffer.from('theora')], { serial: 2 });
    assert.deepEqual(readOggOpus(Buffer.concat([other, ...START, other, page([SILENCE])])), [SILENCE]);
  });

  it('tells what kind of Ogg a file is', () => {
    const vorbis = page([Buffer.from('\x01vorbis')], { serial: 2 });
    const surround = page([head(6, 1)], { serial: 3 });
    assert.equal(oggKind(Buffer.concat([vorbis, ...START])), 'opus');
    assert.equal(oggKind(Buffer.concat([surround, vorbis])), 'vorbis');
    assert.equal(oggKind(surround), 'other');
    assert.throws(() => oggKind(Buffer.from('RIFF')), OggError);
  });

  it('tells how long the sound is, and what of it is not to be heard', () => {
    const written = new OggOpusWriter(312, 960, { channels: 2, gain: -256 });
    const packets = Array.from({ length: 120 }, () => SILENCE);
    const file = Buffer.concat([
      written.start(),
      ...packets.map((each) => written.write(each)),
      written.end(114_000),
    ]);
    const { samples, preSkip, gain, packets: found } = readOpusStream(file);
    assert.deepEqual([samples, preSkip, gain, found.length], [114_000, 312, -256, 120]);
  });

  it('reads back packets of any size that was written', () => {
    const written = new OggOpusWriter(0, 960);
    const packets = Array.from({ length: 300 }, (_, at) => Buffer.alloc(1 + ((at * 37) % 1275), 0xf8));
    const file = Buffer.concat([
      written.start(),
      ...packets.map((each) => written.write(each)),
      written.end(300 * 960),
    ]);
    assert.deepEqual(readOggOpus(file), packets);
  });

  const broken: [string, Buffer, RegExp][] = [
    ['an empty file', Buffer.alloc(0), /no Opus stream/],
    ['a file of another kind', Buffer.from('RIFF0000WAVEfmt 0123456789abcdef'), /not an Ogg file/],
    ['a truncated page', Buffer.concat([...START, page([SILENCE]).subarray(0, 29)]), /middle of a page/],
    ['a header cut off', Buffer.concat([...START, Buffer.from('OggS')]), /broken at byte/],
    ['a page table longer than the file', page([SILENCE]).subarray(0, 27), /middle of a page/],
    ['an Ogg file without Opus', page([Buffer.from('\x01vorbis')]), /no Opus stream/],
    ['no audio', Buffer.concat(START), /no audio/],
    ['missing tags', Buffer.concat([page([head()]), page([SILENCE])]), /tags/],
    ['surround sound', Buffer.concat([page([head(6, 1)]), page([TAGS]), page([SILENCE])]), /two channels/],
    ['a short header', Buffer.concat([page([head().subarray(0, 12)]), page([TAGS])]), /header/],
  ];
  for (const [what, file, message] of broken) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readOggOpus(file),
        (error) => error instanceof OggError && message.test(error.message),
      );
    });
  }

  it('refuses a page that was changed', () => {
    const file = Buffer.concat([...START, page([SILENCE])]);
    file[file.length - 1]! ^= 1;
    assert.throws(() => readOggOpus(file), /checksum/);
  });

  it('survives any byte being changed', () => {
    const file = Buffer.concat([...START, page([SILENCE, SILENCE])]);
    for (let at = 0; at < file.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const changed = Buffer.from(file);
        changed[at] = value;
        try {
          readOggOpus(changed);
        } catch (error) {
          assert.ok(error instanceof OggError, `byte ${at}: ${String(error)}`);
        }
      }
    }
  });
});

describe('the file of hold music', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'hold-music-'))));
  after(() => rm(folder, { recursive: true }));

  it('is read', async () => {
    const path = join(folder, 'music.opus');
    await writeFile(path, Buffer.concat([...START, page([SILENCE])]));
    assert.deepEqual(await readRecording(path), { packets: [SILENCE], complete: true });
  });

  it('keeps the engine from starting when it cannot be played', async () => {
    const path = join(folder, 'broken.opus');
    await writeFile(path, START[0]!);
    await assert.rejects(createWeriftEngine({ log: SILENT_LOG, holdMusic: path }), AudioError);
  });

  it('may be of any format that is read', async () => {
    const path = join(folder, 'music.wav');
    await writeFile(path, wav([tone(440, 1, 22_050)], { rate: 22_050 }));
    const { packets, complete } = await readRecording(path);
    assert.ok(complete && heard(await decoded({ packets }), 440) > -9);
  });

  it('is named when it cannot be played', async () => {
    const path = join(folder, 'music.ogg');
    await writeFile(path, START[0]!);
    await assert.rejects(readRecording(path), {
      name: 'AudioError',
      message:
        /^The hold music ".*music\.ogg" cannot be played\. The sound cannot be read: its Opus tags are missing\.$/,
    });
    await assert.rejects(readRecording(join(folder, 'absent.opus')), { message: /absent\.opus".*ENOENT/ });
  });
});
