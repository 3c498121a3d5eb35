/** Extensions that were added by commands, as they are kept: their content is for who keeps them. */
import type { Database } from 'libsql';

export interface ExtensionStore {
  /** Everything that is kept: a JSON text for each id, in the order of their ids. */
  list(): { id: string; content: string }[];
  /** Keeps it, in place of what was kept under this id. */
  put(id: string, content: string): void;
  remove(id: string): void;
}

/** Keeps extensions until the process ends. */
export function memoryExtensionStore(): ExtensionStore {
  const contents = new Map<string, string>();
  return {
    list: () =>
      [...contents]
        .map(([id, content]) => ({ id, content }))
        .sort((one, other) => (one.id < other.id ? -1 : 1)),
    put: (id, content) => void contents.set(id, content),
    remove: (id) => void contents.delete(id),
  };
}

/** Keeps them in a database that has the shape of the last migration. */
export function createExtensionStore(database: Database): ExtensionStore {
  const select = database.prepare('SELECT id, content FROM extensions ORDER BY id');
  const upsert = database.prepare(
    'INSERT INTO extensions (id, content) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content',
  );
  const remove = database.prepare('DELETE FROM extensions WHERE id = ?');
  return {
    list: () => select.all() as { id: string; content: string }[],
    put(id, content) {
      upsert.run(id, content);
    },
    remove(id) {
      remove.run(id);
    },
  };
}
