/** A module that runs in a thread of its own and is asked to do things. */
import type { Transferable, Worker } from 'node:worker_threads';
import type { Answer, Question } from './serve-jobs.js';
import { startThread } from './start-thread.js';

/** A job that was not done: it broke its thread, or the thread was ended. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
}

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: JobFailed) => void;
}

/** Once something went wrong in a thread it is not used again: nobody knows what state it is in. */
export class Thread<Job, Result> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting<Result>>();
  #asked = 0;
  #over: string | null = null;

  /** The module calls `serveJobs`. `ended` is called once, when the thread is of no use any more. */
  constructor(
    module: URL,
    private readonly ended: () => void = () => {},
  ) {
    this.#worker = startThread(module);
    this.#worker.on('message', (answer: Answer<Result>) => {
      if ('failed' in answer) void this.end(answer.failed);
      else this.#answered(answer.number, answer.result);
    });
    this.#worker.on('error', (error) => void this.end(String(error)));
    this.#worker.on('exit', () => void this.end('its thread has ended'));
    this.#worker.unref();
  }

  get isOver(): boolean {
    return this.#over !== null;
  }

  /** Rejects with {@link JobFailed}. Jobs are begun in the order in which they are given. */
  ask(job: Job, transfer: readonly Transferable[] = []): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#over !== null) return reject(new JobFailed(this.#over));
      const number = ++this.#asked;
      this.#waiting.set(number, { resolve, reject });
      // A thread keeps the process from ending while it has work, and only then.
      this.#worker.ref();
      this.#worker.postMessage({ number, job } satisfies Question<Job>, transfer);
    });
  }

  async end(why: string): Promise<void> {
    if (this.#over === null) {
      this.#over = why;
      for (const { reject } of this.#waiting.values()) reject(new JobFailed(why));
      this.#waiting.clear();
      this.ended();
    }
    await this.#worker.terminate();
  }

  #answered(number: number, result: Result): void {
    this.#waiting.get(number)?.resolve(result);
    this.#waiting.delete(number);
    if (this.#waiting.size === 0) this.#worker.unref();
  }
}
