import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Aangemaakt',
  Setup: 'Wordt opgezet',
  TransferSetup: 'Doorverbinden wordt opgezet',
  Ringing: 'Gaat over',
  InCall: 'In gesprek',
  CalleeOnHold: 'Gebelde in de wacht',
  CallerOnHold: 'Beller in de wacht',
  OnHold: 'In de wacht',
  OnHoldInactive: 'Beiden in de wacht',
  TransferRequested: 'Doorverbinden gevraagd',
  Transferring: 'Wordt doorverbonden',
  TransferCompleted: 'Doorverbonden',
  TransferFailed: 'Doorverbinden mislukt',
  CallerHungUp: 'Beller hing op',
  CalleeHungUp: 'Gebelde hing op',
  Redirected: 'Doorgestuurd',
  NotFound: 'Niet gevonden',
  Busy: 'Bezet',
  Cancelled: 'Geannuleerd',
  NotAnswered: 'Niet opgenomen',
  Error: 'Fout',
  Aborted: 'Verbroken',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Gesprekken',
  sessionCount: counts('nl', { one: '# gesprek', other: '# gesprekken' }),
  noSessions: 'Geen gesprekken',
  noSessionsHint: 'Gesprekken verschijnen hier zodra ze beginnen.',
  sessionsSignedOut: 'Meld je aan om de gesprekken te zien.',
  sessionsHidden: 'Deze telefooncentrale toont haar gesprekken niet.',
  caller: 'Beller',
  callee: 'Gebelde',
  state: 'Status',
  talkTime: 'Duur',
  started: 'Begin',
  findSessions: 'Gesprekken zoeken',
  sortBy: 'Sorteren op',
  noSuchSession: 'Geen gesprek gevonden.',
  sessionState: (state) => SESSION_STATE[state],
};
