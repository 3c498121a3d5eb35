/** A row of the tables of commands. */
import type { Parameter, Value } from './parameter.js';

/** What lies inside a command: items of an array, commands, or a menu with its inputs. */
export type Inside = 'nothing' | 'items' | 'commands' | 'menu';

export type Parameters = Readonly<Record<string, Parameter<Value>>>;

export interface Row {
  /** As documented; a script may write it in upper and lower case. */
  readonly name: string;
  readonly parameters: Parameters;
  /** The key of the parameter that may be the element's text. */
  readonly main: string | undefined;
  readonly inside: Inside;
  /** Parameters that the documents or their examples have and that mean nothing here: taken, not used. */
  readonly ignored: readonly string[];
  /** The first command of a script, or not at all. */
  readonly onlyFirst: boolean;
  /** Runs also where there is no call. */
  readonly withoutCall: boolean;
  /** The key of a parameter that does not go with the others; called with the values that are known. */
  readonly conflict: (values: Readonly<Record<string, Value>>) => string | undefined;
}

/** Completes a row with what most of them have. */
export function row<const N extends string, const P extends Parameters, const I extends Inside = 'nothing'>(
  name: N,
  parameters: P,
  {
    main,
    inside = 'nothing' as I,
    ignored = [],
    onlyFirst = false,
    withoutCall = false,
    conflict = () => undefined,
  }: Partial<Row> & { readonly main?: keyof P & string; readonly inside?: I } = {},
): Row & { readonly name: N; readonly parameters: P; readonly inside: I } {
  return { name, parameters, main, inside, ignored, onlyFirst, withoutCall, conflict };
}
