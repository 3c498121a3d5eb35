/** Tells a site what was not finished when the call was over, and runs what it answers, without a call. */
import type { Notification, Target } from '../notifications/index.js';
import { NotificationError } from '../notifications/index.js';
import { OzmlError, parseOzml } from '../ozml/index.js';
import { Run } from './run.js';
import type { RunContext } from './run.js';
import type { ScriptParts } from './parts.js';

export interface Afterwards {
  /** Never fails: the sender tries more than once and logs what it gave up. */
  tell(target: Target, notification: Notification, context: RunContext): void;
}

export function createAfterwards(parts: () => ScriptParts): Afterwards {
  return {
    tell(target, notification, { call, ...context }) {
      const { sender } = parts();
      const callId = call?.id ?? '';
      void (async () => {
        try {
          const answer = await sender.tell(target, notification);
          await new Run(parts(), { ...context, call: null }).run(parseOzml(answer, 'message'));
        } catch (error) {
          if (error instanceof NotificationError) return;
          if (error instanceof OzmlError) {
            return context.errors.report(error.code, error.message, callId, context.apiExtension);
          }
          parts().log.error({ err: error }, 'a script after a call could not be carried on');
        }
      })();
    },
  };
}
