import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Mensajes',
  noMessages: 'Aún no hay mensajes',
  noMessagesHint: 'Escriba a una extensión o a un número.',
  chatSignedOut: 'Inicie sesión para ver sus mensajes.',
  chatFailed: 'No se pudieron cargar los mensajes.',
  unreadCount: counts('es', { one: '# sin leer', many: '# sin leer', other: '# sin leer' }),
  chatWith: (who) => `Mensajes con ${who}`,
  writeTo: 'Número o extensión',
  writeMessage: 'Escribir un mensaje',
  send: 'Enviar',
  earlierMessages: 'Mensajes anteriores',
  newMessages: 'Mensajes nuevos',
  sending: 'Enviando…',
  sent: 'Enviado',
  delivered: 'Entregado',
  sentWaitsFor: (who) => `Enviado, espera a ${who}`,
  notSent: 'No enviado',
  charactersLeft: counts('es', {
    one: 'Queda # carácter',
    many: 'Quedan # caracteres',
    other: 'Quedan # caracteres',
  }),
  saidBy: (who, what) => `${who}: ${what}`,
};
