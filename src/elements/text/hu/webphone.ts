import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Telefon',
  openPhone: 'Telefon megnyitása',
  closePhone: 'Telefon bezárása',
  backToCall: 'Vissza a híváshoz',
  history: 'Híváslista',
  settings: 'Beállítások',
  language: 'Nyelv',
  signOut: 'Kijelentkezés',
  newVoiceMessages: 'Új hangüzenetek',
};
