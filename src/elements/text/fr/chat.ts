import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Messages',
  noMessages: 'Aucun message pour l’instant',
  noMessagesHint: 'Écrivez à un poste ou à un numéro.',
  chatSignedOut: 'Connectez-vous pour voir vos messages.',
  chatFailed: 'Les messages n’ont pas pu être chargés.',
  unreadCount: counts('fr', { one: '# non lu', many: '# non lus', other: '# non lus' }),
  chatWith: (who) => `Messages avec ${who}`,
  writeTo: 'Numéro ou poste',
  writeMessage: 'Écrire un message',
  send: 'Envoyer',
  earlierMessages: 'Messages précédents',
  newMessages: 'Nouveaux messages',
  sending: 'Envoi…',
  sent: 'Envoyé',
  delivered: 'Remis',
  sentWaitsFor: (who) => `Envoyé, en attente de ${who}`,
  notSent: 'Non envoyé',
  charactersLeft: counts('fr', {
    one: '# caractère restant',
    many: '# caractères restants',
    other: '# caractères restants',
  }),
  saidBy: (who, what) => `${who} : ${what}`,
};
