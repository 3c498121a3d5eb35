/** A script that was read and checked, before the values of its variables are known. */
import type { Row } from './row.js';
import type { Template } from './template.js';

/**
 * Which commands a notification's answer may hold. `message` is for those without a call: IncomingSMS,
 * SMSDeliveryReport, and GoTo reached from them.
 */
export type CommandSet = 'routing' | 'third-party' | 'api-extension' | 'message';

/** A command of a script. `steps` and `bind` make of it what can be carried out. */
export interface Command<S extends CommandSet = CommandSet> {
  readonly set: S;
  readonly row: Row;
  /** The name as the script has it, for messages. */
  readonly written: string;
  /** What was given, by the keys of the row's parameters. */
  readonly values: ReadonlyMap<string, Template>;
  readonly inside: CommandInside;
}

export interface CommandInside {
  readonly items: readonly ItemTemplate[];
  readonly commands: readonly Command[];
  readonly initialCommands: readonly Command[];
  readonly inputs: readonly InputTemplate[];
}

export interface ItemTemplate {
  readonly text: Template;
  /** By their names in lower case. */
  readonly fields: ReadonlyMap<string, Template>;
}

export interface InputTemplate {
  /** The name as the script has it, for messages. */
  readonly written: string;
  readonly key: Template;
  readonly commands: readonly Command[];
}

export interface Script<S extends CommandSet = CommandSet> {
  readonly set: S;
  /** Empty when the site answered nothing: no commands, not an error. */
  readonly commands: readonly Command<S>[];
}
