import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Brak rozmowy',
  noCallHint: 'Wybierz numer lub poczekaj na połączenie.',
  noPhone: 'Zaloguj się, aby dzwonić i odbierać połączenia.',
  onHold: 'Zawieszona',
  heldByOther: 'Zawieszona przez drugą stronę',
  preparing: 'Zezwól na mikrofon…',
  calling: 'Dzwonię…',
  callRinging: 'Dzwoni…',
  incomingCall: 'Połączenie przychodzące',
  outgoingCall: 'Połączenie wychodzące',
  callEnded: 'Połączenie zakończone',
  reconnecting: 'Ponowne łączenie…',
  outsideLine: 'linia zewnętrzna',
  unknownCaller: 'Nieznany numer',
  mediaConnecting: 'Łączenie dźwięku…',
  addCall: 'Nowe połączenie',
  notLoaded: 'Nie udało się wczytać tej części. Spróbuj ponownie.',
};
