import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Telefon',
  openPhone: 'Otwórz telefon',
  closePhone: 'Zamknij telefon',
  backToCall: 'Wróć do rozmowy',
  history: 'Historia',
  settings: 'Ustawienia',
  language: 'Język',
  signOut: 'Wyloguj się',
  newVoiceMessages: 'Nowe wiadomości głosowe',
};
