import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Aucun appel',
  noCallHint: 'Composez un numéro ou attendez un appel.',
  noPhone: 'Connectez-vous pour passer et recevoir des appels.',
  onHold: 'En attente',
  heldByOther: 'Mis en attente par l’autre partie',
  preparing: 'Autorisez le microphone…',
  calling: 'Appel en cours…',
  callRinging: 'Sonnerie…',
  incomingCall: 'Appel entrant',
  outgoingCall: 'Appel sortant',
  callEnded: 'Appel terminé',
  reconnecting: 'Reconnexion…',
  outsideLine: 'ligne extérieure',
  unknownCaller: 'Appelant inconnu',
  mediaConnecting: 'Connexion du son…',
  addCall: 'Nouvel appel',
  notLoaded: 'Cette partie n’a pas pu être chargée. Réessayez.',
};
