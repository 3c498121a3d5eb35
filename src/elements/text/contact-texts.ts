import type { ListTexts } from './list-texts.js';

/** What `<ozeki-contacts>` says. */
export interface ContactTexts extends ListTexts {
  contacts: string;
  searchContacts: string;
  contactCount: (count: number) => string;
  noContacts: string;
  noContactsHint: string;
  noContactsFound: string;
  contactsSignedOut: string;
  contactsFailed: string;
  callTo: (who: string) => string;
  videoTo: (who: string) => string;
  messageTo: (who: string) => string;
  /** Opens other numbers, and what there is no room for. */
  moreWays: (who: string) => string;
  phoneNumber: string;
  mobileNumber: string;
}
