import type { Commander } from '../commander.js';
import type { PhoneHandle } from '../handle.js';

/** What can be done with the phone system's sessions and extensions; see {@link PhoneHandle}. */
export type SessionCommands = Pick<
  PhoneHandle,
  'watchExtension' | 'watchVoicemail' | 'holdSession' | 'unholdSession' | 'closeSession' | 'transferSession'
>;

export function sessionCommands({ link, run, number }: Commander): SessionCommands {
  return {
    async watchExtension(extension) {
      const watched = number(extension);
      await Promise.resolve(link.port?.watchExtension?.(watched));
    },

    async watchVoicemail() {
      await Promise.resolve(link.port?.watchVoicemail?.());
    },

    holdSession: (sessionId) =>
      run(null, 'hold', async (port) => (await port.control()).holdSession(sessionId)),

    unholdSession: (sessionId) =>
      run(null, 'unhold', async (port) => (await port.control()).unholdSession(sessionId)),

    closeSession: (sessionId) =>
      run(null, 'close', async (port) => (await port.control()).closeSession(sessionId)),

    async transferSession(sessionId, transferor, to) {
      const target = number(to);
      return run(null, 'transfer', async (port) =>
        (await port.control()).transferSession(sessionId, transferor, target),
      );
    },
  };
}
