/** Has ffmpeg read what is not read here, when it is installed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramError, runProgram } from '../programs/run-program.js';
import { AudioError } from './audio-error.js';

/** Containers and streams of sound. No playlists: they name other files and addresses, and a file is not trusted. */
const FORMATS = [
  'aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dts,eac3,flac,flv,g722,gsm,m4a,mov,mp4,3gp,3g2,mj2',
  'matroska,webm,mp3,mpeg,mpegts,ogg,opus,tta,voc,w64,wav,wv',
].join(',');

export interface FfmpegLimits {
  readonly seconds: number;
  readonly bytes: number;
  readonly timeoutMs: number;
}

/**
 * Makes a file an Ogg Opus file in mono. Resolves with null when ffmpeg is not installed; rejects with an
 * {@link AudioError} when ffmpeg cannot do it.
 */
export async function convertByFfmpeg(file: Buffer, limits: FfmpegLimits): Promise<Buffer | null> {
  // Files and no pipes, since some formats keep at their end what is needed at the beginning.
  const cwd = await mkdtemp(join(tmpdir(), 'ozeki-sound-'));
  try {
    await writeFile(join(cwd, 'sound'), file, { mode: 0o600 });
    await runProgram('ffmpeg', argumentsFor(limits), { cwd, timeoutMs: limits.timeoutMs, maxBytes: 0 });
    const made = await readFile(join(cwd, 'made'));
    if (made.length >= limits.bytes) throw new AudioError('it is too long');
    return made;
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    if (error.kind === 'absent') return null;
    throw new AudioError(`ffmpeg ${error.message}`);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

function argumentsFor({ seconds, bytes }: FfmpegLimits): string[] {
  const input = ['-protocol_whitelist', 'file', '-format_whitelist', FORMATS, '-i', 'sound'];
  const codec = ['-c:a', 'libopus', '-b:a', '48k', '-frame_duration', '20', '-application', 'audio'];
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', '48000', ...codec, '-map_metadata', '-1'];
  // One second more than may be, so that what is too long is told from what just fits.
  const bounds = ['-t', String(seconds + 1), '-fs', String(bytes)];
  return [
    '-nostdin',
    '-hide_banner',
    '-loglevel',
    'error',
    ...input,
    ...output,
    ...bounds,
    '-f',
    'ogg',
    'made',
  ];
}
