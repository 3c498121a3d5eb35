import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Telefone',
  openPhone: 'Abrir o telefone',
  closePhone: 'Fechar o telefone',
  backToCall: 'Voltar à chamada',
  history: 'Histórico',
  settings: 'Configurações',
  language: 'Idioma',
  signOut: 'Sair',
  newVoiceMessages: 'Novas mensagens de voz',
};
