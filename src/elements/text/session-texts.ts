import type { Session } from '../../phone/state.js';

/** What `<ozeki-session-list>` says. A session state without a word does not compile. */
export interface SessionTexts extends Record<`session:${Session['state']}`, string> {
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
}
