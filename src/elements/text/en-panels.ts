import { speakEnglish } from './en.js';
import type { PanelTexts } from './panel-texts.js';
import type { English } from './texts.js';

const panels: English<PanelTexts> = {
  connectWith: (who) => `Connect with ${who}`,
  keypadHint: 'Press keys to send tones.',
  selfView: 'Your picture: drag it, or move it with the arrow keys',
  remotePicture: (who) => `Picture of ${who}`,
  whoLeaves: 'Who leaves the call?',
  qualityGood: 'Good',
  qualityFair: 'Fair',
  qualityPoor: 'Poor',
  mediaInterrupted: 'No sound is getting through. Trying again…',
  mediaFailed: 'No sound is getting through. Hang up and call again.',
  transferTrying: (to) => `Transferring to ${to}…`,
  transferRinging: (to) => `Transferring: ${to} is ringing…`,
  transferFailed: (to) => `The transfer to ${to} failed.`,
  inOtherTab: 'This call is in another tab.',
  takeHere: 'Take it here',
  closeSession: 'Close',
};

/** Says so in English. */
export function speakPanels(): void {
  speakEnglish(panels);
}
