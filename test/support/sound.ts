/** Sound made and measured in tests. */
import { createDecoder } from 'libopus-wasm';
import { level } from './level.js';

/** A tone of full length, between -1 and 1. */
export function tone(hz: number, seconds: number, rate = 48_000, amplitude = 0.4): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, at) => amplitude * Math.sin((2 * Math.PI * hz * at) / rate),
  );
}

export function silence(seconds: number, rate = 48_000): Float32Array {
  return new Float32Array(Math.round(seconds * rate));
}

export function joined(...parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The samples of a clip, at 48 kHz. */
export async function decoded(clip: { packets: readonly Buffer[] }): Promise<Float32Array> {
  const decoder = await createDecoder({ channels: 1 });
  try {
    return joined(...clip.packets.map((packet) => Float32Array.from(decoder.decodeFloat(packet))));
  } finally {
    decoder.free();
  }
}

/** The level of one frequency in dB, over the middle of the samples, where no edge disturbs. */
export function heard(samples: Float32Array, hz: number): number {
  const margin = Math.floor(samples.length * 0.15);
  return level(samples.subarray(margin, samples.length - margin), hz);
}

/** When a tone begins and ends in the samples, in seconds, to 10 ms. */
export function span(samples: Float32Array, hz: number): { from: number; to: number } {
  const step = 480;
  const window = 1440;
  const loud: number[] = [];
  for (let at = 0; at + window <= samples.length; at += step) {
    // The middle of the window is what counts.
    if (level(samples.subarray(at, at + window), hz) > -20) loud.push(at + window / 2);
  }
  if (loud.length === 0) throw new Error(`no ${hz} Hz in it`);
  return { from: loud[0]! / 48_000, to: loud.at(-1)! / 48_000 };
}

export type WavKind = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'alaw' | 'mulaw';

const KINDS: Record<WavKind, { tag: number; bytes: number }> = {
  u8: { tag: 1, bytes: 1 },
  s16: { tag: 1, bytes: 2 },
  s24: { tag: 1, bytes: 3 },
  s32: { tag: 1, bytes: 4 },
  f32: { tag: 3, bytes: 4 },
  f64: { tag: 3, bytes: 8 },
  alaw: { tag: 6, bytes: 1 },
  mulaw: { tag: 7, bytes: 1 },
};

export interface WavOptions {
  kind?: WavKind;
  rate?: number;
  /** With the format in a GUID, as some programs write it. */
  extensible?: boolean;
  /** What stands before the sound. */
  chunks?: readonly Buffer[];
  /** The length the header says; the true one when left out. */
  says?: number;
}

/** A WAV file with one array of samples for each channel. */
export function wav(channels: readonly Float32Array[], options: WavOptions = {}): Buffer {
  const { kind = 's16', rate = 48_000, extensible = false, chunks = [], says } = options;
  const { tag, bytes } = KINDS[kind];
  const frames = channels[0]!.length;
  const data = Buffer.alloc(frames * channels.length * bytes);
  for (let frame = 0, at = 0; frame < frames; frame++) {
    for (const channel of channels) {
      write(data, at, kind, channel[frame]!);
      at += bytes;
    }
  }
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * channels.length * bytes, 8);
  format.writeUInt16LE(channels.length * bytes, 12);
  format.writeUInt16LE(bytes * 8, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bytes * 8, 18);
    format.writeUInt16LE(tag, 24);
    Buffer.from('0000000010008000 00aa00389b71'.replace(' ', ''), 'hex').copy(format, 26);
  }
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('fmt ', format),
    ...chunks,
    chunk('data', data, says),
  ]);
  return Buffer.concat([Buffer.from('RIFF'), length32(body.length), body]);
}

/** A chunk of a WAV file, at an even length. */
export function chunk(id: string, body: Buffer, says = body.length): Buffer {
  return Buffer.concat([Buffer.from(id), length32(says), body, Buffer.alloc(body.length % 2)]);
}

function length32(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}

function write(data: Buffer, at: number, kind: WavKind, sample: number): void {
  if (kind === 'u8') data.writeUInt8(Math.round(128 + sample * 127), at);
  else if (kind === 's16') data.writeInt16LE(Math.round(sample * 32_767), at);
  else if (kind === 's24') data.writeIntLE(Math.round(sample * 8_388_607), at, 3);
  else if (kind === 's32') data.writeInt32LE(Math.round(sample * 2_147_483_647), at);
  else if (kind === 'f32') data.writeFloatLE(sample, at);
  else if (kind === 'f64') data.writeDoubleLE(sample, at);
  else data[at] = kind === 'mulaw' ? mulaw(sample) : alaw(sample);
}

/** ITU-T G.711, searched for: of all bytes the one that is nearest, by the standard's table of segments. */
function mulaw(sample: number): number {
  const magnitude = Math.min(8031, Math.round(Math.abs(sample) * 8159)) + 33;
  const segment = Math.floor(Math.log2(magnitude)) - 5;
  const step = (magnitude >> (segment + 1)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff;
}

function alaw(sample: number): number {
  const magnitude = Math.min(4095, Math.round(Math.abs(sample) * 4096));
  const segment = magnitude < 64 ? (magnitude < 32 ? 0 : 1) : Math.floor(Math.log2(magnitude)) - 4;
  const step = (magnitude >> Math.max(1, segment)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | step) ^ 0x55;
}
