/**
 * Keeps a phone going on a page that nobody looks at. Its clocks are looked at by whatever goes on there: a worker; or
 * answers the phone system gives after a while, for a message is not held back; and while it is looked for, timers
 * that no timer set.
 */
import { stayAwake } from '../../page/background/awake.js';
import { watchSight } from '../../page/background/sight.js';
import { startUnchainedClock } from '../../page/background/unchained-clock.js';
import { startWorkerClock } from '../../page/background/worker-clock.js';
import type { SignalingPort } from '../../signaling/port.js';
import type { Link } from '../link.js';
import type { Store } from '../store.js';
import type { Health } from './health.js';

/** After how long the phone system is to answer, in milliseconds. */
const BEAT_MS = 8000;
/** How much later the answer may come, in milliseconds. */
const ANSWER_MS = 10_000;

export interface BackgroundParts {
  readonly link: Link;
  readonly store: Store;
  readonly health: Health;
}

export class Background {
  readonly #parts: BackgroundParts;
  #hidden = false;
  /** Whether this page may have a worker, as far as is known. */
  #workers = true;
  #stops: (() => void)[] = [];
  #unchained: (() => void) | undefined;
  #beating: SignalingPort | null = null;

  constructor(parts: BackgroundParts) {
    this.#parts = parts;
  }

  /** Begins, whenever nobody looks. Returns the way to stop. */
  begin(): () => void {
    const look = (seen: boolean) => {
      this.#hidden = !seen;
      this.#follow();
    };
    const stops = [this.#parts.store.subscribe(() => this.#follow()), watchSight(look)];
    return () => {
      for (const stop of stops) stop();
      look(true);
    };
  }

  /** Goes on as long as nobody looks and there is a connection to keep. */
  #follow(): void {
    const { status } = this.#parts.store.state.connection;
    const wanted = this.#hidden && status !== 'signed-out' && status !== 'refused';
    if (!wanted) this.#stop();
    else if (!this.#stops.length) {
      this.#stops.push(stayAwake());
      if (this.#workers)
        this.#stops.push(
          startWorkerClock(
            () => this.#tick(),
            () => this.#withoutWorker(),
          ),
        );
    }
    if (wanted && !this.#workers) this.#goOn(status === 'connected');
  }

  #stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#unchained?.();
    this.#unchained = undefined;
  }

  #withoutWorker(): void {
    this.#workers = false;
    // It may have been told at once.
    queueMicrotask(() => this.#follow());
  }

  /** By the answers of the phone system where it gives them, else by timers. */
  #goOn(connected: boolean): void {
    const { port } = this.#parts.link;
    const beats = connected && port?.patient;
    if (beats && this.#beating !== port) void this.#beat(port);
    if (beats) {
      this.#unchained?.();
      this.#unchained = undefined;
    } else this.#unchained ??= startUnchainedClock(() => this.#tick());
  }

  async #beat(port: SignalingPort): Promise<void> {
    const { link, store } = this.#parts;
    this.#beating = port;
    while (this.#hidden && port === link.port && store.state.connection.status === 'connected') {
      const answered = await port.probe(BEAT_MS + ANSWER_MS, BEAT_MS);
      this.#tick();
      if (answered) continue;
      // Not all of its like know this.
      this.#unchained ??= startUnchainedClock(() => this.#tick());
      break;
    }
    if (this.#beating === port) this.#beating = null;
  }

  /** What is due, is done. */
  #tick(): void {
    const { health, link, store } = this.#parts;
    const { status, retryAt } = store.state.connection;
    if (status === 'connected') health.look();
    else if (retryAt !== null && retryAt <= Date.now()) link.retry();
  }
}
