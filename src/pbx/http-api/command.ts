/** What a row of the table of commands is. Routing, checks, rights and the tester page all go by it. */
import type { ApiRight } from '../config/api-settings.js';
import type { Parameter, Value } from '../ozml/parameter.js';
import type { PhoneSystem } from '../phone-system.js';
import type { Payload } from './answer.js';
import type { CallCommands } from './call-commands.js';
import type { Parameters } from './parameters.js';
import { invalidParameter } from './status.js';

/** What commands work with. */
export interface Services {
  readonly phoneSystem: PhoneSystem;
  readonly calls: CallCommands;
}

/** The groups the commands are documented in. */
export type CommandGroup =
  'API extension control' | 'Third-party call control' | 'Configuration' | 'Queries' | 'Security';

/** The parameters of a command, under the names its code has them by. */
export type Rows = Readonly<Record<string, Parameter<Value>>>;
/** The values of these parameters. */
export type ValuesOf<P extends Rows> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

export interface CommandRow {
  /** As documented; a request may write it in upper and lower case. */
  readonly name: string;
  readonly group: CommandGroup;
  readonly right: ApiRight;
  /** What it does, in a sentence. */
  readonly summary: string;
  readonly parameters: Rows;
  /** The codes it may answer beside 200 and 300 to 307. */
  readonly codes: readonly number[];
  /** It acts on calls, by {@link Services.calls}. */
  readonly ofCalls: boolean;
  /** Carries it out; throws a `CommandError` when it cannot. */
  readonly run: (values: never, services: Services) => Payload | Promise<Payload>;
}

/** A command that needs no calls. */
export function command<const P extends Rows>(
  row: Omit<CommandRow, 'ofCalls' | 'parameters' | 'run' | 'codes'> & {
    readonly codes?: readonly number[];
    readonly parameters: P;
    readonly run: (values: ValuesOf<P>, phoneSystem: PhoneSystem) => Payload | Promise<Payload>;
  },
): CommandRow {
  const { run } = row;
  return {
    codes: [],
    ...row,
    ofCalls: false,
    run: (values: ValuesOf<P>, { phoneSystem }) => run(values, phoneSystem),
  };
}

/** The values of a request for a command; throws 302 for one that is missing or not of its kind. */
export function readValues(row: CommandRow, request: Parameters): Record<string, Value> {
  const entries = Object.entries(row.parameters).map(([key, parameter]) => [
    key,
    readValue(parameter, request, row.name),
  ]);
  return Object.fromEntries(entries) as Record<string, Value>;
}

function readValue(
  { name, aliases, kind, required, fallback, mayBeEmpty }: Parameter<Value>,
  request: Parameters,
  command: string,
): Value {
  const given = [name, ...aliases].flatMap((spelling) => request.find(spelling) ?? []);
  if (given.length > 1) throw invalidParameter(name, command);
  const text = given[0]?.trim();
  if (text === undefined || text === '') {
    if (text === '' && mayBeEmpty) return '';
    if (required) throw invalidParameter(name, command);
    return fallback;
  }
  const value = kind.read(text);
  if (value === undefined) throw invalidParameter(name, command);
  return value;
}
