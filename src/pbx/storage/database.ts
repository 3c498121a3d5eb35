/** Opens the database file, or says in one line why it cannot be used. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { StartError } from '../config/problem.js';
import { migrate } from './migrations.js';

/** What `data` is when nothing shall be kept. */
export const IN_MEMORY = ':memory:';

/**
 * The database in a folder, made when it is not there, readable by this user only.
 * @throws StartError when the folder cannot be written or the file is in use, damaged or too new.
 */
export function openDatabase(folder: string): Database.Database {
  const file = folder === IN_MEMORY ? IN_MEMORY : prepareFile(folder);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 1000 });
    if (file !== IN_MEMORY) {
      database.pragma('journal_mode = WAL');
      // One process at a time: a second one would take the calls of the first for abandoned ones.
      database.pragma('locking_mode = EXCLUSIVE');
      // What is committed survives the end of this process; an fsync for each call would hold up the media.
      database.pragma('synchronous = NORMAL');
    }
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof StartError
      ? error
      : new StartError(describeFailure(file, error), { cause: error });
  }
}

/** Closes it and gives its lock back at once: the driver alone would keep it until it is garbage-collected. */
export function closeDatabase(database: Database.Database): void {
  try {
    // Leaving WAL mode moves everything into the one file; after it, the lock goes with the next read.
    database.exec('PRAGMA journal_mode = DELETE');
    database.exec('PRAGMA locking_mode = NORMAL');
    database.exec('SELECT count(*) FROM sqlite_schema');
  } finally {
    database.close();
  }
}

function prepareFile(folder: string): string {
  const file = join(folder, 'ozeki.db');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    return file;
  } catch (error) {
    throw new StartError(
      `The data folder ${folder} cannot be written (${codeOf(error)}). Choose another with --data, OZEKI_DATA or "data" in the configuration file.`,
      { cause: error },
    );
  }
}

function describeFailure(file: string, error: unknown): string {
  switch (codeOf(error)) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return `The database ${file} is in use by another phone system. Stop it, or choose another folder with --data.`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `The database ${file} is damaged. Restore it from a backup, or move it away to begin with an empty one.`;
    default:
      return `The database ${file} cannot be opened (${codeOf(error)}).`;
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' && error.code !== '' ? error.code : error.message;
}
