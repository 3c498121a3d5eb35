import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Telefono',
  openPhone: 'Apri il telefono',
  closePhone: 'Chiudi il telefono',
  backToCall: 'Torna alla chiamata',
  history: 'Registro',
  settings: 'Impostazioni',
  language: 'Lingua',
  signOut: 'Esci',
  newVoiceMessages: 'Nuovi messaggi vocali',
};
