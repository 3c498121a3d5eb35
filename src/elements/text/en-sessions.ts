import type { Session } from '../../phone/state.js';
import type { SessionTexts } from './session-texts.js';
import type { English } from './texts.js';
import { wordsOf } from './words.js';

const STATES: Partial<Record<Session['state'], string>> = {
  Setup: 'Setting up',
  TransferSetup: 'Setting up transfer',
  OnHoldInactive: 'Both on hold',
  TransferRequested: 'Transfer asked',
  TransferCompleted: 'Transferred',
};

/** English for `<ozeki-session-list>`. */
export const enSessions: English<SessionTexts> = {
  sessionCount: (count) => (count === 1 ? '1 session' : `${count} sessions`),
  noSessionsHint: 'Calls appear here as soon as they start.',
  sessionsSignedOut: 'Sign in to see the sessions.',
  sessionsHidden: 'This phone system does not show its sessions.',
  talkTime: 'Talk',

  // The other states have names that are good English once their words stand apart.
  sessionState: (state) => STATES[state] ?? wordsOf(state),
};
