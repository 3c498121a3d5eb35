import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Keresés',
  loading: 'Betöltés…',
  tryAgain: 'Újra',
  contacts: 'Névjegyek',
  searchContacts: 'Keresés a névjegyekben',
  contactCount: counts('hu', { one: '# névjegy', other: '# névjegy' }),
  noContacts: 'Nincs névjegy',
  noContactsHint: 'A mellékek és a személyek itt jelennek meg.',
  noContactsFound: 'Nincs találat.',
  contactsSignedOut: 'Jelentkezzen be a névjegyek megtekintéséhez.',
  contactsFailed: 'Néhány névjegyet nem sikerült betölteni.',
  callTo: (who) => `${who} hívása`,
  videoTo: (who) => `${who} videóhívása`,
  messageTo: (who) => `Üzenet: ${who}`,
  moreWays: (who) => `${who} további elérhetőségei`,
  phoneNumber: 'Telefon',
  mobileNumber: 'Mobil',
};
