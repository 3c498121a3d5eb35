import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Messaggi',
  noMessages: 'Ancora nessun messaggio',
  noMessagesHint: 'Scrivi a un interno o a un numero.',
  chatSignedOut: 'Accedi per vedere i tuoi messaggi.',
  chatFailed: 'Non è stato possibile caricare i messaggi.',
  unreadCount: counts('it', { one: '# non letto', many: '# non letti', other: '# non letti' }),
  chatWith: (who) => `Messaggi con ${who}`,
  writeTo: 'Numero o interno',
  writeMessage: 'Scrivi un messaggio',
  send: 'Invia',
  earlierMessages: 'Messaggi precedenti',
  newMessages: 'Nuovi messaggi',
  sending: 'Invio…',
  sent: 'Inviato',
  delivered: 'Consegnato',
  sentWaitsFor: (who) => `Inviato, in attesa di ${who}`,
  notSent: 'Non inviato',
  charactersLeft: counts('it', {
    one: 'Resta # carattere',
    many: 'Restano # caratteri',
    other: 'Restano # caratteri',
  }),
  saidBy: (who, what) => `${who}: ${what}`,
};
