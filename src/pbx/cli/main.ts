#!/usr/bin/env node
/** The command line: `ozeki-webphone [options]` and `ozeki-webphone hash-password`. */
import { hashPassword } from '../accounts/index.js';
import { readCommandLine } from '../config/command-line.js';
import { loadSettings } from '../config/load.js';
import { ConfigurationError, StartError } from '../config/problem.js';
import type { Loaded } from '../config/load.js';
import { VERSION } from '../http/package-files.js';
import { startPhoneSystem } from '../index.js';
import { createLog } from '../log.js';
import { helpText } from './help.js';
import { Interrupted, readPassword } from './read-password.js';
import { reloadOnSignal } from './reload.js';
import { say, sayProblems } from './say.js';
import { dieOnMistakes, stopOnSignals } from './shutdown.js';
import { summary } from './summary.js';

/** Exit codes: 1 for what went wrong, 2 for what was asked for wrongly. */
const FAILED = 1;
const USAGE = 2;

async function run(args: readonly string[]): Promise<void> {
  const commandLine = readCommandLine(args);
  if (commandLine.switches.has('--help')) {
    process.stdout.write(helpText());
  } else if (commandLine.switches.has('--version')) {
    process.stdout.write(`${VERSION}\n`);
  } else if (commandLine.command === 'hash-password') {
    if (commandLine.problems.length > 0) throw new ConfigurationError(commandLine.problems);
    await printHash();
  } else {
    await start(loadSettings(commandLine, process.env), () => loadSettings(commandLine, process.env));
  }
}

async function printHash(): Promise<void> {
  const password = await readPassword();
  process.stdout.write(`${await hashPassword(password)}\n`);
}

async function start({ settings, demo, originOf, notices }: Loaded, load: () => Loaded): Promise<void> {
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

function fail(error: unknown): never {
  if (error instanceof ConfigurationError) {
    sayProblems(error);
    process.exit(USAGE);
  }
  if (error instanceof StartError || error instanceof Interrupted) {
    say(error.message);
    process.exit(FAILED);
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(FAILED);
}

run(process.argv.slice(2)).catch(fail);
