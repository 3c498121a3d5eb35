/** Telephone sound (ITU-T G.711): both laws, both ways, by tables. */
import { alaw, mulaw } from '../../audio/decode/g711.js';

export type Law = 'PCMU' | 'PCMA';

/** In Hz. */
export const G711_RATE = 8000;

const EXPAND: Record<Law, Int16Array> = { PCMU: expansions(mulaw), PCMA: expansions(alaw) };
const COMPRESS: Record<Law, Uint8Array> = { PCMU: nearest(EXPAND.PCMU), PCMA: nearest(EXPAND.PCMA) };

/** The samples that bytes stand for. */
export function expand(law: Law, bytes: Uint8Array): Int16Array {
  const table = EXPAND[law];
  const samples = new Int16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) samples[at] = table[bytes[at]!]!;
  return samples;
}

/** The bytes that stand for samples. */
export function compress(law: Law, samples: Int16Array): Buffer {
  const table = COMPRESS[law];
  const bytes = Buffer.allocUnsafe(samples.length);
  for (let at = 0; at < samples.length; at++) bytes[at] = table[samples[at]! + 0x8000]!;
  return bytes;
}

function expansions(law: (byte: number) => number): Int16Array {
  return Int16Array.from({ length: 256 }, (_, byte) => Math.round(law(byte) * 0x8000));
}

/** For each sample the byte whose sample lies nearest. */
function nearest(table: Int16Array): Uint8Array {
  const ordered = [...table.keys()].sort((a, b) => table[a]! - table[b]!);
  const bytes = new Uint8Array(0x10000);
  let at = 0;
  for (let sample = -0x8000; sample < 0x8000; sample++) {
    while (at + 1 < ordered.length && isNearer(table, ordered[at + 1]!, ordered[at]!, sample)) at += 1;
    bytes[sample + 0x8000] = ordered[at]!;
  }
  return bytes;
}

function isNearer(table: Int16Array, one: number, other: number, sample: number): boolean {
  return Math.abs(table[one]! - sample) <= Math.abs(table[other]! - sample);
}
