import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Létrehozva',
  Setup: 'Felépül',
  TransferSetup: 'Átadás felépül',
  Ringing: 'Csörög',
  InCall: 'Beszélgetés',
  CalleeOnHold: 'A hívott tartásban',
  CallerOnHold: 'A hívó tartásban',
  OnHold: 'Tartásban',
  OnHoldInactive: 'Mindkettő tartásban',
  TransferRequested: 'Átadás kérve',
  Transferring: 'Átadás folyamatban',
  TransferCompleted: 'Átadva',
  TransferFailed: 'Sikertelen átadás',
  CallerHungUp: 'A hívó bontott',
  CalleeHungUp: 'A hívott bontott',
  Redirected: 'Átirányítva',
  NotFound: 'Nem található',
  Busy: 'Foglalt',
  Cancelled: 'Megszakítva',
  NotAnswered: 'Nem fogadták',
  Error: 'Hiba',
  Aborted: 'Lezárva',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Hívások',
  sessionCount: counts('hu', { one: '# hívás', other: '# hívás' }),
  noSessions: 'Nincs hívás',
  noSessionsHint: 'A hívások itt jelennek meg, amint elkezdődnek.',
  sessionsSignedOut: 'Jelentkezzen be a hívások megtekintéséhez.',
  sessionsHidden: 'Ez a telefonközpont nem mutatja a hívásait.',
  caller: 'Hívó',
  callee: 'Hívott',
  state: 'Állapot',
  talkTime: 'Időtartam',
  started: 'Kezdés',
  findSessions: 'Hívások keresése',
  sortBy: 'Rendezés',
  noSuchSession: 'Nincs ilyen hívás.',
  sessionState: (state) => SESSION_STATE[state],
};
