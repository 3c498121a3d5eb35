import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Zoeken',
  loading: 'Laden…',
  tryAgain: 'Opnieuw proberen',
  contacts: 'Contacten',
  searchContacts: 'Contacten zoeken',
  contactCount: counts('nl', { one: '# contact', other: '# contacten' }),
  noContacts: 'Geen contacten',
  noContactsHint: 'Toestellen en personen verschijnen hier zodra ze er zijn.',
  noContactsFound: 'Niemand gevonden.',
  contactsSignedOut: 'Meld je aan om je contacten te zien.',
  contactsFailed: 'Sommige contacten konden niet worden geladen.',
  callTo: (who) => `${who} bellen`,
  videoTo: (who) => `Videogesprek met ${who}`,
  messageTo: (who) => `Bericht aan ${who}`,
  moreWays: (who) => `Meer manieren om ${who} te bereiken`,
  phoneNumber: 'Telefoon',
  mobileNumber: 'Mobiel',
};
