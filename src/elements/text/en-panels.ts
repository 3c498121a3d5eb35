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
  panelHint: 'Enter a number or pick an extension.',
  keypadHint: 'Press keys to send tones.',
  selfView: 'Your picture: drag it, or move it with the arrow keys',
  remotePicture: (who) => `Picture of ${who}`,
  switchCamera: 'Switch camera',
  pictureInPicture: 'Picture in picture',
  whoLeaves: 'Who leaves the call?',
  transferSession: 'Transfer session',
};

/** Says so in English. */
export function speakPanels(): void {
  speakEnglish(panels);
}
