/** Several threads that do one kind of job, one at a time each. They are started when needed and end when idle. */
import { Gate } from './gate.js';
import { JobFailed, Thread } from './thread.js';

export interface JobThreadsOptions {
  /** What runs in the threads: a module that calls `serveJobs`. */
  readonly module: URL;
  /** How many jobs are done at once. */
  readonly threads: number;
  /** How many may wait. */
  readonly maxWaiting: number;
  /** A job that takes longer is ended with its thread. */
  readonly timeoutMs: number;
}

/** A thread without work ends after this. */
const IDLE_MS = 30_000;

export class JobThreads<Job, Result> {
  readonly #gate: Gate;
  readonly #idle = new Map<Thread<Job, Result>, NodeJS.Timeout>();
  readonly #all = new Set<Thread<Job, Result>>();
  #closed = false;

  constructor(private readonly options: JobThreadsOptions) {
    this.#gate = new Gate(options.threads, options.maxWaiting);
  }

  /** The job is made when its turn comes. Rejects with `JobFailed`, or with `GateFull` when too many wait. */
  run(make: () => Job | Promise<Job>): Promise<Result> {
    return this.#gate.pass(async () => {
      const job = await make();
      if (this.#closed) throw new JobFailed('it was ended');
      const thread = this.#take();
      const { timeoutMs } = this.options;
      const timer = setTimeout(() => void thread.end(`it took longer than ${timeoutMs / 1000} s`), timeoutMs);
      try {
        return await thread.ask(job);
      } finally {
        clearTimeout(timer);
        this.#putBack(thread);
      }
    });
  }

  /** Ends what is being done, and what waits. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((thread) => thread.end('it was ended')));
  }

  #take(): Thread<Job, Result> {
    for (const [thread, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(thread);
      return thread;
    }
    const thread: Thread<Job, Result> = new Thread(this.options.module, () => this.#forget(thread));
    this.#all.add(thread);
    return thread;
  }

  #putBack(thread: Thread<Job, Result>): void {
    if (thread.isOver) return;
    const timer = setTimeout(() => void thread.end('it has nothing to do'), IDLE_MS);
    this.#idle.set(thread, timer.unref());
  }

  #forget(thread: Thread<Job, Result>): void {
    this.#all.delete(thread);
    clearTimeout(this.#idle.get(thread));
    this.#idle.delete(thread);
  }
}
