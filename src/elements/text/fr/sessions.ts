import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Créé',
  Setup: 'Établissement',
  TransferSetup: 'Transfert en préparation',
  Ringing: 'Sonne',
  InCall: 'En communication',
  CalleeOnHold: 'Appelé en attente',
  CallerOnHold: 'Appelant en attente',
  OnHold: 'En attente',
  OnHoldInactive: 'Tous deux en attente',
  TransferRequested: 'Transfert demandé',
  Transferring: 'Transfert en cours',
  TransferCompleted: 'Transféré',
  TransferFailed: 'Échec du transfert',
  CallerHungUp: 'L’appelant a raccroché',
  CalleeHungUp: 'L’appelé a raccroché',
  Redirected: 'Renvoyé',
  NotFound: 'Introuvable',
  Busy: 'Occupé',
  Cancelled: 'Annulé',
  NotAnswered: 'Sans réponse',
  Error: 'Erreur',
  Aborted: 'Interrompu',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Communications',
  sessionCount: counts('fr', { one: '# communication', many: '# communications', other: '# communications' }),
  noSessions: 'Aucune communication',
  noSessionsHint: 'Les appels apparaissent ici dès qu’ils commencent.',
  sessionsSignedOut: 'Connectez-vous pour voir les communications.',
  sessionsHidden: 'Ce système téléphonique ne montre pas ses communications.',
  caller: 'Appelant',
  callee: 'Appelé',
  state: 'État',
  talkTime: 'Durée',
  started: 'Début',
  findSessions: 'Rechercher une communication',
  sortBy: 'Trier par',
  noSuchSession: 'Aucune communication trouvée.',
  sessionState: (state) => SESSION_STATE[state],
};
