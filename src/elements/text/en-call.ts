import type { CallTexts } from './call-texts.js';
import type { English } from './texts.js';

/** English for `<ozeki-call>`. */
export const enCall: English<CallTexts> = {
  noCallHint: 'Dial a number, or wait for a call.',
  noPhone: 'Sign in to make and take calls.',
  heldByOther: 'Held by the other side',
  preparing: 'Allow the microphone…',
  calling: 'Calling…',
  callRinging: 'Ringing…',
  reconnecting: 'Reconnecting…',
  outsideLine: 'outside line',
  mediaConnecting: 'Connecting the sound…',
  notLoaded: 'This part could not be loaded. Try again.',
};
