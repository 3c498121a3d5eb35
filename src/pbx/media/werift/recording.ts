/** Opus packets to be played round and round: the built-in tune, composed while it plays, or those of a file. */
import { readFile } from 'node:fs/promises';
import { Application, createEncoder, Signal } from 'libopus-wasm';
import { AudioError, readClip } from '../audio/index.js';
import { synthesise, TUNE_SAMPLES } from './tune.js';

/** Packets that may still be growing at their end. */
export interface Recording {
  readonly packets: readonly Buffer[];
  readonly complete: boolean;
}

const FRAME = 960;
/** High for one channel, so that what the codec adds to the notes stays far below them. */
const BIT_RATE = 64_000;
/** Composing lets calls have the processor again after so many milliseconds. */
const SLICE_MS = 4;

/** Begins to compose the tune; the first packets are there at once, the rest far ahead of being played. */
export class ComposedTune implements Recording {
  readonly packets: Buffer[] = [];
  complete = false;

  async compose(): Promise<void> {
    const encoder = await createEncoder({
      channels: 1,
      application: Application.Audio,
      signal: Signal.Music,
      bitrate: BIT_RATE,
    });
    try {
      const samples = new Float32Array(FRAME);
      let sliceEnd = performance.now() + SLICE_MS;
      for (let from = 0; from + FRAME <= TUNE_SAMPLES; from += FRAME) {
        synthesise(from, samples);
        this.packets.push(Buffer.from(encoder.encodeFloat(samples)));
        if (performance.now() < sliceEnd) continue;
        await new Promise((resolve) => setImmediate(resolve));
        sliceEnd = performance.now() + SLICE_MS;
      }
      this.complete = true;
    } finally {
      encoder.free();
    }
  }
}

/** Reads a file of music; rejects with an `AudioError` that names the file and says what is wrong with it. */
export async function readRecording(path: string): Promise<Recording> {
  try {
    const { packets } = await readClip(await readFile(path));
    return { packets, complete: true };
  } catch (error) {
    const why = error instanceof AudioError ? error.message : `${String(error)}.`;
    throw new AudioError(`The hold music "${path}" cannot be played. ${why}`);
  }
}
