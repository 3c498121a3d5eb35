import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Suchen',
  loading: 'Wird geladen…',
  tryAgain: 'Erneut versuchen',
  contacts: 'Kontakte',
  searchContacts: 'Kontakte suchen',
  contactCount: counts('de', { one: '# Kontakt', other: '# Kontakte' }),
  noContacts: 'Keine Kontakte',
  noContactsHint: 'Nebenstellen und Personen erscheinen hier, sobald es welche gibt.',
  noContactsFound: 'Niemand gefunden.',
  contactsSignedOut: 'Melden Sie sich an, um Ihre Kontakte zu sehen.',
  contactsFailed: 'Einige Kontakte konnten nicht geladen werden.',
  callTo: (who) => `${who} anrufen`,
  videoTo: (who) => `Videoanruf mit ${who}`,
  messageTo: (who) => `Nachricht an ${who}`,
  moreWays: (who) => `Weitere Kontaktmöglichkeiten: ${who}`,
  phoneNumber: 'Telefon',
  mobileNumber: 'Mobil',
};
