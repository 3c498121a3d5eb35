/** Records the sound of a call into a file, until it is stopped or one of its limits is reached. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Log } from '../log.js';
import { createRecordingWriter } from '../media/audio/index.js';
import type { RecordingFormat } from '../media/audio/index.js';

const FRAMES_PER_SECOND = 50;
/** A frame louder than this is a voice: -45 dB of full scale, above what microphones and codecs make of silence. */
const VOICE = 32_768 * 10 ** (-45 / 20);
/** Nobody speaks for so long without a pause; it ends recordings that were forgotten. */
const MAX_SECONDS = 4 * 3600;

export interface RecordingLimits {
  /** The longest it may get, in seconds. */
  readonly duration?: number | undefined;
  /** Ends after so many seconds in which nobody speaks. */
  readonly inactivity?: number | undefined;
}

/** What became of a recording ("RecordCompleted"). */
export interface RecordingResult {
  /** False when no voice was heard, or the file could not be written. */
  readonly success: boolean;
  /** Seconds. */
  readonly duration: number;
  /** The file's name; empty without success. */
  readonly fileName: string;
}

export interface Recorder {
  /** Resolves when it has ended, by itself or by {@link stop}. Never rejects. */
  readonly done: Promise<RecordingResult>;
  /** Ends it. */
  stop(): void;
}

export interface RecorderOptions {
  readonly folder: string;
  readonly format: RecordingFormat;
  readonly limits?: RecordingLimits;
  readonly log: Log;
  /** Begins to deliver 20 ms of sound each time; returns the way to stop. `ended` says that no more will come. */
  readonly tap: (listener: (frame: Int16Array) => void, ended: () => void) => () => void;
}

/** Begins a recording under a name nobody can guess. Rejects with an `AudioError` when the file cannot be made. */
export async function startRecorder({
  folder,
  format,
  limits = {},
  log,
  tap,
}: RecorderOptions): Promise<Recorder> {
  const { duration = MAX_SECONDS, inactivity = Infinity } = limits;
  const fileName = `${randomBytes(16).toString('hex')}.${format}`;
  const writer = await createRecordingWriter(join(folder, fileName), format);
  let frames = 0;
  let quiet = 0;
  let voice = false;
  let finish!: () => void;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let leave: () => void;
  try {
    leave = tap((frame) => {
      if (frames >= duration * FRAMES_PER_SECOND || quiet >= inactivity * FRAMES_PER_SECOND) return finish();
      writer.write(frame);
      frames += 1;
      const loud = isVoice(frame);
      voice ||= loud;
      quiet = loud ? 0 : quiet + 1;
    }, finish);
  } catch (error) {
    await writer.discard();
    throw error;
  }
  const end = async (): Promise<RecordingResult> => {
    await finished;
    leave();
    const nothing = { success: false, duration: 0, fileName: '' };
    try {
      if (!voice) {
        await writer.discard();
        return nothing;
      }
      const { seconds } = await writer.end();
      return { success: true, duration: Math.max(1, Math.round(seconds)), fileName };
    } catch (error) {
      // What was written stays: the name is all it takes to find it.
      log.error({ err: error, fileName }, 'a recording could not be written to its end');
      return nothing;
    }
  };
  return { done: end(), stop: finish };
}

function isVoice(frame: Int16Array): boolean {
  let power = 0;
  for (const sample of frame) power += sample * sample;
  return Math.sqrt(power / frame.length) > VOICE;
}
