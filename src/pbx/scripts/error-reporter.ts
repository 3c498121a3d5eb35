/** Tells the web site what went wrong ("Error notification"). */
import type { Journal } from './journal.js';
import type { NotificationSender, Target } from '../notifications/index.js';
import { errorNotification } from '../notifications/index.js';
import type { Log } from '../log.js';

export interface ErrorReporter {
  /** Never fails: who cannot be told of an error is told of nothing. */
  report(code: number, message: string, callId: string, apiExtension: string): void;
}

/** Reports to an address; nowhere but the log without one. */
export function createErrorReporter(
  sender: NotificationSender,
  target: () => Target | null,
  log: Log,
  journal: Journal,
): ErrorReporter {
  return {
    report(code, message, callId, apiExtension) {
      // The message goes to the site only: it may name a number that was dialled.
      log.info({ code, callId, apiExtension }, 'a script of a web site had an error');
      journal.failed({ apiExtension, callId }, code, message);
      const wanted = target();
      if (!wanted) return;
      sender
        .tell(wanted, errorNotification({ errorCode: code, errorMessage: message, callId, apiExtension }))
        // The sender has logged it.
        .catch(() => {});
    },
  };
}
