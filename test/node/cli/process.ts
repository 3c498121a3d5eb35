/** Runs the built command line, or a small program beside it, as a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = 'dist/pbx/cli/main.js';

/** What a test that failed leaves behind would keep its file from ending. */
const running = new Set<ChildProcessWithoutNullStreams>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** The lines on standard error that are not the log's. */
  complaints: string[];
}

export class Program {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcessWithoutNullStreams;
  #watchers: (() => void)[] = [];

  constructor(command: string, args: readonly string[], variables: Record<string, string> = {}) {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('OZEKI_') && !name.startsWith('NODE_'),
    );
    this.#child = spawn(command, args, {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), ...variables },
    });
    running.add(this.#child);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#heard('stdout', text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => this.#heard('stderr', text));
    this.ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code, signal) => {
        running.delete(this.#child);
        const complaints = this.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr, complaints });
      });
    });
  }

  /** Resolves with the match as soon as the output has it; rejects when the program ends without. */
  said(pattern: RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this[stream]);
        if (match) resolve(match);
      };
      this.#watchers.push(look);
      look();
      this.ended.then((end) => reject(new Error(`ended without ${pattern}: ${JSON.stringify(end)}`)), reject);
    });
  }

  write(text: string): void {
    this.#child.stdin.write(text);
  }

  endInput(text = ''): void {
    this.#child.stdin.end(text);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  #heard(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    for (const look of this.#watchers) look();
  }
}

/** `ozeki-webphone` with these arguments. */
export function cli(args: readonly string[], variables: Record<string, string> = {}): Program {
  return new Program(process.execPath, [MAIN, ...args], variables);
}

/** A module that may import from `./dist`. */
export function program(source: string): Program {
  return new Program(process.execPath, ['--input-type=module', '-e', source]);
}

/**
 * The command line inside a terminal of its own, whose output comes as standard output. `exec`, since a shell that
 * stays as its parent is ended by the terminal's Ctrl+C too, and its exit code hides the program's.
 */
export function cliInTerminal(args: readonly string[]): Program {
  const command = ['exec', process.execPath, MAIN, ...args].join(' ');
  return new Program('script', ['-qefc', command, '/dev/null']);
}
