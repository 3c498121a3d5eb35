import type { Capabilities, SignalingEvent, Welcome } from '../signaling/port.js';
import type { CallDesk } from './call-desk.js';
import type { Store } from './store.js';
import type { Succession } from './succession.js';

/** From so many sessions on, their changes are gathered and told together (later/session-book.ts). */
export const MANY_SESSIONS = 200;

/**
 * Takes what a sign-in brought into the state: who we are, and everything that is going on.
 *
 * @param returning The page before has left its calls here.
 */
export function greet(
  welcome: Welcome,
  capabilities: Capabilities,
  store: Store,
  desk: CallDesk,
  returning: Succession | null,
): void {
  const { identity, sessions, extensions, clockOffset } = welcome;
  desk.iceServers = welcome.iceServers;
  store.set({ identity, capabilities, sessions, extensions, clockOffset });
  for (const { id, state } of store.state.calls) {
    // What the phone system was not told of yet goes on.
    if (state !== 'preparing' && !welcome.calls.some((call) => call.id === id))
      desk.end(id, 'connection-lost');
  }
  for (const call of welcome.calls) if (call.kind === 'call') desk.hear(call, returning?.known(call.id));
}

/** Takes what the phone system says into the state. Listening is not a call of this phone: it is left to the control part. */
export function hear(event: SignalingEvent, store: Store, desk: CallDesk): void {
  const { sessions, extensions } = store.state;
  switch (event.type) {
    case 'call':
      if (event.call.kind === 'call') desk.hear(event.call);
      break;
    case 'description':
      void desk.receive(event.callId, event.description);
      break;
    case 'candidate':
      desk.lines.get(event.callId)?.media.addCandidate(event.candidate);
      break;
    case 'session':
      store.set({ sessions: replace(sessions, event.session, event.closed) });
      break;
    case 'extension':
      store.set({ extensions: replace(extensions, event.extension) });
      break;
    case 'extension-removed':
      store.set({ extensions: replace(extensions, event, true) });
      break;
  }
}

interface Entry {
  readonly id: string;
}

/** The list with one entry new, newer or gone. */
function replace<T extends Entry>(list: readonly T[], entry: Entry, gone: true): readonly T[];
function replace<T extends Entry>(list: readonly T[], entry: T, gone?: boolean): readonly T[];
function replace<T extends Entry>(list: readonly T[], entry: T, gone?: boolean): readonly T[] {
  if (gone) return list.filter(({ id }) => id !== entry.id);
  return list.some(({ id }) => id === entry.id)
    ? list.map((other) => (other.id === entry.id ? entry : other))
    : [...list, entry];
}
