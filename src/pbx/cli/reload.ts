/** SIGHUP: the configuration is read again. */
import type { Loaded } from '../config/load.js';
import { ConfigurationError } from '../config/problem.js';
import type { RunningPhoneSystem } from '../index.js';
import type { ProcessLog } from '../log.js';
import { say, sayProblems } from './say.js';

/**
 * Reads the configuration again at each SIGHUP, once the phone system runs; one that cannot be used is refused. In a
 * terminal the signal keeps its older meaning, that the terminal is gone, and ends the process.
 */
export function reloadOnSignal(
  starting: Promise<RunningPhoneSystem>,
  load: () => Loaded,
  log: ProcessLog,
): void {
  if (process.stdin.isTTY) return;
  process.on('SIGHUP', () => {
    starting.then(
      (system) => reload(system, load, log),
      // That it did not start is said where it was started.
      () => undefined,
    );
  });
}

function reload(system: RunningPhoneSystem, load: () => Loaded, log: ProcessLog): void {
  try {
    const later = system.reconfigure(load().settings);
    if (later.length > 0) {
      log.warn(
        { keys: later },
        'Some keys have changed that count only when the phone system is started anew.',
      );
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    sayProblems(error);
    say('The configuration stays as it was.');
  }
}
