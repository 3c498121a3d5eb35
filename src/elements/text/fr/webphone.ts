import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: 'Téléphone',
  openPhone: 'Ouvrir le téléphone',
  closePhone: 'Fermer le téléphone',
  backToCall: 'Revenir à l’appel',
  history: 'Historique',
  settings: 'Réglages',
  language: 'Langue',
  signOut: 'Se déconnecter',
  newVoiceMessages: 'Nouveaux messages vocaux',
};
