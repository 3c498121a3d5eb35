/** What scripts do, and what reaches web sites, written into the journal. */
import type { ApiJournal } from './journal.js';
import type { Delivery, Notification } from './notifications/index.js';
import type { Journal, ScriptPlace } from './scripts/index.js';

/** Fields that name the call a notification is about; the names differ from one to the next. */
const CALL_FIELDS = ['CallId', 'CallLegID'];
/** Fields that say in a word what happened; none of them holds anything a person said, wrote or pressed. */
const WORD_FIELDS = ['CallState', 'LastCallState', 'Delivered', 'Success', 'ErrorCode'];

/** Notes each attempt to reach a web site; its fields and the answer are not kept. */
export function deliveryNotes(journal: ApiJournal): (delivery: Delivery) => void {
  return ({ notification, url, ms, outcome }) =>
    journal.add({
      type: 'notification',
      step: outcome.kind,
      name: notification.name,
      url,
      detail: fieldOf(notification, WORD_FIELDS),
      ms,
      problem: outcome.kind === 'failed' ? outcome.error.message : undefined,
      callId: fieldOf(notification, CALL_FIELDS) || null,
      apiExtension: fieldOf(notification, ['ApiExtension']) || null,
    });
}

/** Notes what scripts do. */
export function scriptNotes(journal: ApiJournal): Journal {
  const placed = ({ callId, apiExtension }: ScriptPlace) => ({
    type: 'script' as const,
    callId: callId || null,
    apiExtension: apiExtension || null,
  });
  return {
    begun: (place) => journal.add({ ...placed(place), step: 'begun' }),
    command: (place, command) => journal.add({ ...placed(place), step: 'command', command }),
    failed: (place, code, problem) => journal.add({ ...placed(place), step: 'error', code, problem }),
    ended: (place) => journal.add({ ...placed(place), step: 'ended' }),
  };
}

function fieldOf({ fields }: Notification, names: readonly string[]): string | undefined {
  return fields.find(([name]) => names.includes(name))?.[1];
}
