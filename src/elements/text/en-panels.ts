import { speakEnglish } from './en.js';
import type { PanelTexts } from './panel-texts.js';

const panels: PanelTexts = {
  back: 'Back',
  numberOrExtension: 'Number or extension',
  connectWith: (who) => `Connect with ${who}`,
  transferNow: 'Transfer now',
  askFirst: 'Ask first',
  forwardNow: 'Forward now',
  startCall: 'Start call',
  keypadHint: 'Press keys to send tones.',
  selfView: 'Your picture: drag it, or move it with the arrow keys',
  remotePicture: (who) => `Picture of ${who}`,
  switchCamera: 'Switch camera',
  pictureInPicture: 'Picture in picture',
  whoLeaves: 'Who leaves the call?',
  qualityGood: 'Good',
  qualityFair: 'Fair',
  qualityPoor: 'Poor',
  mediaInterrupted: 'No sound is getting through. Trying again…',
  mediaFailed: 'No sound is getting through. Hang up and call again.',
  transferTrying: (to) => `Transferring to ${to}…`,
  transferRinging: (to) => `Transferring: ${to} is ringing…`,
  transferFailed: (to) => `The transfer to ${to} failed.`,
  swap: 'Swap',
  answer: 'Answer',
  completeTransfer: 'Complete transfer',
  cancel: 'Cancel',
  callAgain: 'Call again',
  dismiss: 'Dismiss',
  playSound: 'Play sound',
  actions: 'Actions',
  closeSession: 'Close',
};

/** Says so in English. */
export function speakPanels(): void {
  speakEnglish(panels);
}
