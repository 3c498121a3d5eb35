/** Text to speech. */
export { createSpeech, type Speech } from './speech.js';
export { SpeechError } from './speech-error.js';
