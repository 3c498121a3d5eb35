/** Puts the configuration together: flag over variable over file over demo over default. */
import type { CommandLine } from './command-line.js';
import { demoSettings } from './demo.js';
import { readConfigurationFile } from './file.js';
import { nearest } from './nearest.js';
import { OPTIONS, variableOf } from './options.js';
import { ConfigurationError, printable } from './problem.js';
import type { Origin, Problem } from './problem.js';
import type { Settings } from './settings.js';
import { topKeyOf, validateSettings } from './validate.js';

export interface Loaded {
  readonly settings: Settings;
  /** The demo's pages and passwords are wanted. */
  readonly demo: boolean;
  /** Where the value of a key came from; undefined for a default. */
  readonly originOf: (key: string) => Origin | undefined;
  /** Things that are not wrong but most likely not meant. */
  readonly notices: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

const SWITCH_VALUES: Record<string, boolean> = { 1: true, true: true, 0: false, false: false };
const OTHER_VARIABLES = [variableOf('--config'), variableOf('--demo')];
/** What makes up a phone book: the demo gives its own only when the configuration has none of them. */
const PHONE_BOOK = ['extensions', 'users', 'outsideLines', 'conferences', 'apiExtensions', 'dialPlan'];

/**
 * The configuration the command line, the environment and the file ask for.
 * @throws ConfigurationError with everything that is wrong.
 */
export function loadSettings(commandLine: CommandLine, variables: Variables): Loaded {
  const problems: Problem[] = [...commandLine.problems];
  // Without a prototype, a key called __proto__ is a key like any other: an unknown one.
  const values = Object.create(null) as Record<string, unknown>;
  const origins = new Map<string, Origin>();
  const set = (key: string, value: unknown, origin: Origin) => {
    values[key] = value;
    origins.set(key, origin);
  };

  const demo = commandLine.switches.has('--demo') || demoVariable(variables, problems);
  const file = readFile(commandLine, variables, problems);
  if (demo) {
    const hasPhoneBook = file ? PHONE_BOOK.some((key) => Object.hasOwn(file.content, key)) : false;
    for (const [key, value] of Object.entries(demoSettings())) {
      if (!(hasPhoneBook && PHONE_BOOK.includes(key))) set(key, value, { kind: 'demo' });
    }
  }
  if (file) {
    for (const [key, value] of Object.entries(file.content)) set(key, value, file.origin);
  }
  for (const { key, flag, variable, read } of OPTIONS) {
    const fromVariable = variables[variable];
    const fromFlag = commandLine.values.get(flag);
    if (fromFlag !== undefined) set(key, read(fromFlag), { kind: 'flag', name: flag });
    else if (fromVariable) set(key, read(fromVariable), { kind: 'variable', name: variable });
  }

  const originOf = (key: string) => origins.get(topKeyOf(key));
  const validation = validateSettings(values, originOf);
  if ('problems' in validation) throw new ConfigurationError([...problems, ...validation.problems]);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { settings: validation.settings, demo, originOf, notices: unknownVariables(variables) };
}

function readFile(
  commandLine: CommandLine,
  variables: Variables,
  problems: Problem[],
): { content: Record<string, unknown>; origin: Origin } | null {
  const path = commandLine.values.get('--config') ?? variables[variableOf('--config')];
  if (!path) return null;
  try {
    return { content: readConfigurationFile(path), origin: { kind: 'file', name: path } };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

function demoVariable(variables: Variables, problems: Problem[]): boolean {
  const name = variableOf('--demo');
  const text = variables[name];
  if (!text) return false;
  const value = SWITCH_VALUES[text.toLowerCase()];
  if (value !== undefined) return value;
  const origin: Origin = { kind: 'variable', name };
  problems.push({ key: 'demo', value: printable(undefined, text), expected: 'expected 1 or 0', origin });
  return false;
}

/**
 * Variables that look like ours and are not. A notice, not an error: containers are started with variables of
 * this kind that nobody wrote, such as the addresses of a service that is called "ozeki".
 */
function unknownVariables(variables: Variables): string[] {
  const known = [...OPTIONS.map((option) => option.variable), ...OTHER_VARIABLES];
  return Object.keys(variables)
    .filter((name) => name.startsWith('OZEKI_') && !known.includes(name))
    .map((name) => {
      const suggestion = nearest(name, known);
      return `The variable ${name} is not known${suggestion ? `, did you mean ${suggestion}?` : '.'}`;
    });
}
