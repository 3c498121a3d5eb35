import type { DeviceTexts } from './device-texts.js';
import { speakEnglish } from './en.js';
import type { English } from './texts.js';

const devices: English<DeviceTexts> = {
  nameless: (kind, number) => `${kind} ${number}`,
  deviceGone: 'Not connected now: the default is used until it is back.',
  microphoneHint: 'The browser asks before it lets this page hear you.',
  cameraHint: 'The browser asks before it lets this page see you.',
  levelHint: 'Say something: the bar should move.',
  levelHeard: 'Your microphone works.',
  levelQuiet: 'Nothing is heard. Is it muted, or is another microphone the right one?',
  autoGainControl: 'Automatic level',
  playing: 'Playing…',
  testElsewhere: 'That device is not connected: the default one played.',
  outputFixed:
    'This browser plays on the system’s default device; choose another in the system’s sound settings.',
  ownPicture: 'Your picture',
  cameraOff: 'The camera is off.',
  onlyYou: 'Only you see this.',
  othersToo: 'The other side sees you.',
};

/** Says so in English. */
export function speakDevices(): void {
  speakEnglish(devices);
}
