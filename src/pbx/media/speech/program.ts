/** The program espeak-ng, as Debian has it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ProgramError, runProgram } from '../programs/run-program.js';
import { SpeechError } from './speech-error.js';
import { TIMEOUT_MS, type Synthesiser } from './synthesiser.js';

const NAME = 'espeak-ng';
/** A quarter of an hour of speech. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The program's place on the search path; null when it is not there. */
export function findProgram(searchPath = process.env.PATH ?? ''): string | null {
  const places = searchPath.split(delimiter).filter((folder) => folder !== '');
  return places.map((folder) => join(folder, NAME)).find(isExecutable) ?? null;
}

export class EspeakProgram implements Synthesiser {
  readonly #closing = new AbortController();

  constructor(
    readonly name: string,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  async voices(): Promise<string> {
    return (await this.#run(['--voices'])).toString('utf8');
  }

  /** The text goes in by standard input, in UTF-8, so that no text can be an option. */
  speak(text: string, language: string): Promise<Buffer> {
    return this.#run(['-b', '1', '-v', language, '--stdin', '--stdout'], text);
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  async #run(args: readonly string[], input = ''): Promise<Buffer> {
    const limits = { timeoutMs: this.timeoutMs, maxBytes: MAX_BYTES, signal: this.#closing.signal };
    try {
      return await runProgram(this.name, args, { input, ...limits });
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      throw new SpeechError(`The text cannot be spoken: ${NAME} ${error.message}.`);
    }
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
