/** Starts the phone system for the command line, and has signals stop it or read its configuration again. */
import type { Loaded } from '../config/load.js';
import { ConfigurationError } from '../config/problem.js';
import { startPhoneSystem } from '../index.js';
import { createLog } from '../log.js';
import { reloadOnSignal } from './reload.js';
import { dieOnMistakes, stopOnSignals } from './shutdown.js';
import { summary } from './summary.js';

/** @param load Reads the settings once more. */
export async function start(
  { settings, demo, originOf, notices }: Loaded,
  load: () => Loaded,
): Promise<void> {
  // Somebody who watches the demo in a terminal reads the summary, and JSON only about what breaks.
  const quiet = demo && process.stderr.isTTY && originOf('logLevel') === undefined;
  const log = createLog(quiet ? 'error' : settings.logLevel);
  dieOnMistakes(log);
  for (const notice of notices) log.warn({}, notice);

  const starting = startPhoneSystem(settings, { log, demo });
  stopOnSignals(async () => (await starting).close());
  reloadOnSignal(starting, load, log);
  try {
    process.stdout.write(summary(await starting, { demo, notices }));
  } catch (error) {
    // A certificate is read after the configuration, but its place in the configuration is the same.
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(
      error.problems.map((problem) => ({ ...problem, origin: problem.origin ?? originOf(problem.key) })),
    );
  }
}
