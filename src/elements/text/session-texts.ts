import type { Session } from '../../phone/state.js';

/** What `<ozeki-session-list>` says. */
export interface SessionTexts {
  sessions: string;
  sessionCount: (count: number) => string;
  noSessions: string;
  noSessionsHint: string;
  sessionsSignedOut: string;
  sessionsHidden: string;
  caller: string;
  callee: string;
  state: string;
  talkTime: string;
  started: string;
  sessionState: (state: Session['state']) => string;
}
