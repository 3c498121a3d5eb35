import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Utworzona',
  Setup: 'Zestawianie',
  TransferSetup: 'Zestawianie przełączenia',
  Ringing: 'Dzwoni',
  InCall: 'W rozmowie',
  CalleeOnHold: 'Odbiorca zawieszony',
  CallerOnHold: 'Dzwoniący zawieszony',
  OnHold: 'Zawieszona',
  OnHoldInactive: 'Obie strony zawieszone',
  TransferRequested: 'Żądanie przełączenia',
  Transferring: 'Przełączanie',
  TransferCompleted: 'Przełączona',
  TransferFailed: 'Przełączenie nieudane',
  CallerHungUp: 'Dzwoniący rozłączył się',
  CalleeHungUp: 'Odbiorca rozłączył się',
  Redirected: 'Przekierowana',
  NotFound: 'Nie znaleziono',
  Busy: 'Zajęte',
  Cancelled: 'Anulowana',
  NotAnswered: 'Nieodebrana',
  Error: 'Błąd',
  Aborted: 'Przerwana',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Rozmowy',
  sessionCount: counts('pl', { one: '# rozmowa', few: '# rozmowy', many: '# rozmów', other: '# rozmowy' }),
  noSessions: 'Brak rozmów',
  noSessionsHint: 'Rozmowy pojawią się tutaj, gdy tylko się zaczną.',
  sessionsSignedOut: 'Zaloguj się, aby zobaczyć rozmowy.',
  sessionsHidden: 'Ta centrala nie pokazuje swoich rozmów.',
  caller: 'Dzwoniący',
  callee: 'Odbiorca',
  state: 'Stan',
  talkTime: 'Czas',
  started: 'Początek',
  findSessions: 'Szukaj rozmów',
  sortBy: 'Sortuj według',
  noSuchSession: 'Nie znaleziono rozmów.',
  sessionState: (state) => SESSION_STATE[state],
};
