import type { CallTexts } from './call-texts.js';

/** English for `<ozeki-call>`. */
export const enCall: CallTexts = {
  noCall: 'No call',
  noCallHint: 'Dial a number, or wait for a call.',
  noPhone: 'Sign in to make and take calls.',
  onHold: 'On hold',
  heldByOther: 'Held by the other side',
  preparing: 'Allow the microphone…',
  calling: 'Calling…',
  callRinging: 'Ringing…',
  incomingCall: 'Incoming call',
  outgoingCall: 'Outgoing call',
  callEnded: 'Call ended',
  reconnecting: 'Reconnecting…',
  outsideLine: 'outside line',
  unknownCaller: 'Unknown caller',
  mediaConnecting: 'Connecting the sound…',
  addCall: 'Add call',
  notLoaded: 'This part could not be loaded. Try again.',
};
