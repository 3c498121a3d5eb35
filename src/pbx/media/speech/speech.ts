/** Speaks texts. */
import type { Log } from '../../log.js';
import type { Clip } from '../engine.js';
import { SpeechError } from './speech-error.js';

export interface Speech {
  /**
   * Makes a text a clip. The language is a tag such as `en-UK` or `pt-BR`; English when left out. Rejects with a
   * {@link SpeechError}: for a language there is not, with the names of those there are; for a text that is empty
   * or too long; when nothing that speaks is installed.
   */
  speak(text: string, language?: string): Promise<Clip>;
  close(): Promise<void>;
}

export function createSpeech(_log: Log): Speech {
  return {
    speak: () => Promise.reject(new SpeechError('No text can be spoken yet.')),
    close: () => Promise.resolve(),
  };
}
