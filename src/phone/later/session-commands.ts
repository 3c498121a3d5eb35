import type { Commander } from '../commander.js';
import type { PhoneHandle } from '../handle.js';

/** What can be done with the phone system's sessions and extensions; see {@link PhoneHandle}. */
export type SessionCommands = Pick<
  PhoneHandle,
  'watchExtension' | 'holdSession' | 'unholdSession' | 'closeSession' | 'transferSession'
>;

export function sessionCommands({ link, run, number }: Commander): SessionCommands {
  return {
    async watchExtension(extension) {
      const watched = number(extension);
      await Promise.resolve(link.port?.watchExtension?.(watched));
    },

    holdSession: (sessionId) => run(null, 'hold', (port) => port.holdSession(sessionId)),

    unholdSession: (sessionId) => run(null, 'unhold', (port) => port.unholdSession(sessionId)),

    closeSession: (sessionId) => run(null, 'close', (port) => port.closeSession(sessionId)),

    async transferSession(sessionId, transferor, to) {
      const target = number(to);
      return run(null, 'transfer', (port) => port.transferSession(sessionId, transferor, target));
    },
  };
}
