import { ALL_PROCESSING } from '../media/audio-processing.js';
import type { PhoneState, ProblemCode } from './state.js';

const EMPTY: PhoneState = {
  connection: { status: 'signed-out', problem: null, retryAt: null, server: '' },
  identity: null,
  capabilities: null,
  calls: [],
  selectedCallId: null,
  sessions: [],
  extensions: [],
  devices: {
    microphones: [],
    speakers: [],
    cameras: [],
    microphone: '',
    speaker: '',
    ringer: '',
    camera: '',
    processing: ALL_PROCESSING,
  },
  problem: null,
  following: false,
  clockOffset: 0,
};

/** Holds the one snapshot, and tells every change once. */
export class Store {
  #state = freeze(EMPTY);
  readonly #listeners = new Set<() => void>();

  get state(): PhoneState {
    return this.#state;
  }

  /** Changes the named parts; parts that stay the same keep their identity. Nothing new, nothing told. */
  set(change: Partial<PhoneState>): void {
    const names = Object.keys(change) as (keyof PhoneState)[];
    if (names.every((name) => change[name] === this.#state[name])) return;
    this.#state = freeze({ ...this.#state, ...change });
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        // One listener's mistake is reported as its own and is not the others'.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Names what a person should be told. */
  report(code: ProblemCode, callId: string | null = null): void {
    this.set({ problem: { id: (this.#state.problem?.id ?? 0) + 1, code, callId } });
  }

  subscribe(listener: () => void): () => void {
    // A function of its own for each subscription: the same listener may subscribe twice.
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Forgets everybody who listens. */
  close(): void {
    this.#listeners.clear();
  }
}

/** Freezes an object and what it holds; what is frozen already is complete. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
