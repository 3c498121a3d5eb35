import { formatDuration } from '../common/format.js';
import { enCall } from './en-call.js';
import { enSessions } from './en-sessions.js';
import { registerTexts } from './language.js';
import type { AllTexts, English, Texts } from './texts.js';

const en: English<Texts> = {
  ...enCall,
  ...enSessions,

  acceptVideo: 'Accept with video',

  connecting: 'Connecting…',
  inCall: 'In a call',
  notConnected: 'Not connected to the phone system.',
  retryIn: (seconds) => `Next try in ${seconds} s`,

  signedOut: 'Signed out.',

  enterNumber: 'Enter a number first.',
  callUnderWay: 'Put the call on hold first.',
  tones: 'Tones sent',

  noExtensions: 'No extensions to show.',
  unknown: 'Unknown extension',

  duration: formatDuration,
};

/** Speaks English, with these texts too. A function: bundlers drop a module that is imported for its effects. */
export function speakEnglish(more: Partial<AllTexts> = en): void {
  registerTexts('en', more);
}
