/** What is in a recording that the phone system serves. */
import { createDecoder } from 'libopus-wasm';
import { readClip } from '../../src/pbx/media/audio/index.js';
import { level } from './level.js';

export interface Heard {
  readonly seconds: number;
  /** How loud a tone is in the half second where it is loudest, in dB. */
  level(hz: number): number;
}

/** Half a second at 48 kHz. */
const PART = 24_000;

/** Fetches a recording and listens to it. */
export async function heardIn(url: string): Promise<Heard> {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`${url} answers ${reply.status}`);
  const { packets, ms } = await readClip(Buffer.from(await reply.arrayBuffer()));
  const decoder = await createDecoder({ channels: 1 });
  const samples = packets.flatMap((packet) => [...decoder.decode(packet)]).map((sample) => sample / 32_768);
  decoder.free();
  const parts: Float32Array[] = [];
  for (let at = 0; at === 0 || at + PART <= samples.length; at += PART / 2)
    parts.push(Float32Array.from(samples.slice(at, at + PART)));
  return { seconds: ms / 1000, level: (hz) => Math.max(...parts.map((part) => level(part, hz))) };
}
