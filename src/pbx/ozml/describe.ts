/** The tables of commands in words, for pages and documents that list them. */
import type { CommandSet } from './script.js';
import { TABLES } from './tables.js';

export interface ParameterDescription {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** It may be the element's text instead of an attribute. */
  readonly main: boolean;
  /** What is expected: "a whole number from 1 to 3600". */
  readonly expects: string;
  readonly choices: readonly string[];
  /** What it is without being given; empty for none. */
  readonly fallback: string;
  readonly mayBeEmpty: boolean;
}

export interface CommandDescription {
  readonly name: string;
  readonly parameters: readonly ParameterDescription[];
  /** What lies inside: items, commands, or InitialCommands and Inputs. */
  readonly inside: 'nothing' | 'items' | 'commands' | 'menu';
  readonly onlyFirst: boolean;
}

/** The commands that the answer to a notification may hold. */
export function describeCommands(set: CommandSet): CommandDescription[] {
  return TABLES[set].map(({ name, parameters, main, inside, onlyFirst }) => ({
    name,
    inside,
    onlyFirst,
    parameters: Object.entries(parameters).map(([key, parameter]) => ({
      name: parameter.name,
      aliases: parameter.aliases,
      required: parameter.required,
      main: key === main,
      expects: parameter.kind.expects,
      choices: parameter.kind.choices ?? [],
      fallback: parameter.fallback === undefined ? '' : `${parameter.fallback}`,
      mayBeEmpty: parameter.mayBeEmpty,
    })),
  }));
}
