import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Buscar',
  loading: 'Carregando…',
  tryAgain: 'Tentar de novo',
  contacts: 'Contatos',
  searchContacts: 'Buscar contatos',
  contactCount: counts('pt', { one: '# contato', many: '# contatos', other: '# contatos' }),
  noContacts: 'Nenhum contato',
  noContactsHint: 'Ramais e pessoas aparecem aqui assim que houver.',
  noContactsFound: 'Ninguém encontrado.',
  contactsSignedOut: 'Entre para ver seus contatos.',
  contactsFailed: 'Não foi possível carregar alguns contatos.',
  callTo: (who) => `Ligar para ${who}`,
  videoTo: (who) => `Chamada de vídeo com ${who}`,
  messageTo: (who) => `Escrever para ${who}`,
  moreWays: (who) => `Outras formas de contatar ${who}`,
  phoneNumber: 'Telefone',
  mobileNumber: 'Celular',
};
