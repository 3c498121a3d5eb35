/** Runs in a thread: espeak-ng as WebAssembly, one run of its command line for each job. */
import { serveJobs } from '../threads/serve-jobs.js';

export interface SpeechJob {
  readonly args: readonly string[];
  /** What is to be spoken, if anything. */
  readonly text: string | null;
}

export interface SpeechResult {
  /** What it printed, also what it complained of. */
  readonly printed: string;
  /** The WAV file; null when there is none. */
  readonly wav: Uint8Array<ArrayBuffer> | null;
}

/** The part of the package that is used; it comes without types. */
interface EspeakModule {
  readonly FS: {
    writeFile(path: string, text: string): void;
    readFile(path: string): Uint8Array<ArrayBuffer>;
    analyzePath(path: string): { readonly exists: boolean };
  };
}
type RunEspeak = (options: {
  arguments: readonly string[];
  preRun: ((module: EspeakModule) => void)[];
  print: (line: string) => void;
  printErr: (line: string) => void;
}) => Promise<EspeakModule>;

// Optional, so its name is no import that a compiler or bundler would follow.
const NAME: string = 'espeak-ng';

serveJobs<SpeechJob, SpeechResult>(async ({ args, text }) => {
  const { default: run } = (await import(NAME)) as { default: RunEspeak };
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  // The text is in a file, so that no text can be an option.
  const files = text === null ? [] : ['-f', 'text', '-w', 'wav'];
  const espeak = await run({
    arguments: [...args, ...files],
    preRun: [({ FS }) => FS.writeFile('text', text ?? '')],
    print,
    printErr: print,
  });
  const wav = espeak.FS.analyzePath('wav').exists ? espeak.FS.readFile('wav').slice() : null;
  return { result: { printed: printed.join('\n'), wav }, transfer: wav ? [wav.buffer] : [] };
});
