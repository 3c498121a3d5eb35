/** The other end of a `Thread`, for the module that runs in it. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { parentPort, type Transferable } from 'node:worker_threads';

export interface Question<Job> {
  readonly number: number;
  readonly job: Job;
}

export type Answer<Result> = { readonly number: number } & (
  { readonly result: Result } | { readonly failed: string }
);

/** What a job came to, and what of it is handed over instead of copied. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly transfer?: readonly Transferable[];
}

/**
 * Does each job that comes. What a job can fail of belongs into its result; after an error that is thrown the
 * thread is not used again.
 */
export function serveJobs<Job, Result>(work: (job: Job) => Promise<Outcome<Result>>): void {
  // What libraries print about a broken file has no place in the log of the phone system.
  globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
  parentPort!.on('message', ({ number, job }: Question<Job>) => {
    work(job).then(
      ({ result, transfer = [] }) => answer({ number, result }, transfer),
      (error: unknown) => answer({ number, failed: String(error) }),
    );
  });

  function answer(given: Answer<Result>, transfer: readonly Transferable[] = []): void {
    parentPort!.postMessage(given, transfer);
  }
}
