/** Makes a sound file a clip that can be played to a party. */
import { setImmediate } from 'node:timers/promises';
import type { Clip } from '../engine.js';
import { OPUS_CLOCK_RATE, opusSamples } from '../opus.js';
import { Gate, GateFull } from '../threads/gate.js';
import { JobThreads } from '../threads/job-threads.js';
import { besides } from '../threads/start-thread.js';
import { JobFailed } from '../threads/thread.js';
import { AudioError } from './audio-error.js';
import type { ClipJob, ClipResult } from './clip-thread.js';
import { convertByFfmpeg } from './ffmpeg.js';
import { MAX_BYTES, MAX_SECONDS } from './limits.js';

const TIMEOUT_MS = 300_000;
/** Files to be read; each is kept in memory meanwhile. */
const MAX_WAITING = 100;
const TOO_MANY = 'too many files are being read; try again later';
/** So much is copied, or so many packets are taken apart, before calls have the processor again. */
const [SLICE_BYTES, SLICE_PACKETS] = [4 * 1024 * 1024, 4096];

/** Each run of ffmpeg takes a processor of its own. */
const ffmpegs = new Gate(2, MAX_WAITING);

const threads = new JobThreads<ClipJob, ClipResult>({
  module: besides('./clip-thread', import.meta.url),
  threads: 2,
  maxWaiting: MAX_WAITING,
  timeoutMs: TIMEOUT_MS,
});

/**
 * Reads WAV, MP3, Ogg Opus and Ogg Vorbis, known by their content; other formats by ffmpeg when it is installed.
 * Several channels are mixed to mono. Takes up to 64 MB and an hour of sound. Works in a thread of its own. Rejects
 * with an {@link AudioError}.
 */
export async function readClip(file: Buffer): Promise<Clip> {
  if (file.length === 0) throw unreadable('it is empty');
  if (file.length > MAX_BYTES) throw unreadable(`it is larger than ${MAX_BYTES / 1024 / 1024} MB`);
  const result = await decode(file);
  return toClip('foreign' in result ? await decodeForeign(file, result.foreign) : result);
}

async function decodeForeign(file: Buffer, kind: string): Promise<ClipResult> {
  const limits = { seconds: MAX_SECONDS, bytes: MAX_BYTES, timeoutMs: TIMEOUT_MS };
  const converted = await ffmpegs
    .pass(() => convertByFfmpeg(file, limits))
    .catch((error: unknown) => {
      if (error instanceof GateFull) throw unreadable(TOO_MANY);
      throw error instanceof AudioError ? unreadable(`it is ${kind}, and ${error.message}`) : error;
    });
  if (!converted) {
    throw unreadable(
      `it is ${kind}. WAV, MP3, Ogg Opus and Ogg Vorbis are understood; other formats are when ffmpeg is installed`,
    );
  }
  return decode(converted);
}

async function decode(file: Buffer): Promise<ClipResult> {
  try {
    return await threads.run(async () => ({ file: await share(file) }));
  } catch (error) {
    if (error instanceof JobFailed) throw unreadable(`reading it failed: ${error.message}`);
    if (error instanceof GateFull) throw unreadable(TOO_MANY);
    throw error;
  }
}

/** Copies the file to where the thread sees it. */
async function share(file: Buffer): Promise<SharedArrayBuffer> {
  const shared = new SharedArrayBuffer(file.length);
  const bytes = new Uint8Array(shared);
  for (let at = 0; at < file.length; at += SLICE_BYTES) {
    bytes.set(file.subarray(at, at + SLICE_BYTES), at);
    await setImmediate();
  }
  return shared;
}

async function toClip(result: ClipResult): Promise<Clip> {
  if ('problem' in result) throw unreadable(result.problem);
  if ('foreign' in result) throw unreadable(`it is ${result.foreign}`);
  const bytes = Buffer.from(result.bytes.buffer, result.bytes.byteOffset, result.bytes.length);
  const packets: Buffer[] = [];
  let [at, samples] = [0, 0];
  for (const length of result.lengths) {
    const packet = bytes.subarray(at, (at += length));
    packets.push(packet);
    samples += opusSamples(packet);
    if (packets.length % SLICE_PACKETS === 0) await setImmediate();
  }
  return { packets, ms: (samples * 1000) / OPUS_CLOCK_RATE };
}

function unreadable(why: string): AudioError {
  return new AudioError(`The sound cannot be read: ${why}.`);
}
