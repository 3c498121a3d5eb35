import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Geen gesprek',
  noCallHint: 'Kies een nummer of wacht op een oproep.',
  noPhone: 'Meld je aan om te bellen en gebeld te worden.',
  onHold: 'In de wacht',
  heldByOther: 'In de wacht gezet door de ander',
  preparing: 'Sta de microfoon toe…',
  calling: 'Bellen…',
  callRinging: 'Gaat over…',
  incomingCall: 'Inkomend gesprek',
  outgoingCall: 'Uitgaand gesprek',
  callEnded: 'Gesprek beëindigd',
  reconnecting: 'Opnieuw verbinden…',
  outsideLine: 'buitenlijn',
  unknownCaller: 'Onbekende beller',
  mediaConnecting: 'Geluid wordt verbonden…',
  addCall: 'Nieuw gesprek',
  notLoaded: 'Dit onderdeel kon niet worden geladen. Probeer het opnieuw.',
};
