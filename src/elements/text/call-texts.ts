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
  incomingFrom: (who: string) => string;
  callEnded: string;
  reconnecting: string;
  outsideLine: string;
  unknownCaller: string;
  qualityGood: string;
  qualityFair: string;
  qualityPoor: string;
  mediaConnecting: string;
  mediaInterrupted: string;
  mediaFailed: string;
  transferTrying: (to: string) => string;
  transferRinging: (to: string) => string;
  transferFailed: (to: string) => string;
  addCall: string;
  swap: string;
  answer: string;
  completeTransfer: string;
  cancel: string;
  callAgain: string;
  dismiss: string;
  playSound: string;
  notLoaded: string;
}
