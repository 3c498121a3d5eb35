/** The table of commands in words, for the tester page. */
import type { Settings } from '../config/settings.js';
import { text } from '../ozml/kinds.js';
import type { Parameter, Value } from '../ozml/parameter.js';
import { xml } from './kinds.js';
import { COMMANDS } from './table.js';

export interface ParameterDescription {
  readonly name: string;
  readonly required: boolean;
  /** What is expected: "a whole number from 1 to 500". */
  readonly expects: string;
  /** The values there are, when they can be counted. */
  readonly choices: readonly string[];
  /** What it is without being given; empty for none. */
  readonly fallback: string;
  /** It has several lines. */
  readonly long: boolean;
}

export interface ApiDescription {
  /** A user name and password go with every command. */
  readonly signIn: boolean;
  readonly commands: readonly {
    readonly name: string;
    readonly group: string;
    readonly right: string;
    readonly summary: string;
    readonly codes: readonly number[];
    readonly parameters: readonly ParameterDescription[];
  }[];
}

export function describeApi({ httpApi }: Pick<Settings, 'httpApi'>): ApiDescription {
  return {
    signIn: httpApi?.username !== undefined,
    commands: COMMANDS.map(({ name, group, right, summary, codes, parameters }) => ({
      ...{ name, group, right, summary, codes },
      parameters: Object.values(parameters).map(describeParameter),
    })),
  };
}

function describeParameter({ name, required, kind, fallback }: Parameter<Value>): ParameterDescription {
  return {
    ...{ name, required, expects: kind.expects, choices: kind.choices ?? [] },
    fallback: fallback === undefined ? '' : `${fallback}`,
    long: kind === text || kind === xml,
  };
}
