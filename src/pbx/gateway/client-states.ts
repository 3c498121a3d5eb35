/** The life of a client, which may outlast several sockets. */

export type ClientState = 'new' | 'attached' | 'waiting' | 'over';

/**
 * `enter`: signed in; `restore`: had signed in when an earlier process ran; `lose`: the socket is gone; `resume`: there is another one; `end`: over, for whatever reason.
 */
export type ClientEvent = 'enter' | 'restore' | 'lose' | 'resume' | 'end';

const NEXT: Record<ClientState, Partial<Record<ClientEvent, ClientState>>> = {
  new: { enter: 'attached', restore: 'waiting', end: 'over' },
  // One that comes back before its old socket is known to be dead takes its place.
  attached: { lose: 'waiting', resume: 'attached', end: 'over' },
  waiting: { resume: 'attached', end: 'over' },
  over: {},
};

/** The state after an event; null when that cannot happen now. */
export function nextState(state: ClientState, event: ClientEvent): ClientState | null {
  return NEXT[state][event] ?? null;
}
