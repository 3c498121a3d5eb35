import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Szukaj',
  loading: 'Wczytywanie…',
  tryAgain: 'Spróbuj ponownie',
  contacts: 'Kontakty',
  searchContacts: 'Szukaj kontaktów',
  contactCount: counts('pl', {
    one: '# kontakt',
    few: '# kontakty',
    many: '# kontaktów',
    other: '# kontaktu',
  }),
  noContacts: 'Brak kontaktów',
  noContactsHint: 'Numery wewnętrzne i osoby pojawią się tutaj.',
  noContactsFound: 'Nikogo nie znaleziono.',
  contactsSignedOut: 'Zaloguj się, aby zobaczyć kontakty.',
  contactsFailed: 'Nie udało się wczytać części kontaktów.',
  callTo: (who) => `Zadzwoń: ${who}`,
  videoTo: (who) => `Połączenie wideo: ${who}`,
  messageTo: (who) => `Napisz do: ${who}`,
  moreWays: (who) => `Inne sposoby kontaktu: ${who}`,
  phoneNumber: 'Telefon',
  mobileNumber: 'Komórka',
};
