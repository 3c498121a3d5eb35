/**
 * Reads WAV (RIFF, and RF64 for large files): integers of 8 to 32 bits, floating point, A-law and µ-law. Streams,
 * as an hour of sound has no place in memory as a whole.
 */
import { AudioError } from '../audio-error.js';
import { assertShort } from '../limits.js';
import { alaw, mulaw } from './g711.js';
import { ForeignFormat, type Sound } from './sound.js';

const PCM = 1;
const FLOAT = 3;
const ALAW = 6;
const MULAW = 7;
/** The true format stands in the first two bytes of a GUID. */
const EXTENSIBLE = 0xfffe;
/** From here on, a length means that whoever wrote the header did not know it (streams, espeak-ng, ffmpeg). */
const UNKNOWN_LENGTH = 0x7fff_0000;
const MAX_CHANNELS = 32;
/** Frames that are yielded at once. */
const PIECE = 8192;

interface WavFormat {
  readonly tag: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
  /** The bytes of one sample of one channel. */
  readonly bytes: number;
}

/** Whether a file begins like a WAV file. */
export function isWav(file: Buffer): boolean {
  return /^(RIFF|RF64)....WAVE/s.test(file.toString('latin1', 0, 12));
}

export function* decodeWav(file: Buffer): Generator<Sound> {
  const { format, data } = readChunks(file);
  const read = sampleReader(format);
  const frameBytes = format.bytes * format.channels;
  const frames = Math.floor(data.length / frameBytes);
  assertShort(frames / format.rate);
  for (let from = 0; from < frames; from += PIECE) {
    const length = Math.min(PIECE, frames - from);
    const channels = Array.from({ length: format.channels }, (_, channel) => {
      const samples = new Float32Array(length);
      let at = from * frameBytes + channel * format.bytes;
      for (let frame = 0; frame < length; frame++, at += frameBytes) samples[frame] = read(data, at);
      return samples;
    });
    yield { channels, rate: format.rate };
  }
}

function readChunks(file: Buffer): { format: WavFormat; data: Buffer } {
  let format: WavFormat | null = null;
  for (let at = 12; at + 8 <= file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const rest = file.subarray(at + 8);
    if (id === 'data') {
      if (!format) throw new AudioError('its header lacks the format');
      const unknown = size === 0 || size >= UNKNOWN_LENGTH;
      if (!unknown && size > rest.length) throw new AudioError('it ends before its sound does');
      return { format, data: unknown ? rest : rest.subarray(0, size) };
    }
    if (id === 'fmt ') format = readFormat(rest.subarray(0, size));
    // Chunks begin at even places.
    at += 8 + size + (size % 2);
  }
  throw new AudioError('it holds no sound');
}

function readFormat(chunk: Buffer): WavFormat {
  if (chunk.length < 16) throw new AudioError('its header cannot be read');
  const declared = chunk.readUInt16LE(0);
  const tag = declared === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : declared;
  const [channels, rate] = [chunk.readUInt16LE(2), chunk.readUInt32LE(4)];
  const [frameBytes, bits] = [chunk.readUInt16LE(12), chunk.readUInt16LE(14)];
  if (channels === 0 || channels > MAX_CHANNELS) throw new AudioError(`it has ${channels} channels`);
  const bytes = frameBytes / channels;
  const format = { tag, channels, rate, bits, bytes };
  if (!isUnderstood(format)) throw new ForeignFormat(`WAV of kind ${tag} with ${bits} bits`);
  if (bytes !== Math.ceil(bits / 8)) throw new AudioError('its header contradicts itself');
  return format;
}

function isUnderstood({ tag, bits }: WavFormat): boolean {
  if (tag === PCM) return bits >= 1 && bits <= 32;
  if (tag === FLOAT) return bits === 32 || bits === 64;
  return (tag === ALAW || tag === MULAW) && bits === 8;
}

/** Reads one sample at a place as a number between -1 and 1. */
function sampleReader({ tag, bytes }: WavFormat): (data: Buffer, at: number) => number {
  if (tag === ALAW) return (data, at) => alaw(data[at]!);
  if (tag === MULAW) return (data, at) => mulaw(data[at]!);
  if (tag === FLOAT) {
    return bytes === 4 ? (data, at) => data.readFloatLE(at) : (data, at) => data.readDoubleLE(at);
  }
  // Integers of up to 8 bits have no sign; others are left-justified in their bytes.
  if (bytes === 1) return (data, at) => (data[at]! - 128) / 128;
  const scale = 2 ** (8 * bytes - 1);
  return (data, at) => data.readIntLE(at, bytes) / scale;
}
