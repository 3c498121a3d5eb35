import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Nincs hívás',
  noCallHint: 'Tárcsázzon egy számot, vagy várjon hívásra.',
  noPhone: 'Jelentkezzen be a telefonáláshoz.',
  onHold: 'Tartásban',
  heldByOther: 'A másik fél tartja',
  preparing: 'Engedélyezze a mikrofont…',
  calling: 'Hívás…',
  callRinging: 'Kicseng…',
  incomingCall: 'Bejövő hívás',
  outgoingCall: 'Kimenő hívás',
  callEnded: 'A hívás véget ért',
  reconnecting: 'Újrakapcsolódás…',
  outsideLine: 'külső vonal',
  unknownCaller: 'Ismeretlen hívó',
  mediaConnecting: 'Hang kapcsolása…',
  addCall: 'Új hívás',
  notLoaded: 'Ezt a részt nem sikerült betölteni. Próbálja újra.',
};
