/** What all commands for calls have in common. */
import type { PhoneSystem } from '../../phone-system.js';
import type { Payload } from '../answer.js';
import type { CallCommands } from '../call-commands.js';
import type { CommandRow, Rows, ValuesOf } from '../command.js';
import { Failure } from '../../scripts/index.js';
import { CommandError } from '../status.js';

/** A command that acts on calls; its failures are told by their codes. */
export function callCommand<const P extends Rows>(
  row: Omit<CommandRow, 'ofCalls' | 'parameters' | 'run' | 'codes'> & {
    readonly codes?: readonly number[];
    readonly parameters: P;
    readonly run: (
      values: ValuesOf<P>,
      calls: CallCommands,
      phoneSystem: PhoneSystem,
    ) => Promise<Payload | void>;
  },
): CommandRow {
  const { run } = row;
  return {
    codes: [],
    ...row,
    ofCalls: true,
    async run(values: ValuesOf<P>, { calls, phoneSystem }) {
      try {
        return (await run(values, calls, phoneSystem)) ?? {};
      } catch (error) {
        throw error instanceof Failure ? new CommandError(error.code, error.message) : error;
      }
    },
  };
}
