import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Cerca',
  loading: 'Caricamento…',
  tryAgain: 'Riprova',
  contacts: 'Contatti',
  searchContacts: 'Cerca nei contatti',
  contactCount: counts('it', { one: '# contatto', many: '# contatti', other: '# contatti' }),
  noContacts: 'Nessun contatto',
  noContactsHint: 'Interni e persone appaiono qui appena ce ne sono.',
  noContactsFound: 'Nessuno trovato.',
  contactsSignedOut: 'Accedi per vedere i tuoi contatti.',
  contactsFailed: 'Non è stato possibile caricare alcuni contatti.',
  callTo: (who) => `Chiama ${who}`,
  videoTo: (who) => `Videochiama ${who}`,
  messageTo: (who) => `Scrivi a ${who}`,
  moreWays: (who) => `Altri modi per raggiungere ${who}`,
  phoneNumber: 'Telefono',
  mobileNumber: 'Cellulare',
};
