import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Angelegt',
  Setup: 'Wird aufgebaut',
  TransferSetup: 'Weiterleitung wird aufgebaut',
  Ringing: 'Klingelt',
  InCall: 'Im Gespräch',
  CalleeOnHold: 'Angerufener gehalten',
  CallerOnHold: 'Anrufer gehalten',
  OnHold: 'Gehalten',
  OnHoldInactive: 'Beide gehalten',
  TransferRequested: 'Weiterleitung gewünscht',
  Transferring: 'Wird weitergeleitet',
  TransferCompleted: 'Weitergeleitet',
  TransferFailed: 'Weiterleitung fehlgeschlagen',
  CallerHungUp: 'Anrufer hat aufgelegt',
  CalleeHungUp: 'Angerufener hat aufgelegt',
  Redirected: 'Umgeleitet',
  NotFound: 'Nicht gefunden',
  Busy: 'Besetzt',
  Cancelled: 'Abgebrochen',
  NotAnswered: 'Nicht angenommen',
  Error: 'Fehler',
  Aborted: 'Getrennt',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Gespräche',
  sessionCount: counts('de', { one: '# Gespräch', other: '# Gespräche' }),
  noSessions: 'Keine Gespräche',
  noSessionsHint: 'Gespräche erscheinen hier, sobald sie beginnen.',
  sessionsSignedOut: 'Melden Sie sich an, um die Gespräche zu sehen.',
  sessionsHidden: 'Diese Telefonanlage zeigt ihre Gespräche nicht.',
  caller: 'Anrufer',
  callee: 'Angerufener',
  state: 'Zustand',
  talkTime: 'Dauer',
  started: 'Beginn',
  findSessions: 'Gespräche suchen',
  sortBy: 'Sortieren nach',
  noSuchSession: 'Kein passendes Gespräch.',
  sessionState: (state) => SESSION_STATE[state],
};
