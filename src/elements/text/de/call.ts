import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Kein Anruf',
  noCallHint: 'Wählen Sie eine Nummer oder warten Sie auf einen Anruf.',
  noPhone: 'Melden Sie sich an, um zu telefonieren.',
  onHold: 'Gehalten',
  heldByOther: 'Von der Gegenseite gehalten',
  preparing: 'Erlauben Sie das Mikrofon…',
  calling: 'Rufe an…',
  callRinging: 'Es klingelt…',
  incomingCall: 'Eingehender Anruf',
  outgoingCall: 'Ausgehender Anruf',
  callEnded: 'Anruf beendet',
  reconnecting: 'Verbinde neu…',
  outsideLine: 'Außenleitung',
  unknownCaller: 'Unbekannter Anrufer',
  mediaConnecting: 'Ton wird verbunden…',
  addCall: 'Neuer Anruf',
  notLoaded: 'Dieser Teil konnte nicht geladen werden. Versuchen Sie es noch einmal.',
};
