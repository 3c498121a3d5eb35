/** Runs in a thread: makes the bytes of a sound file a clip. */
import { OggError, oggKind, readOpusStream } from '../ogg/reader.js';
import { OPUS_CLOCK_RATE } from '../opus.js';
import { serveJobs } from '../threads/serve-jobs.js';
import { AudioError } from './audio-error.js';
import { ClipEncoder } from './clip-encoder.js';
import { decodeMp3, isMp3 } from './decode/mp3.js';
import { decodeOpus, suitsCalls } from './decode/opus.js';
import { ForeignFormat, type Decoded } from './decode/sound.js';
import { decodeVorbis } from './decode/vorbis.js';
import { decodeWav, isWav } from './decode/wav.js';
import { assertShort } from './limits.js';

/** A sound file, in memory that both threads see, as copying it would keep calls waiting. */
export interface ClipJob {
  readonly file: SharedArrayBuffer;
}

/** The clip; or what is wrong with the file; or of what kind it is that is not read here. */
export type ClipResult =
  | { readonly bytes: Uint8Array; readonly lengths: Uint16Array }
  | { readonly problem: string }
  | { readonly foreign: string };

serveJobs<ClipJob, ClipResult>(async ({ file }) => {
  try {
    const packets = await read(Buffer.from(file));
    const lengths = Uint16Array.from(packets, (packet) => packet.length);
    const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const packet of packets) {
      bytes.set(packet, at);
      at += packet.length;
    }
    return { result: { bytes, lengths }, transfer: [bytes.buffer, lengths.buffer] };
  } catch (error) {
    if (error instanceof ForeignFormat) return { result: { foreign: error.message } };
    if (error instanceof AudioError || error instanceof OggError) {
      return { result: { problem: error.message } };
    }
    throw error;
  }
});

async function read(file: Buffer): Promise<readonly Buffer[]> {
  if (isWav(file)) return encode(decodeWav(file));
  if (isMp3(file)) return encode(decodeMp3(file));
  if (file.toString('latin1', 0, 4) === 'OggS') return readOgg(file);
  throw new ForeignFormat('a format that is not known here');
}

async function readOgg(file: Buffer): Promise<readonly Buffer[]> {
  const kind = oggKind(file);
  if (kind === 'vorbis') return encode(decodeVorbis(file));
  if (kind === 'other') throw new ForeignFormat('Ogg with neither Vorbis nor Opus of one or two channels');
  const stream = readOpusStream(file);
  assertShort(stream.samples / OPUS_CLOCK_RATE);
  return suitsCalls(stream) ? stream.packets : encode(decodeOpus(stream));
}

async function encode(sounds: Decoded): Promise<Buffer[]> {
  const encoder = await ClipEncoder.create();
  try {
    for await (const sound of sounds) await encoder.write(sound);
    return encoder.finish();
  } catch (error) {
    encoder.free();
    throw error;
  }
}
