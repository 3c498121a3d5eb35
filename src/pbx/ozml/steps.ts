/** The way through a script: variables, arrays and loops are carried out here, everything else by whoever asks. */
import { bind } from './bind.js';
import type { Bound, Item, Step } from './bound.js';
import { OzmlError } from './error.js';
import type { Scope } from './scope.js';
import type { Command, CommandSet } from './script.js';

/**
 * The commands to carry out, one after the other, each bound when it is asked for. Those of a menu and its inputs are
 * asked for in the same way, with the menu's own scope. Whoever asks stops when a command ends the script, such as
 * GoTo or Hangup.
 * @throws OzmlError 302, when the next one is asked for, for values that turn out to be none, arrays that do not
 *   exist and loops without end
 */
export function* steps<S extends CommandSet>(
  commands: readonly Command<S>[],
  scope: Scope,
): Generator<Step<S>, void, undefined> {
  for (const command of commands) {
    if (!scope.spend()) throw OzmlError.parameter('Source', 'ForEach');
    const bound = bind(command, scope) as Bound;
    switch (bound.name) {
      case 'Var':
        if (!scope.set(bound.id, bound.value)) throw OzmlError.parameter('Value', command.written);
        break;
      case 'Array':
        if (!scope.setArray(bound.id, bound.items)) throw OzmlError.parameter('item', command.written);
        break;
      case 'ForEach': {
        const items = scope.array(bound.source);
        if (!items) throw OzmlError.parameter('Source', command.written);
        yield* turns(bound.commands as readonly Command<S>[], items, scope);
        break;
      }
      default:
        yield bound as Step<S>;
    }
  }
}

function* turns<S extends CommandSet>(
  body: readonly Command<S>[],
  items: readonly Item[],
  outside: Scope,
): Generator<Step<S>, void, undefined> {
  const loop = outside.loop();
  for (const item of items) {
    const scope = loop.turn(item);
    if (!scope.spend()) throw OzmlError.parameter('Source', 'ForEach');
    yield* steps(body, scope);
  }
}
