/** What the parts say that are loaded when they are first needed. */
export interface PanelTexts {
  back: string;
  numberOrExtension: string;
  connectWith: (who: string) => string;
  transferNow: string;
  askFirst: string;
  forwardNow: string;
  startCall: string;
  keypadHint: string;
  selfView: string;
  remotePicture: (who: string) => string;
  switchCamera: string;
  pictureInPicture: string;
  whoLeaves: string;
  qualityGood: string;
  qualityFair: string;
  qualityPoor: string;
  mediaInterrupted: string;
  mediaFailed: string;
  transferTrying: (to: string) => string;
  transferRinging: (to: string) => string;
  transferFailed: (to: string) => string;
  swap: string;
  answer: string;
  completeTransfer: string;
  cancel: string;
  callAgain: string;
  dismiss: string;
  playSound: string;
  tapToSpeak: string;
  inOtherTab: string;
  takeHere: string;
  actions: string;
  closeSession: string;
}
