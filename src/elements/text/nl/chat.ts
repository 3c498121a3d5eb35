import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Berichten',
  noMessages: 'Nog geen berichten',
  noMessagesHint: 'Schrijf naar een toestel of nummer.',
  chatSignedOut: 'Meld je aan om je berichten te zien.',
  chatFailed: 'De berichten konden niet worden geladen.',
  unreadCount: counts('nl', { one: '# ongelezen', other: '# ongelezen' }),
  chatWith: (who) => `Berichten met ${who}`,
  writeTo: 'Nummer of toestel',
  writeMessage: 'Bericht schrijven',
  send: 'Versturen',
  earlierMessages: 'Eerdere berichten',
  newMessages: 'Nieuwe berichten',
  sending: 'Wordt verstuurd…',
  sent: 'Verstuurd',
  delivered: 'Bezorgd',
  sentWaitsFor: (who) => `Verstuurd, wacht op ${who}`,
  notSent: 'Niet verstuurd',
  charactersLeft: counts('nl', { one: 'Nog # teken', other: 'Nog # tekens' }),
  saidBy: (who, what) => `${who}: ${what}`,
};
