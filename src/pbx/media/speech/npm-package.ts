/** The npm package espeak-ng: the same program as WebAssembly, in a thread of its own. */
import { GateFull } from '../threads/gate.js';
import { JobThreads } from '../threads/job-threads.js';
import { besides } from '../threads/start-thread.js';
import { JobFailed } from '../threads/thread.js';
import { SpeechError } from './speech-error.js';
import type { SpeechJob, SpeechResult } from './speech-thread.js';
import { TIMEOUT_MS, type Synthesiser } from './synthesiser.js';

/** Whether the package is installed; it is optional. */
export function isPackageInstalled(): boolean {
  try {
    import.meta.resolve('espeak-ng');
    return true;
  } catch {
    return false;
  }
}

export class EspeakPackage implements Synthesiser {
  readonly name = 'the npm package espeak-ng';
  readonly #threads = new JobThreads<SpeechJob, SpeechResult>({
    module: besides('./speech-thread', import.meta.url),
    threads: 1,
    maxWaiting: 100,
    timeoutMs: TIMEOUT_MS,
  });

  async voices(): Promise<string> {
    return (await this.#run({ args: ['--voices'], text: null })).printed;
  }

  async speak(text: string, language: string): Promise<Buffer> {
    const { wav, printed } = await this.#run({ args: ['-b', '1', '-v', language], text });
    if (!wav) throw new SpeechError(`The text cannot be spoken: espeak-ng says "${printed.slice(0, 300)}".`);
    return Buffer.from(wav.buffer, wav.byteOffset, wav.length);
  }

  close(): Promise<void> {
    return this.#threads.close();
  }

  async #run(job: SpeechJob): Promise<SpeechResult> {
    try {
      return await this.#threads.run(() => job);
    } catch (error) {
      if (error instanceof JobFailed || error instanceof GateFull) {
        throw new SpeechError(`The text cannot be spoken: ${error.message}.`);
      }
      throw error;
    }
  }
}
