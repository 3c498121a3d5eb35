/** Security tokens in the database, so that a restart does not sign anybody out. */
import type { Database } from 'libsql';
import { PRIVILEGES, type Privilege } from '../../protocol/index.js';
import type { TokenStore } from './token-store.js';

interface Row {
  readonly hash: string;
  readonly privileges: string;
  readonly expires_at: number;
}

/** The token store over a database that has the shape of the last migration. */
export function createTokenStore(database: Database): TokenStore {
  const insert = database.prepare('INSERT INTO tokens (hash, privileges, expires_at) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT hash, privileges, expires_at FROM tokens WHERE hash = ?');
  const purge = database.prepare('DELETE FROM tokens WHERE expires_at <= ?');
  return {
    put(hash, { privileges, expiresAt }) {
      insert.run(hash, privileges.join(' '), expiresAt);
    },
    get(hash) {
      const row = select.get(hash) as Row | undefined;
      return row && { hash: row.hash, privileges: known(row.privileges), expiresAt: row.expires_at };
    },
    purge(now) {
      purge.run(now);
    },
  };
}

const names: readonly string[] = PRIVILEGES;

/** The privileges this version knows; another version may have given others. */
function known(privileges: string) {
  return privileges.split(' ').filter((name): name is Privilege => names.includes(name));
}
