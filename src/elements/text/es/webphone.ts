import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Teléfono',
  openPhone: 'Abrir el teléfono',
  closePhone: 'Cerrar el teléfono',
  backToCall: 'Volver a la llamada',
  history: 'Historial',
  settings: 'Ajustes',
  language: 'Idioma',
  signOut: 'Cerrar sesión',
  newVoiceMessages: 'Nuevos mensajes de voz',
};
