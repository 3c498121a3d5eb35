import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Nessuna chiamata',
  noCallHint: 'Componi un numero o attendi una chiamata.',
  noPhone: 'Accedi per chiamare e ricevere chiamate.',
  onHold: 'In attesa',
  heldByOther: 'Messo in attesa dall’altra parte',
  preparing: 'Consenti il microfono…',
  calling: 'Chiamata in corso…',
  callRinging: 'Sta squillando…',
  incomingCall: 'Chiamata in arrivo',
  outgoingCall: 'Chiamata in uscita',
  callEnded: 'Chiamata terminata',
  reconnecting: 'Riconnessione…',
  outsideLine: 'linea esterna',
  unknownCaller: 'Chiamante sconosciuto',
  mediaConnecting: 'Connessione dell’audio…',
  addCall: 'Altra chiamata',
  notLoaded: 'Non è stato possibile caricare questa parte. Riprova.',
};
