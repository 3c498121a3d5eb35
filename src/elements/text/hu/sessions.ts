import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
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

export const sessions: SessionTexts = {
  sessions: 'Hívások',
  sessionCount: counts('hu', { one: '# hívás', other: '# hívás' }),
  noSessions: 'Nincs hívás',
  noSessionsHint: 'A hívások itt jelennek meg, amint elkezdődnek.',
  sessionsSignedOut: 'Jelentkezzen be a hívások megtekintéséhez.',
  sessionsHidden: 'Ez a telefonközpont nem mutatja a hívásait.',
  caller: 'Hívó',
  callee: 'Hívott',
  state: 'Állapot',
  talkTime: 'Beszélt',
  started: 'Kezdete',
  sessionState: (state) => SESSION_STATE[state],
};
