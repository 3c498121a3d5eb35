/** Makes clips of what scripts play and say: files of the content folder, files of the web, texts. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { AudioError, readClip } from '../media/audio/index.js';
import type { Clip } from '../media/engine.js';
import { SpeechError } from '../media/speech/index.js';
import type { Speech } from '../media/speech/index.js';
import { invalidParameter } from './failure.js';
import type { WebFiles } from './web-files.js';

/** Clips kept for the next time, by the seconds they last together: half an hour is about 10 MB. */
const MAX_KEPT_MS = 30 * 60 * 1000;

interface Kept {
  readonly version: string;
  readonly clip: Promise<Clip>;
  /** How long it lasts; 0 until it is read. */
  ms: number;
}

export class Sounds {
  readonly #kept = new Map<string, Kept>();

  constructor(
    /** Null where nothing is kept and no folder is named. */
    private readonly folder: () => string | null,
    private readonly web: WebFiles,
    private readonly voice: Speech,
  ) {}

  /**
   * A sound file: a path below the content folder, or an address of the web.
   * @throws Failure 302 when there is none, or nothing that can be played
   */
  async file(command: string, audioFile: string, signal?: AbortSignal): Promise<Clip> {
    const wrong = (why: string, cause?: unknown) => invalidParameter('AudioFile', command, why, cause);
    try {
      if (/^https?:\/\//i.test(audioFile)) {
        const { version, body } = await this.web.get(audioFile, signal);
        return await this.#read(audioFile, version, () => Promise.resolve(body));
      }
      const path = await this.#find(audioFile);
      if (path === null) throw wrong('there is no such file in the content folder');
      const { mtimeMs, size } = await stat(path);
      return await this.#read(path, `${mtimeMs} ${size}`, () => readFile(path));
    } catch (error) {
      if (error instanceof AudioError) throw wrong(error.message, error);
      throw this.web.failure(error, wrong);
    }
  }

  /** @throws Failure 302 when it cannot be spoken */
  async speech(command: string, text: string, language?: string): Promise<Clip> {
    try {
      return await this.voice.speak(text, language);
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      throw invalidParameter(language === undefined ? 'Text' : 'Language', command, error.message, error);
    }
  }

  /** The real path of a file below the content folder; null when there is none, also outside of it. */
  async #find(name: string): Promise<string | null> {
    const folder = this.folder();
    if (folder === null || name.includes('\0')) return null;
    try {
      const inside = await realpath(folder);
      const path = await realpath(join(inside, name));
      const way = relative(inside, path);
      if (way === '' || way.startsWith('..') || isAbsolute(way)) return null;
      return (await stat(path)).isFile() ? path : null;
    } catch {
      return null;
    }
  }

  async #read(name: string, version: string, load: () => Promise<Buffer>): Promise<Clip> {
    const kept = this.#kept.get(name);
    this.#kept.delete(name);
    const entry = kept?.version === version ? kept : { version, clip: load().then(readClip), ms: 0 };
    this.#kept.set(name, entry);
    try {
      const clip = await entry.clip;
      entry.ms = clip.ms;
      this.#forgetOld();
      return clip;
    } catch (error) {
      if (this.#kept.get(name) === entry) this.#kept.delete(name);
      throw error;
    }
  }

  /** The longest unused go first; what is being read stays. */
  #forgetOld(): void {
    let total = 0;
    for (const [name, { ms }] of [...this.#kept].reverse()) {
      total += ms;
      if (total > MAX_KEPT_MS) this.#kept.delete(name);
    }
  }
}
