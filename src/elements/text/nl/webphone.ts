import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Telefoon',
  openPhone: 'Telefoon openen',
  closePhone: 'Telefoon sluiten',
  backToCall: 'Terug naar het gesprek',
  history: 'Geschiedenis',
  settings: 'Instellingen',
  language: 'Taal',
  signOut: 'Afmelden',
  newVoiceMessages: 'Nieuwe voicemailberichten',
};
