import { registerTranslation } from '@shoelace-style/localize';
import { enCall } from './en-call.js';
import { enSessions } from './en-sessions.js';
import type { AllTexts, Texts } from './texts.js';

const en: Texts = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr',

  ...enCall,
  ...enSessions,

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

  ready: 'Ready',
  connecting: 'Connecting…',
  offline: 'Offline',
  inCall: 'In a call',
  notConnected: 'Not connected to the phone system.',
  tryNow: 'Try now',
  retryIn: (seconds) => `Next try in ${seconds} s`,

  signIn: 'Sign in',
  signedOut: 'Signed out.',
  extension: 'Extension',
  password: 'Password',
  server: 'Server',

  number: 'Number',
  erase: 'Erase',
  enterNumber: 'Enter a number first.',
  callUnderWay: 'Put the call on hold to call somebody else.',
  tones: 'Tones sent',

  extensions: 'Extensions',
  noExtensions: 'No extensions to show.',
  idle: 'Idle',
  ringing: 'Ringing',
  busy: 'Busy',
  unknown: 'Unknown extension',
  thisPhone: 'This phone',
  pickUp: 'Pick up',
};

/**
 * Makes the kit speak English, with these texts too. Into one object: it may be the fallback for languages that
 * the kit does not speak. A function, since bundlers drop a module that is imported for its effects alone.
 */
export function speakEnglish(more: Partial<AllTexts> = {}): void {
  registerTranslation(Object.assign(en, more));
}
