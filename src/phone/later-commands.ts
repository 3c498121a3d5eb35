import type { PhoneHandle } from './handle.js';

/** The names of these commands. */
const LATER = [
  'hold',
  'unhold',
  'swapTo',
  'transfer',
  'forward',
  'consult',
  'join',
  'sendDigits',
  'setCamera',
  'switchCamera',
  'chooseDevice',
  'deviceCheck',
  'watchExtension',
  'watchVoicemail',
  'holdSession',
  'unholdSession',
  'closeSession',
  'transferSession',
  'control',
  'resumePlayback',
  'simulate',
] as const satisfies readonly (keyof PhoneHandle)[];

/** The commands of calls that are there, of devices and of sessions: they are loaded (see later/later.ts). */
export type LaterCommands = Pick<PhoneHandle, (typeof LATER)[number]>;

/**
 * These commands, each as one that waits until they are loaded.
 *
 * @param loaded They themselves, when they are; then a command begins at once.
 */
export function laterCommands(
  loaded: () => LaterCommands | undefined,
  load: () => Promise<{ readonly commands: LaterCommands }>,
): LaterCommands {
  type Command = (...args: unknown[]) => unknown;
  const command = (name: keyof LaterCommands): Command => {
    return (...args) => {
      const run = (commands: LaterCommands) => (commands[name] as Command)(...args);
      const now = loaded();
      return now ? run(now) : load().then(({ commands }) => run(commands));
    };
  };
  return Object.fromEntries(LATER.map((name) => [name, command(name)])) as unknown as LaterCommands;
}
