/** From a command of a script to what is carried out: its variables filled in, its values checked. */
import type { Bound, Input, Item } from './bound.js';
import { OzmlError } from './error.js';
import { keys, text as anyText } from './kinds.js';
import type { Scope } from './scope.js';
import type { Command, CommandSet, InputTemplate, ItemTemplate } from './script.js';
import { filledIn } from './template.js';
import type { Template } from './template.js';
import { readValues } from './values.js';

/**
 * A command with the values its variables have now.
 * @throws OzmlError 302 when a value is not of its parameter's kind
 */
export function bind<S extends CommandSet>(command: Command<S>, scope: Scope): Bound<S> {
  const { row, written, values } = command;
  const known = readValues(row, written, (key, parameter) => {
    const given = values.get(key);
    return given && text(given, scope, parameter.name, written);
  });
  const bound: object = { name: row.name, ...known, ...insideOf(command, scope) };
  // The tables say both what the parameters are and, by their types, what becomes of them.
  return bound as Bound<S>;
}

function text(given: Template, scope: Scope, parameter: string, command: string): string {
  const value = filledIn(given, scope);
  if (value === undefined) throw OzmlError.parameter(parameter, command);
  return value;
}

function insideOf({ row, inside, written }: Command, scope: Scope): object {
  switch (row.inside) {
    case 'nothing':
      return {};
    case 'items':
      return { items: inside.items.map((item) => boundItem(item, scope, written)) };
    case 'commands':
      return { commands: inside.commands };
    case 'menu':
      return { initialCommands: inside.initialCommands, inputs: boundInputs(inside.inputs, scope), scope };
  }
}

function boundItem({ text: given, fields }: ItemTemplate, scope: Scope, command: string): Item {
  const read = (part: Template): string => {
    const value = text(part, scope, 'item', command);
    if (value !== '' && anyText.read(value) === undefined) throw OzmlError.parameter('item', command);
    return value;
  };
  return { text: read(given), fields: new Map([...fields].map(([name, part]) => [name, read(part)])) };
}

function boundInputs(inputs: readonly InputTemplate[], scope: Scope): Input[] {
  const known = new Set<string>();
  return inputs.map(({ key: given, commands, written }) => {
    const key = keys.read(text(given, scope, 'Key', written));
    if (key === undefined || known.has(key)) throw OzmlError.parameter('Key', written);
    known.add(key);
    // Only scripts of API extensions have menus.
    return { key, commands: commands as Input['commands'] };
  });
}
