import { enCall } from './en-call.js';
import { enSessions } from './en-sessions.js';
import { registerTexts } from './language.js';
import type { AllTexts, Texts } from './texts.js';

const en: Texts = {
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

/** Speaks English, with these texts too. A function: bundlers drop a module that is imported for its effects. */
export function speakEnglish(more: Partial<AllTexts> = en): void {
  registerTexts('en', more);
}
