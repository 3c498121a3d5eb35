import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Panel operatora',
  waiting: 'Oczekujący',
  nobodyWaits: 'Nikt nie czeka.',
  calls: 'Połączenia',
  noCalls: 'Nikt nie rozmawia.',
  ownCallsOnly: 'Widać tylko Twoje własne połączenia.',
  findCalls: 'Szukaj połączeń i numerów',
  nothingFound: 'Brak wyników.',
  moreCalls: counts('pl', {
    one: 'Jeszcze #: wyszukaj, aby je znaleźć.',
    few: 'Jeszcze #: wyszukaj, aby je znaleźć.',
    many: 'Jeszcze #: wyszukaj, aby je znaleźć.',
    other: 'Jeszcze #: wyszukaj, aby je znaleźć.',
  }),
  waitsFor: (caller, callee) => `${caller} czeka na: ${callee}`,
  moveParty: (who) => `Przełącz: ${who}`,
  dropHere: 'Przełącz tutaj',
  choosePlace: (who) => `Przełącz: ${who}. Wybierz numer wewnętrzny.`,
  choosePlaceKeys: (who) => `Przełącz: ${who}. Przejdź strzałkami do numeru i naciśnij Enter.`,
  moving: (who, to) => `Przełączanie: ${who} do ${to}…`,
  moved: (who, to) => `${who}: w drodze do ${to}.`,
  notMoved: 'Nie przełączono.',
  listenTo: (who) => `Podsłuchaj: ${who}`,
};
