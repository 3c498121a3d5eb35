import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Ninguna llamada',
  noCallHint: 'Marque un número o espere una llamada.',
  noPhone: 'Inicie sesión para hacer y recibir llamadas.',
  onHold: 'En espera',
  heldByOther: 'En espera por la otra parte',
  preparing: 'Permita el micrófono…',
  calling: 'Llamando…',
  callRinging: 'Sonando…',
  incomingCall: 'Llamada entrante',
  outgoingCall: 'Llamada saliente',
  callEnded: 'Llamada finalizada',
  reconnecting: 'Reconectando…',
  outsideLine: 'línea exterior',
  unknownCaller: 'Número desconocido',
  mediaConnecting: 'Conectando el sonido…',
  addCall: 'Otra llamada',
  notLoaded: 'No se pudo cargar esta parte. Inténtelo de nuevo.',
};
