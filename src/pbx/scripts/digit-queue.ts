/** The keys a caller pressed and nobody has taken yet, in their order. */

/** Nobody types further ahead; a stuck key must not fill the memory. */
const MAX_WAITING = 64;

export class DigitQueue {
  #waiting: string[] = [];
  #wake: (() => void) | null = null;

  push(digit: string): void {
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(digit);
    this.#wake?.();
  }

  /** Forgets what was pressed so far. */
  clear(): void {
    this.#waiting = [];
  }

  /** The next key without waiting for it; undefined when none was pressed. */
  take(): string | undefined {
    return this.#waiting.shift();
  }

  /** Resolves when there is a key to take; rejects with the signal's reason when that comes first. */
  async ready(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.length > 0) return;
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        this.#wake = null;
        signal.removeEventListener('abort', aborted);
      };
      const aborted = () => {
        stop();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', aborted, { once: true });
      this.#wake = () => {
        stop();
        resolve();
      };
    });
  }
}
