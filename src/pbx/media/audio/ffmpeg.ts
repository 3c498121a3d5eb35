/** Has ffmpeg read what is not read here, when it is installed. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { AudioError } from './audio-error.js';

/** Containers and streams of sound. No playlists: they name other files and addresses, and a file is not trusted. */
const FORMATS = [
  'aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dts,eac3,flac,flv,g722,gsm,m4a,mov,mp4,3gp,3g2,mj2',
  'matroska,webm,mp3,mpeg,mpegts,ogg,opus,tta,voc,w64,wav,wv',
].join(',');
/** Low, so that a long file takes nothing from calls. */
const NICE = 10;
const MAX_COMPLAINT = 300;

export interface FfmpegLimits {
  readonly seconds: number;
  readonly bytes: number;
  readonly timeoutMs: number;
}

/** Makes a file an Ogg Opus file in mono. Resolves with null when ffmpeg is not installed. */
export async function convertByFfmpeg(file: Buffer, limits: FfmpegLimits): Promise<Buffer | null> {
  // A file and no pipe, since some formats keep at their end what is needed at the beginning.
  const folder = await mkdtemp(join(tmpdir(), 'ozeki-sound-'));
  try {
    await writeFile(join(folder, 'sound'), file, { mode: 0o600 });
    const complaint = await run(folder, limits);
    if (complaint === null) return null;
    const made = join(folder, 'made');
    const size = await stat(made).then(
      (stats) => stats.size,
      () => 0,
    );
    if (complaint !== '' || size === 0) throw new AudioError(complaint || 'ffmpeg finds no sound in it');
    if (size >= limits.bytes) throw new AudioError('it is too long');
    return await readFile(made);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resolves with an empty string when all went well, with what ffmpeg said otherwise, with null without ffmpeg. */
function run(folder: string, { seconds, bytes, timeoutMs }: FfmpegLimits): Promise<string | null> {
  const input = ['-protocol_whitelist', 'file', '-format_whitelist', FORMATS, '-i', 'sound'];
  const codec = ['-c:a', 'libopus', '-b:a', '48k', '-frame_duration', '20', '-application', 'audio'];
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', '48000', ...codec, '-map_metadata', '-1'];
  // One second more than may be, so that what is too long is told from what just fits.
  const bounds = ['-t', String(seconds + 1), '-fs', String(bytes)];
  const args = ['-nostdin', '-hide_banner', '-loglevel', 'error', ...input, ...output, ...bounds];
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', [...args, '-f', 'ogg', 'made'], {
      cwd: folder,
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    if (child.pid !== undefined) lower(child.pid);
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-4 * MAX_COMPLAINT);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(null);
      else reject(new AudioError(`ffmpeg cannot be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve('');
      else if (signal) resolve(`ffmpeg took longer than ${timeoutMs / 1000} s`);
      else resolve(`ffmpeg says "${lastLine(complaint)}"`);
    });
  });
}

/** The line that says what it comes down to, without the name of the file, which is ours. */
function lastLine(complaint: string): string {
  const line = complaint.trim().split('\n').at(-1) ?? '';
  return line.replace(/^sound: /, '').slice(0, MAX_COMPLAINT);
}

function lower(pid: number): void {
  try {
    setPriority(pid, NICE);
  } catch {
    // It has ended already.
  }
}
