/** Speaks texts by espeak-ng. */
import { LRUCache } from 'lru-cache';
import type { Log } from '../../log.js';
import { AudioError, readClip } from '../audio/index.js';
import type { Clip } from '../engine.js';
import { Gate, GateFull } from '../threads/gate.js';
import { EspeakPackage, isPackageInstalled } from './npm-package.js';
import { EspeakProgram, findProgram } from './program.js';
import { SpeechError } from './speech-error.js';
import type { Synthesiser } from './synthesiser.js';
import { findLanguage, readVoices, type Voice } from './voices.js';

export interface Speech {
  /**
   * Makes a text a clip. The language is a tag such as `en-UK` or `pt-BR`; British English when left out. Rejects
   * with a {@link SpeechError}: for a language there is not, with the names of those there are; for a text that is
   * empty or longer than 5000 characters; when nothing that speaks is installed.
   */
  speak(text: string, language?: string): Promise<Clip>;
  close(): Promise<void>;
}

/** Six minutes of speech. */
const MAX_TEXT = 5000;
const DEFAULT_LANGUAGE = 'en-gb';
const [AT_ONCE, MAX_WAITING] = [2, 100];
/** Texts that were spoken lately, in characters together: some twenty minutes. */
const CACHED_TEXT = 20_000;

/** The program espeak-ng when it is on the search path, else the optional npm package. */
export function createSpeech(log: Log): Speech {
  return new EspeakSpeech(log, () => {
    const path = findProgram();
    if (path) return new EspeakProgram(path);
    return isPackageInstalled() ? new EspeakPackage() : null;
  });
}

export class EspeakSpeech implements Speech {
  readonly #gate = new Gate(AT_ONCE, MAX_WAITING);
  readonly #clips = new LRUCache<string, Promise<Clip>>({ maxSize: CACHED_TEXT });
  #speaking: { synthesiser: Synthesiser; voices: Promise<Voice[]> } | null = null;
  #closed = false;

  /** `find` is asked when first needed, and again until it finds something. */
  constructor(
    private readonly log: Log,
    private readonly find: () => Synthesiser | null,
  ) {}

  async speak(text: string, language = DEFAULT_LANGUAGE): Promise<Clip> {
    if (this.#closed) throw stopping();
    const spoken = text.replaceAll(/[^\P{Cc}\n\t]/gu, ' ').trim();
    if (spoken === '') throw new SpeechError('There is no text to speak.');
    if (spoken.length > MAX_TEXT) {
      throw new SpeechError(
        `A text to speak has up to ${MAX_TEXT} characters; this one has ${spoken.length}.`,
      );
    }
    const { synthesiser, voices } = this.#synthesiser();
    const known = await voices.catch((error: unknown) => {
      throw this.#closed ? stopping() : error;
    });
    if (known.length === 0)
      throw new SpeechError(`No text can be spoken: ${synthesiser.name} knows no language.`);
    const found = findLanguage(known, language);
    if (!found) throw unknownLanguage(language, known);
    return this.#cached(`${found} ${spoken}`, () => this.#clip(synthesiser, spoken, found));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#clips.clear();
    await this.#speaking?.synthesiser.close();
  }

  #synthesiser(): { synthesiser: Synthesiser; voices: Promise<Voice[]> } {
    if (this.#speaking) return this.#speaking;
    const synthesiser = this.find();
    if (!synthesiser) {
      throw new SpeechError(
        'No text can be spoken: install espeak-ng ("apt-get install espeak-ng" on Debian, or "npm install espeak-ng").',
      );
    }
    this.log.info({ synthesiser: synthesiser.name }, 'texts are spoken');
    const voices = synthesiser.voices().then(readVoices);
    // Tried anew with the next text: what was amiss may have been mended.
    voices.catch(() => (this.#speaking = null));
    return (this.#speaking = { synthesiser, voices });
  }

  /** A text that is spoken already is waited for, and one that was spoken lately is there. */
  #cached(key: string, make: () => Promise<Clip>): Promise<Clip> {
    const there = this.#clips.get(key);
    if (there) return there;
    const making = make();
    this.#clips.set(key, making, { size: key.length });
    making.catch(() => this.#clips.delete(key));
    return making;
  }

  async #clip(synthesiser: Synthesiser, text: string, language: string): Promise<Clip> {
    try {
      const wav = await this.#gate.pass(() => synthesiser.speak(text, language));
      return await readClip(wav);
    } catch (error) {
      if (this.#closed) throw stopping();
      if (error instanceof GateFull)
        throw new SpeechError('Too many texts are being spoken; try again later.');
      if (error instanceof AudioError) throw new SpeechError(`The text cannot be spoken. ${error.message}`);
      throw error;
    }
  }
}

function stopping(): SpeechError {
  return new SpeechError('The phone system is stopping.');
}

function unknownLanguage(language: string, voices: readonly Voice[]): SpeechError {
  const names = [...new Set(voices.map((voice) => voice.language))].sort();
  return new SpeechError(`No voice speaks "${language.slice(0, 40)}". There are: ${names.join(', ')}.`);
}
