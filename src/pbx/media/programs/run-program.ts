/** Runs another program to its end, within limits. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** A program that is not there, took too long, said too much, was stopped, or failed: the message goes on its name. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';

  constructor(
    readonly kind: 'absent' | 'timeout' | 'too-much' | 'stopped' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

export interface RunOptions {
  /** What it reads from its standard input; nothing when left out. */
  readonly input?: string;
  readonly cwd?: string;
  readonly timeoutMs: number;
  /** The most it may print. */
  readonly maxBytes: number;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** Low, so that its work takes nothing from calls. */
const NICE = 10;
/** The last that a program complains of is what counts. */
const MAX_COMPLAINT = 2000;

/** What it printed. Rejects with a {@link ProgramError}. */
export function runProgram(path: string, args: readonly string[], options: RunOptions): Promise<Buffer> {
  const { input = '', cwd, timeoutMs, maxBytes, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd, stdio: 'pipe' });
    const give = (kind: ProgramError['kind'], message: string) => {
      child.kill('SIGKILL');
      reject(new ProgramError(kind, message));
    };
    const stop = () => give('stopped', 'was stopped');
    const timer = setTimeout(() => give('timeout', `took longer than ${timeoutMs / 1000} s`), timeoutMs);
    const over = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    if (child.pid !== undefined) lower(child.pid);
    const output: Buffer[] = [];
    let [bytes, complaint] = [0, ''];
    child.stdout.on('data', (piece: Buffer) => {
      output.push(piece);
      bytes += piece.length;
      if (bytes > maxBytes) give('too-much', 'says too much');
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      complaint = (complaint + piece).slice(-MAX_COMPLAINT);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      over();
      give(error.code === 'ENOENT' ? 'absent' : 'failed', `cannot be started (${error.message})`);
    });
    child.on('close', (code) => {
      over();
      if (code === 0) resolve(Buffer.concat(output));
      else give('failed', `says "${lastLine(complaint)}"`);
    });
    // It may end before it has read everything; its exit says why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
  });
}

function lastLine(complaint: string): string {
  return complaint.trim().split('\n').at(-1)!.slice(0, 300);
}

function lower(pid: number): void {
  try {
    setPriority(pid, NICE);
  } catch {
    // It has ended already.
  }
}
