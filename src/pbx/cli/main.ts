#!/usr/bin/env node
/** The command line: `ozeki-webphone [options]` and `ozeki-webphone hash-password`. */
import { hashPassword } from '../accounts/index.js';
import { readCommandLine } from '../config/command-line.js';
import { loadSettings } from '../config/load.js';
import { ConfigurationError, StartError } from '../config/problem.js';
import { VERSION } from '../http/package-files.js';
import { helpText } from './help.js';
import { Interrupted, readPassword } from './read-password.js';
import { say, sayProblems } from './say.js';

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
    const load = () => loadSettings(commandLine, process.env);
    const loaded = load();
    // Loaded when there is something to start: help and complaints come at once.
    const { start } = await import('./start.js');
    await start(loaded, load);
  }
}

async function printHash(): Promise<void> {
  const password = await readPassword();
  process.stdout.write(`${await hashPassword(password)}\n`);
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
