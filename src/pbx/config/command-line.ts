/** What the command line asks for: a command, switches, and values for options. */
import { parseArgs } from 'node:util';
import { OPTIONS } from './options.js';
import type { Problem } from './problem.js';
import { printable } from './problem.js';
import { unknownKey } from './validate.js';

export const COMMANDS = ['start', 'hash-password'] as const;
export type Command = (typeof COMMANDS)[number];

const SWITCHES = ['--demo', '--help', '--version'] as const;
type Switch = (typeof SWITCHES)[number];

export interface CommandLine {
  readonly command: Command;
  readonly switches: ReadonlySet<Switch>;
  /** Values by flag, `--config` among them; a flag given twice has its last value. */
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

const VALUE_FLAGS = ['--config', ...OPTIONS.map((option) => option.flag)];

/** Reads the arguments after the program's name. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(VALUE_FLAGS.map((flag) => [flag.slice(2), { type: 'string' as const }])),
      ...Object.fromEntries(SWITCHES.map((flag) => [flag.slice(2), { type: 'boolean' as const }])),
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });

  let command: Command = 'start';
  const switches = new Set<Switch>();
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  /** A word right after an unknown flag is most likely that flag's value, not a second mistake. */
  let afterUnknownFlag = -1;

  for (const token of tokens) {
    if (token.kind === 'positional') {
      const known = COMMANDS.find((name) => name === token.value);
      if (known) command = known;
      else if (token.index !== afterUnknownFlag) {
        problems.push({
          key: '',
          value: printable(undefined, token.value),
          expected: unknownKey(token.value, COMMANDS, 'command'),
        });
      }
    } else if (token.kind === 'option') {
      const flag = `--${token.name}`;
      const asSwitch = SWITCHES.find((name) => name === flag);
      if (asSwitch) {
        if (token.value === undefined) switches.add(asSwitch);
        else problems.push({ key: flag, value: '', expected: 'expected no value after it' });
      } else if (!VALUE_FLAGS.includes(flag)) {
        afterUnknownFlag = token.index + 1;
        problems.push({
          key: token.rawName,
          value: '',
          expected: unknownKey(flag, [...VALUE_FLAGS, ...SWITCHES], 'flag'),
        });
      } else if (!token.value || (!token.inlineValue && token.value.startsWith('--'))) {
        problems.push({ key: flag, value: '', expected: 'expected a value after it' });
      } else {
        values.set(flag, token.value);
      }
    }
  }
  return { command, switches, values, problems };
}
