/** What the parts say that are loaded when they are first needed. */
export interface PanelTexts {
  back: string;
  numberOrExtension: string;
  connectWith: (who: string) => string;
  transferNow: string;
  askFirst: string;
  forwardNow: string;
  startCall: string;
  panelHint: string;
  keypadHint: string;
  selfView: string;
  remotePicture: (who: string) => string;
  switchCamera: string;
  pictureInPicture: string;
  whoLeaves: string;
  transferSession: string;
}
