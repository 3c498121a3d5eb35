import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Üzenetek',
  noMessages: 'Még nincs üzenet',
  noMessagesHint: 'Írjon egy melléknek vagy számnak.',
  chatSignedOut: 'Jelentkezzen be az üzenetei megtekintéséhez.',
  chatFailed: 'Az üzeneteket nem sikerült betölteni.',
  unreadCount: counts('hu', { one: '# olvasatlan', other: '# olvasatlan' }),
  chatWith: (who) => `Üzenetek: ${who}`,
  writeTo: 'Szám vagy mellék',
  writeMessage: 'Üzenet írása',
  send: 'Küldés',
  earlierMessages: 'Korábbi üzenetek',
  newMessages: 'Új üzenetek',
  sending: 'Küldés…',
  sent: 'Elküldve',
  delivered: 'Kézbesítve',
  sentWaitsFor: (who) => `Elküldve, várakozik: ${who}`,
  notSent: 'Nincs elküldve',
  charactersLeft: counts('hu', { one: 'Még # karakter', other: 'Még # karakter' }),
  saidBy: (who, what) => `${who}: ${what}`,
};
