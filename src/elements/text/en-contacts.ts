import type { ContactTexts } from './contact-texts.js';
import { enLists } from './en-lists.js';
import { speakEnglish } from './en.js';
import type { English } from './texts.js';

const contacts: English<ContactTexts> = {
  ...enLists,
  contactCount: (count) => (count === 1 ? '1 contact' : `${count} contacts`),
  noContactsHint: 'Extensions and people appear here as soon as there are some.',
  noContactsFound: 'Nobody like that.',
  contactsSignedOut: 'Sign in to see your contacts.',
  contactsFailed: 'Some contacts could not be loaded.',
  callTo: (who) => `Call ${who}`,
  videoTo: (who) => `Video call ${who}`,
  messageTo: (who) => `Message ${who}`,
  moreWays: (who) => `More ways to reach ${who}`,
  phoneNumber: 'Phone',
  mobileNumber: 'Mobile',
};

/** Says so in English. */
export function speakContacts(): void {
  speakEnglish(contacts);
}
