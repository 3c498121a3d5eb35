import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Rechercher',
  loading: 'Chargement…',
  tryAgain: 'Réessayer',
  contacts: 'Contacts',
  searchContacts: 'Rechercher un contact',
  contactCount: counts('fr', { one: '# contact', many: '# contacts', other: '# contacts' }),
  noContacts: 'Aucun contact',
  noContactsHint: 'Les postes et les personnes apparaissent ici dès qu’il y en a.',
  noContactsFound: 'Aucun contact trouvé.',
  contactsSignedOut: 'Connectez-vous pour voir vos contacts.',
  contactsFailed: 'Certains contacts n’ont pas pu être chargés.',
  callTo: (who) => `Appeler ${who}`,
  videoTo: (who) => `Appel vidéo avec ${who}`,
  messageTo: (who) => `Écrire à ${who}`,
  moreWays: (who) => `Autres moyens de joindre ${who}`,
  phoneNumber: 'Téléphone',
  mobileNumber: 'Portable',
};
