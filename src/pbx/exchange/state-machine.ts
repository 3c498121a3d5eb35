/** State machines as tables: state × event → next state. What is not in the table cannot happen. */
import { ProtocolError } from '../../protocol/index.js';

export type Table<S extends string, E extends string> = {
  readonly [state in S]: { readonly [event in E]?: S };
};

/** Whether the event can happen in that state. */
export function can<S extends string, E extends string>(table: Table<S, E>, state: S, event: E): boolean {
  return table[state][event] !== undefined;
}

/** The state an event leads to. Throws `wrong-state` for an event the table does not have. */
export function next<S extends string, E extends string>(table: Table<S, E>, state: S, event: E): S {
  const to = table[state][event];
  if (to === undefined) {
    throw new ProtocolError('wrong-state', `"${event}" cannot happen in the state "${state}".`);
  }
  return to;
}
