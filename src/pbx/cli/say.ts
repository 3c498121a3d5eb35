/** What the command line says about itself, on standard error, line by line. */
import { describeProblem } from '../config/problem.js';
import type { ConfigurationError } from '../config/problem.js';

export function say(line: string): void {
  process.stderr.write(`ozeki-webphone: ${line}\n`);
}

/** Everything that is wrong with a configuration. */
export function sayProblems({ problems }: ConfigurationError): void {
  for (const problem of problems) say(describeProblem(problem));
}
