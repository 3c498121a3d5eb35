/** Hands recordings to the thread that writes them: one thread for all, started by the first. */
import { besides } from '../threads/start-thread.js';
import { Thread } from '../threads/thread.js';
import { AudioError } from './audio-error.js';
import type { Recorded, RecordingFormat } from './recording-file.js';
import type { RecordingJob, RecordingResult } from './recording-thread.js';

/** The thread ends when there was no recording for so long. */
const IDLE_MS = 30_000;

let thread: Thread<RecordingJob, RecordingResult> | null = null;
let idle: NodeJS.Timeout | undefined;
let open = 0;
let last = 0;

/** A recording in the hands of the thread. Everything rejects with an {@link AudioError}. */
export class RecordingOrder {
  private constructor(
    private readonly id: number,
    private readonly thread: Thread<RecordingJob, RecordingResult>,
  ) {}

  static async create(path: string, format: RecordingFormat): Promise<RecordingOrder> {
    clearTimeout(idle);
    open += 1;
    if (!thread || thread.isOver) thread = new Thread(besides('./recording-thread', import.meta.url));
    const order = new RecordingOrder(++last, thread);
    try {
      await order.#ask({ id: order.id, what: 'create', path, format });
    } catch (error) {
      await order.close().catch(() => {});
      throw error;
    }
    return order;
  }

  /** Takes the samples over: they are no longer there for who gave them. */
  async write(samples: Int16Array<ArrayBuffer>): Promise<void> {
    await this.#ask({ id: this.id, what: 'write', samples }, [samples.buffer]);
  }

  async end(): Promise<Recorded> {
    try {
      return (await this.#ask({ id: this.id, what: 'end' }))!;
    } finally {
      leave();
    }
  }

  /** Lets go of the file as it is. */
  async close(): Promise<void> {
    try {
      await this.#ask({ id: this.id, what: 'close' });
    } finally {
      leave();
    }
  }

  async #ask(job: RecordingJob, transfer: ArrayBuffer[] = []): Promise<Recorded | null> {
    const result = await this.thread.ask(job, transfer).catch((error: unknown) => {
      throw new AudioError(
        `The recording failed: ${error instanceof Error ? error.message : String(error)}.`,
      );
    });
    if ('problem' in result) throw new AudioError(`The recording failed: ${result.problem}.`);
    return result.recorded;
  }
}

function leave(): void {
  open -= 1;
  if (open > 0) return;
  idle = setTimeout(() => void thread?.end('it has nothing to do'), IDLE_MS).unref();
}
