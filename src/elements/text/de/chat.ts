import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Nachrichten',
  noMessages: 'Noch keine Nachrichten',
  noMessagesHint: 'Schreiben Sie einer Nebenstelle oder Nummer.',
  chatSignedOut: 'Melden Sie sich an, um Ihre Nachrichten zu sehen.',
  chatFailed: 'Die Nachrichten konnten nicht geladen werden.',
  unreadCount: counts('de', { one: '# ungelesen', other: '# ungelesen' }),
  chatWith: (who) => `Nachrichten mit ${who}`,
  writeTo: 'Nummer oder Nebenstelle',
  writeMessage: 'Nachricht schreiben',
  send: 'Senden',
  earlierMessages: 'Frühere Nachrichten',
  newMessages: 'Neue Nachrichten',
  sending: 'Wird gesendet…',
  sent: 'Gesendet',
  delivered: 'Zugestellt',
  sentWaitsFor: (who) => `Gesendet, wartet auf ${who}`,
  notSent: 'Nicht gesendet',
  charactersLeft: counts('de', { one: 'Noch # Zeichen', other: 'Noch # Zeichen' }),
  saidBy: (who, what) => `${who}: ${what}`,
};
