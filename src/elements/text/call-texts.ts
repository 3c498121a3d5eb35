/** What `<ozeki-call>` says from the start. */
export interface CallTexts {
  noCall: string;
  noCallHint: string;
  noPhone: string;
  onHold: string;
  heldByOther: string;
  preparing: string;
  calling: string;
  callRinging: string;
  incomingCall: string;
  outgoingCall: string;
  callEnded: string;
  reconnecting: string;
  outsideLine: string;
  unknownCaller: string;
  mediaConnecting: string;
  addCall: string;
  notLoaded: string;
}
