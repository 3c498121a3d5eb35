/** The folders for files beside the database: what is played, and what was recorded. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartError } from '../config/problem.js';
import type { Settings } from '../config/settings.js';
import { IN_MEMORY } from './database.js';

/** The folder of the files that scripts and commands play; null when nothing is kept and none is named. */
export function contentFolder({
  contentFolder: named,
  data,
}: Pick<Settings, 'contentFolder' | 'data'>): string | null {
  if (named !== undefined) return resolve(named);
  return data === IN_MEMORY ? null : resolve(data, 'ContentStorage', 'Static');
}

/** Where recordings are kept. */
export interface RecordingsFolder {
  /** An absolute path; the folder is there. */
  readonly path: string;
  /** Removes it with everything in it, when nothing is to be kept. */
  close(): void;
}

/**
 * Makes the folder of recordings, readable by this user only. When nothing is to be kept and no folder is named, it
 * is a temporary one that goes with the process.
 * @throws StartError when it cannot be made.
 */
export function openRecordingsFolder({
  recordingsFolder: named,
  data,
}: Pick<Settings, 'recordingsFolder' | 'data'>): RecordingsFolder {
  const temporary = named === undefined && data === IN_MEMORY;
  const wanted = named ?? join(data, 'HttpRecordings');
  try {
    if (temporary) {
      const path = mkdtempSync(join(tmpdir(), 'ozeki-recordings-'));
      return { path, close: () => rmSync(path, { recursive: true, force: true }) };
    }
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return { path: resolve(wanted), close: () => {} };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new StartError(
      `The folder of recordings ${temporary ? tmpdir() : wanted} cannot be made (${code}). Choose another with ` +
        '"recordingsFolder" in the configuration file.',
      { cause: error },
    );
  }
}
