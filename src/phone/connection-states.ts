import type { ConnectionState, LinkProblem } from './state.js';

type Status = ConnectionState['status'];

/** What happens to a connection: commands of the person, and what became of an attempt or a link. */
export type ConnectionEvent = 'connect' | 'disconnect' | 'retry' | 'opened' | 'down' | 'denied';

/** Which status follows. An event a status does not name changes nothing. */
const NEXT: Record<Status, Partial<Record<ConnectionEvent, Status>>> = {
  'signed-out': { connect: 'connecting' },
  connecting: {
    opened: 'connected',
    down: 'failed',
    denied: 'refused',
    connect: 'connecting',
    disconnect: 'signed-out',
  },
  connected: {
    down: 'reconnecting',
    denied: 'refused',
    connect: 'connecting',
    disconnect: 'signed-out',
  },
  reconnecting: {
    opened: 'connected',
    down: 'reconnecting',
    denied: 'refused',
    retry: 'reconnecting',
    connect: 'connecting',
    disconnect: 'signed-out',
  },
  failed: {
    opened: 'connected',
    down: 'failed',
    denied: 'refused',
    retry: 'connecting',
    connect: 'connecting',
    disconnect: 'signed-out',
  },
  refused: { retry: 'connecting', connect: 'connecting', disconnect: 'signed-out' },
};

/** The status after an event; null when the event means nothing now. */
export function nextStatus(status: Status, event: ConnectionEvent): Status | null {
  return NEXT[status][event] ?? null;
}

/** What to do about a broken or refused link: what it is for the connection, and whether to try again. */
export const PROBLEMS: Record<LinkProblem, { event: 'down' | 'denied'; again: boolean }> = {
  unauthorized: { event: 'denied', again: false },
  closed: { event: 'denied', again: false },
  'invalid-address': { event: 'down', again: false },
  incompatible: { event: 'down', again: false },
  unreachable: { event: 'down', again: true },
  lost: { event: 'down', again: true },
  shutdown: { event: 'down', again: true },
  'rate-limited': { event: 'down', again: true },
};

/** What a failed sign-in is for the connection. Most failures say that nobody is there to ask. */
export function problemOf(reason = ''): LinkProblem {
  // What does not know how to sign anybody in is not what was looked for.
  if (reason === 'unsupported') return 'incompatible';
  return reason in PROBLEMS ? (reason as LinkProblem) : 'unreachable';
}
