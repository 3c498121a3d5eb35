import type { ProblemCode } from '../../phone/state.js';
import { speakEnglish } from './en.js';

/** One sentence for each thing that can go wrong: what it is and, where there is one, the way on. */
const PROBLEMS: Record<ProblemCode, string> = {
  'hung-up': 'Call ended.',
  'remote-hung-up': 'The other side hung up.',
  cancelled: 'Call cancelled.',
  'answered-elsewhere': 'Answered on another device.',
  rejected: 'The call was rejected.',
  busy: 'The number is busy.',
  'not-found': 'There is no such number.',
  unavailable: 'That number is not available: nobody is signed in there.',
  'no-answer': 'Nobody answered.',
  forwarded: 'The call was forwarded.',
  transferred: 'The call was transferred.',
  closed: 'Ended by the phone system.',
  forbidden: 'You are not allowed to do that.',
  'connection-lost': 'The connection to the other side was lost.',
  expired: 'The page was away too long: the call was ended.',
  'media-failed': 'No sound could be exchanged with the phone system.',
  shutdown: 'The phone system is restarting.',
  error: 'The phone system could not make this call.',
  'microphone-refused': 'The microphone is blocked: allow it in the browser and call again.',
  'microphone-absent': 'No microphone: connect one and call again.',
  'insecure-context': 'Browsers give the microphone to secure pages only: open this page by https.',
  'no-media-path': 'No sound gets through: a firewall may block it.',
  unauthorized: 'Sign-in refused: wrong extension, password or token.',
  unreachable: 'The phone system cannot be reached.',
  lost: 'The connection to the phone system was lost.',
  'invalid-address': 'The address of the phone system is not valid.',
  'invalid-number': 'That is not a number that can be called.',
  incompatible: 'That address does not answer as a phone system of this version.',
  unsupported: 'The phone system or the other side cannot do that.',
  'rate-limited': 'Too many attempts: wait a moment.',
  'wrong-state': 'That cannot be done with this call now.',
  timeout: 'The phone system did not answer in time.',
  internal: 'Something went wrong in the phone system.',
  'empty-number': 'Enter a number first.',
  'camera-refused': 'The camera is blocked: allow it in the browser.',
  'camera-absent': 'No camera: connect one.',
  'camera-in-use': 'Another program is using the camera.',
  unheard: 'Nobody hears you yet: allow the microphone here.',
  'playback-blocked': 'The browser holds the sound back: press any key of the phone.',
  'microphone-changed': 'The microphone was unplugged; another one is in use.',
  'speaker-changed': 'The speaker was unplugged; another one is in use.',
};

/** Says so in English. */
export function speakProblems(): void {
  speakEnglish({ problem: (code) => PROBLEMS[code] });
}
