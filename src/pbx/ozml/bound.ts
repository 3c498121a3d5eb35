/** Commands as they are carried out: every value known and checked. The types follow the tables. */
import type { API_EXTENSION } from './api-extension.js';
import type { Parameter } from './parameter.js';
import type { ROUTING } from './routing.js';
import type { Inside } from './row.js';
import type { Scope } from './scope.js';
import type { Command, CommandSet } from './script.js';
import type { THIRD_PARTY } from './third-party.js';

/** An item of an array: `$item` is its text, `$item.field` one of its fields. */
export interface Item {
  readonly text: string;
  /** By their names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
}

/** What runs when the caller has pressed these keys in a menu. */
export interface Input {
  readonly key: string;
  readonly commands: readonly Command<'api-extension'>[];
}

interface BoundInside {
  readonly nothing: unknown;
  readonly items: { readonly items: readonly Item[] };
  readonly commands: { readonly commands: readonly Command[] };
  readonly menu: {
    readonly initialCommands: readonly Command<'api-extension'>[];
    readonly inputs: readonly Input[];
    /** What the variables in them mean here: inside of ForEach each turn has a scope of its own. */
    readonly scope: Scope;
  };
}

type BoundOf<R> = R extends { name: infer N; parameters: infer P; inside: infer I extends Inside }
  ? { readonly name: N } & {
      readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
    } & BoundInside[I]
  : never;

export type RoutingCommand = BoundOf<(typeof ROUTING)[number]>;
export type ThirdPartyCommand = BoundOf<(typeof THIRD_PARTY)[number]>;
export type ApiExtensionCommand = BoundOf<(typeof API_EXTENSION)[number]>;
/** Of those of an API extension the ones that need no call. */
export type MessageCommand = Extract<
  ApiExtensionCommand,
  { name: 'Array' | 'Call' | 'Delay' | 'ForEach' | 'GoTo' | 'SendEmail' | 'SendSms' | 'Var' }
>;

interface BoundBySet {
  readonly routing: RoutingCommand;
  readonly 'third-party': ThirdPartyCommand;
  readonly 'api-extension': ApiExtensionCommand;
  readonly message: MessageCommand;
}

/** The commands of a set: `name`, and each parameter under its name in camel case. */
export type Bound<S extends CommandSet = CommandSet> = BoundBySet[S];

/** The commands that do something outside of the script; `steps` carries out the others. */
export type Step<S extends CommandSet = CommandSet> = Exclude<
  Bound<S>,
  { name: 'Array' | 'ForEach' | 'Var' }
>;
