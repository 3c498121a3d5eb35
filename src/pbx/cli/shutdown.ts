/** How the process ends: cleanly on a signal, at once on a second one, never later than five seconds. */
import type { ProcessLog } from '../log.js';

/** Less than the five seconds after which the process must be gone. */
const LIMIT_MS = 4_500;

/**
 * A signal repeated sooner is the same one: npm hands on what the terminal has sent to the whole process group
 * already, so one Ctrl+C comes twice.
 */
const REPEAT_MS = 500;

/** Ends the process by `close` when it is told to. */
export function stopOnSignals(close: () => Promise<void>, repeatMs = REPEAT_MS): void {
  let firstAt: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt !== null) {
      if (performance.now() - firstAt < repeatMs) return;
      process.stderr.write(`Stopped at once by a second ${signal}.\n`);
      process.exit(1);
    }
    firstAt = performance.now();
    setTimeout(() => {
      process.stderr.write(`The phone system did not stop within ${LIMIT_MS / 1000} s and was ended.\n`);
      process.exit(1);
    }, LIMIT_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** A mistake in the program ends it: going on in an unknown state would be worse than a restart. */
export function dieOnMistakes(log: ProcessLog): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'The phone system ends because of an error nobody handled.');
    process.exit(1);
  });
  process.on('unhandledRejection', (reason) => {
    const err = reason instanceof Error ? reason : new Error(String(reason));
    log.fatal({ err }, 'The phone system ends because of a rejection nobody handled.');
    process.exit(1);
  });
}
