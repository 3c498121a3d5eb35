/** Scripts, and what becomes of them, in short. */
import assert from 'node:assert/strict';
import { OzmlError, parseOzml, Scope, steps } from '../../../src/pbx/ozml/index.js';
import type { CommandSet, Step } from '../../../src/pbx/ozml/index.js';

export const SETS: readonly CommandSet[] = ['routing', 'third-party', 'api-extension', 'message'];

export const response = (inside: string) => `<?xml version="1.0"?>\n<Response>${inside}</Response>`;

/** The commands of a script as they are carried out. */
export function run<S extends CommandSet>(set: S, inside: string, scope = Scope.create()): Step<S>[] {
  return [...steps(parseOzml(response(inside), set).commands, scope)];
}

/** The error of a script that is refused before it runs. */
export function refused(set: CommandSet, text: string): OzmlError {
  try {
    parseOzml(text, set);
  } catch (error) {
    assert.ok(error instanceof OzmlError, String(error));
    return error;
  }
  return assert.fail(`not refused: ${text.slice(0, 200)}`);
}

/** Asserts that a script is refused with 302 for a parameter of a command. */
export function refusesParameter(set: CommandSet, inside: string, parameter: string, command: string): void {
  const error = refused(set, response(inside));
  assert.deepEqual([error.code, error.parameter, error.command], [302, parameter, command], inside);
  assert.equal(error.message, `Missing or invalid parameter '${parameter}' for command '${command}'`);
}
