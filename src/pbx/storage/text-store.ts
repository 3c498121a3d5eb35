/** What numbers wrote to each other, kept for both. */
import type { Database } from 'libsql';
import type { CheckedParams, KeptMessage, Result } from '../../protocol/index.js';

export interface TextStore {
  /** Keeps a message; what was sent before `since` is forgotten. */
  put(message: KeptMessage, since: number): void;
  /** What became of a message. */
  settle(id: string, delivered: boolean): void;
  /** With whom a number wrote, the latest first. */
  conversations(
    number: string,
    page: CheckedParams<'message.conversations'>,
  ): Result<'message.conversations'>;
  /** What a number and another one wrote to each other, the latest first. */
  list(number: string, page: CheckedParams<'message.list'>): Result<'message.list'>;
  /** A number has seen what another one wrote; false when it had before. */
  see(number: string, other: string): boolean;
  /** Everything that waits for a number is delivered; returns what that was. */
  deliver(number: string): { id: string; sender: string }[];
}

/** However long they may be kept: the oldest go when there are more. */
export const MAX_KEPT_MESSAGES = 200_000;

interface Row {
  readonly id: string;
  readonly sender: string;
  readonly sender_name: string;
  readonly recipient: string;
  readonly recipient_name: string;
  readonly text: string;
  readonly sent_at: number;
  readonly state: KeptMessage['state'];
}

/** Whom a number, the only value of this expression, wrote with. */
const OTHER = 'CASE WHEN sender = ? THEN recipient ELSE sender END';

/** Keeps them in a database that has the shape of the last migration. */
export function createTextStore(database: Database): TextStore {
  const purge = database.prepare('DELETE FROM text_messages WHERE sent_at < ? OR place <= ?');
  const insert = database.prepare(
    `INSERT OR IGNORE INTO text_messages (id, sender, sender_name, recipient, recipient_name, text, sent_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const settle = database.prepare("UPDATE text_messages SET state = ? WHERE id = ? AND state = 'sent'");
  const conversations = database.prepare(
    `SELECT * FROM (
       SELECT *, ${OTHER} AS other,
         row_number() OVER (PARTITION BY ${OTHER} ORDER BY place DESC) AS rank,
         sum(recipient = ? AND sender <> ? AND seen = 0) OVER (PARTITION BY ${OTHER}) AS unread
       FROM text_messages WHERE sender = ? OR recipient = ?
     ) WHERE rank = 1 ORDER BY place DESC LIMIT ? OFFSET ?`,
  );
  const list = database.prepare(
    `SELECT * FROM text_messages
     WHERE ((sender = ? AND recipient = ?) OR (sender = ? AND recipient = ?))
       AND place < coalesce((SELECT place FROM text_messages WHERE id = ?), ?)
     ORDER BY place DESC LIMIT ?`,
  );
  const see = database.prepare(
    'UPDATE text_messages SET seen = 1 WHERE recipient = ? AND sender = ? AND seen = 0',
  );
  const waiting = database.prepare(
    "SELECT id, sender FROM text_messages WHERE recipient = ? AND state = 'sent'",
  );

  return {
    put({ id, from, to, text, at, state }, since) {
      const { lastInsertRowid } = insert.run(id, from.number, from.name, to.number, to.name, text, at, state);
      purge.run(since, Number(lastInsertRowid) - MAX_KEPT_MESSAGES);
    },
    settle(id, delivered) {
      settle.run(delivered ? 'delivered' : 'failed', id);
    },
    conversations(number, { page, rows }) {
      // One more than asked for says whether there are others.
      const values = [...Array<string>(7).fill(number), rows + 1, page * rows];
      const found = conversations.all(...values) as (Row & { unread: number })[];
      return {
        conversations: found.slice(0, rows).map((row) => {
          const last = fromRow(row);
          return { with: row.sender === number ? last.to : last.from, unread: row.unread, last };
        }),
        more: found.length > rows,
      };
    },
    list(number, { with: other, before, rows }) {
      const values = [number, other, other, number, before ?? '', Number.MAX_SAFE_INTEGER, rows + 1];
      const found = list.all(...values) as Row[];
      return { messages: found.slice(0, rows).map(fromRow), more: found.length > rows };
    },
    see: (number, other) => see.run(number, other).changes > 0,
    deliver(number) {
      const found = waiting.all(number) as { id: string; sender: string }[];
      for (const { id } of found) settle.run('delivered', id);
      return found.map(({ id, sender }) => ({ id, sender }));
    },
  };
}

function fromRow(row: Row): KeptMessage {
  return {
    id: row.id,
    from: { number: row.sender, name: row.sender_name },
    to: { number: row.recipient, name: row.recipient_name },
    text: row.text,
    at: row.sent_at,
    state: row.state,
  };
}
