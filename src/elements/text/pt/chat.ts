import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Mensagens',
  noMessages: 'Nenhuma mensagem ainda',
  noMessagesHint: 'Escreva para um ramal ou um número.',
  chatSignedOut: 'Entre para ver suas mensagens.',
  chatFailed: 'Não foi possível carregar as mensagens.',
  unreadCount: counts('pt', { one: '# não lida', many: '# não lidas', other: '# não lidas' }),
  chatWith: (who) => `Mensagens com ${who}`,
  writeTo: 'Número ou ramal',
  writeMessage: 'Escrever uma mensagem',
  send: 'Enviar',
  earlierMessages: 'Mensagens anteriores',
  newMessages: 'Novas mensagens',
  sending: 'Enviando…',
  sent: 'Enviada',
  delivered: 'Entregue',
  sentWaitsFor: (who) => `Enviada, aguardando ${who}`,
  notSent: 'Não enviada',
  charactersLeft: counts('pt', {
    one: 'Resta # caractere',
    many: 'Restam # caracteres',
    other: 'Restam # caracteres',
  }),
  saidBy: (who, what) => `${who}: ${what}`,
};
