import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Wiadomości',
  noMessages: 'Nie ma jeszcze wiadomości',
  noMessagesHint: 'Napisz na numer lub numer wewnętrzny.',
  chatSignedOut: 'Zaloguj się, aby zobaczyć wiadomości.',
  chatFailed: 'Nie udało się wczytać wiadomości.',
  unreadCount: counts('pl', {
    one: '# nieprzeczytana',
    few: '# nieprzeczytane',
    many: '# nieprzeczytanych',
    other: '# nieprzeczytanej',
  }),
  chatWith: (who) => `Wiadomości: ${who}`,
  writeTo: 'Numer lub numer wewnętrzny',
  writeMessage: 'Napisz wiadomość',
  send: 'Wyślij',
  earlierMessages: 'Wcześniejsze wiadomości',
  newMessages: 'Nowe wiadomości',
  sending: 'Wysyłanie…',
  sent: 'Wysłano',
  delivered: 'Dostarczono',
  sentWaitsFor: (who) => `Wysłano, czeka na: ${who}`,
  notSent: 'Nie wysłano',
  charactersLeft: counts('pl', {
    one: 'Pozostał # znak',
    few: 'Pozostały # znaki',
    many: 'Pozostało # znaków',
    other: 'Pozostało # znaku',
  }),
  saidBy: (who, what) => `${who}: ${what}`,
};
