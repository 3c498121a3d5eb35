import type { PhoneHandle } from './handle.js';

/** The names of these commands. */
const LATER = [
  'hold',
  'unhold',
  'swapTo',
  'transfer',
  'consult',
  'join',
  'sendDigits',
  'setCamera',
  'switchCamera',
  'chooseDevice',
  'deviceCheck',
  'holdSession',
  'unholdSession',
  'closeSession',
  'transferSession',
  'control',
] as const satisfies readonly (keyof PhoneHandle)[];

/** The commands of calls that are up, of devices and of sessions: they are loaded (see later/later.ts). */
export type LaterCommands = Pick<PhoneHandle, (typeof LATER)[number]>;

/** These commands, each as one that waits until they are loaded. */
export function laterCommands(load: () => Promise<{ readonly commands: LaterCommands }>): LaterCommands {
  type Command = (...args: unknown[]) => unknown;
  return Object.fromEntries(
    LATER.map((name): [string, Command] => [
      name,
      async (...args) => ((await load()).commands[name] as Command)(...args),
    ]),
  ) as unknown as LaterCommands;
}
