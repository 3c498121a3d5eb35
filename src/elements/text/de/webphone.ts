import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Telefon',
  openPhone: 'Telefon öffnen',
  closePhone: 'Telefon schließen',
  backToCall: 'Zurück zum Anruf',
  history: 'Anrufliste',
  settings: 'Einstellungen',
  language: 'Sprache',
  signOut: 'Abmelden',
  newVoiceMessages: 'Neue Sprachnachrichten',
};
