import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Creata',
  Setup: 'In preparazione',
  TransferSetup: 'Trasferimento in preparazione',
  Ringing: 'Squilla',
  InCall: 'In chiamata',
  CalleeOnHold: 'Chiamato in attesa',
  CallerOnHold: 'Chiamante in attesa',
  OnHold: 'In attesa',
  OnHoldInactive: 'Entrambi in attesa',
  TransferRequested: 'Trasferimento richiesto',
  Transferring: 'Trasferimento in corso',
  TransferCompleted: 'Trasferita',
  TransferFailed: 'Trasferimento fallito',
  CallerHungUp: 'Il chiamante ha riagganciato',
  CalleeHungUp: 'Il chiamato ha riagganciato',
  Redirected: 'Deviata',
  NotFound: 'Non trovato',
  Busy: 'Occupato',
  Cancelled: 'Annullata',
  NotAnswered: 'Nessuna risposta',
  Error: 'Errore',
  Aborted: 'Interrotta',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Sessioni',
  sessionCount: counts('it', { one: '# sessione', many: '# sessioni', other: '# sessioni' }),
  noSessions: 'Nessuna sessione',
  noSessionsHint: 'Le chiamate appaiono qui appena iniziano.',
  sessionsSignedOut: 'Accedi per vedere le sessioni.',
  sessionsHidden: 'Questo centralino non mostra le sue sessioni.',
  caller: 'Chiamante',
  callee: 'Chiamato',
  state: 'Stato',
  talkTime: 'Durata',
  started: 'Inizio',
  findSessions: 'Cerca sessioni',
  sortBy: 'Ordina per',
  noSuchSession: 'Nessuna sessione trovata.',
  sessionState: (state) => SESSION_STATE[state],
};
