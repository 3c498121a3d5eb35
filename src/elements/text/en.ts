import { registerTranslation } from '@shoelace-style/localize';
import type { Texts } from './texts.js';

const en: Texts = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr',

  call: 'Call',
  videoCall: 'Video call',
  accept: 'Accept',
  acceptVideo: 'Accept with video',
  reject: 'Reject',
  forward: 'Forward',
  mute: 'Mute',
  unmute: 'Unmute',
  hold: 'Hold',
  resume: 'Resume',
  transfer: 'Transfer',
  keypad: 'Keypad',
  camera: 'Camera',
  hangUp: 'Hang up',
};

registerTranslation(en);
export default en;
