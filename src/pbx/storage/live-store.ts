/** What is going on, written down so that it outlasts the process: who is signed in, and the calls there are. */
import type { Database } from 'libsql';
import type { Log } from '../log.js';

export type LiveKind = 'client' | 'session';

/** Keeps JSON texts; their content is for who keeps them. */
export interface LiveStore {
  /** Keeps it, in place of what was kept under this id; null keeps nothing any more. */
  put(kind: LiveKind, id: string, content: object | null): void;
  /** Everything of a kind an earlier process left, by id, oldest first; what cannot be read is left out. */
  list(kind: LiveKind): Map<string, unknown>;
}

/** Keeps nothing: with the process everything is over. */
export const NO_LIVE_STORE: LiveStore = { put: () => {}, list: () => new Map() };

/** Keeps it in a database that has the shape of the last migration. */
export function createLiveStore(database: Database, log: Log): LiveStore {
  const upsert = database.prepare(
    'INSERT INTO live (kind, id, content) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET content = excluded.content',
  );
  const remove = database.prepare('DELETE FROM live WHERE kind = ? AND id = ?');
  const select = database.prepare('SELECT id, content FROM live WHERE kind = ? ORDER BY place');
  return {
    put(kind, id, content) {
      try {
        if (content === null) remove.run(kind, id);
        else upsert.run(kind, id, JSON.stringify(content));
      } catch (error) {
        // A full disk must not end calls: they go on, and would only not outlast this process.
        log.error({ err: error, kind, id }, 'What is going on could not be written down.');
      }
    },
    list(kind) {
      const rows = select.all(kind) as { id: string; content: string }[];
      return new Map(rows.flatMap(({ id, content }) => read(id, content)));
    },
  };
}

function read(id: string, content: string): [string, unknown][] {
  try {
    return [[id, JSON.parse(content)]];
  } catch {
    return [];
  }
}
