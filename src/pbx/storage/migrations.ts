/** How the database came to its shape: numbered steps, each run once, in order. Steps are only ever added. */
import type { Database } from 'libsql';
import { StartError } from '../config/problem.js';

/** The steps of this version. */
export const STEPS: readonly string[] = [
  `CREATE TABLE call_records (
     session_id TEXT PRIMARY KEY,
     master_id TEXT NOT NULL,
     state TEXT NOT NULL,
     direction TEXT NOT NULL,
     caller TEXT NOT NULL,
     callee TEXT NOT NULL,
     caller_name TEXT NOT NULL,
     callee_name TEXT NOT NULL,
     caller_leg_id TEXT NOT NULL,
     callee_leg_id TEXT NOT NULL,
     source TEXT NOT NULL,
     source_type TEXT NOT NULL,
     destination TEXT NOT NULL,
     destination_type TEXT NOT NULL,
     dialed_number TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     state_since INTEGER NOT NULL,
     talk_ms INTEGER NOT NULL,
     talk_since INTEGER,
     ended_at INTEGER
   ) WITHOUT ROWID;
   CREATE INDEX call_records_by_start ON call_records (started_at);
   CREATE INDEX call_records_by_caller ON call_records (caller, started_at);
   CREATE INDEX call_records_by_callee ON call_records (callee, started_at);
   CREATE INDEX call_records_unfinished ON call_records (session_id) WHERE ended_at IS NULL;`,

  // What the history is searched for: when it was answered, and its texts in lower case. What is there already
  // was never asked for its case; the database's own lower() will do for it.
  `ALTER TABLE call_records ADD COLUMN answered_at INTEGER;
   ALTER TABLE call_records ADD COLUMN source_text TEXT NOT NULL DEFAULT '';
   ALTER TABLE call_records ADD COLUMN destination_text TEXT NOT NULL DEFAULT '';
   ALTER TABLE call_records ADD COLUMN dialed_text TEXT NOT NULL DEFAULT '';
   ALTER TABLE call_records ADD COLUMN caller_text TEXT NOT NULL DEFAULT '';
   ALTER TABLE call_records ADD COLUMN callee_text TEXT NOT NULL DEFAULT '';
   UPDATE call_records SET
     source_text = lower(source),
     destination_text = lower(destination),
     dialed_text = lower(dialed_number),
     caller_text = lower(caller || char(10) || caller_name),
     callee_text = lower(callee || char(10) || callee_name);
   CREATE INDEX call_records_by_state ON call_records (state, started_at);
   CREATE INDEX call_records_by_source ON call_records (source, started_at);
   CREATE INDEX call_records_by_destination ON call_records (destination, started_at);
   CREATE TABLE tokens (
     hash TEXT PRIMARY KEY,
     privileges TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX tokens_by_expiry ON tokens (expires_at);`,

  // Messages the SMS gateway still has to report on.
  `CREATE TABLE sent_messages (
     id TEXT PRIMARY KEY,
     gateway_id TEXT NOT NULL,
     report_to TEXT NOT NULL,
     sent_at INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX sent_messages_by_gateway ON sent_messages (gateway_id);
   CREATE INDEX sent_messages_by_time ON sent_messages (sent_at);`,

  // A number is told of the calls it was dialled for, also when another phone answered.
  'CREATE INDEX call_records_by_dialed ON call_records (dialed_number, started_at);',

  // Extensions that commands added.
  `CREATE TABLE extensions (id TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;`,

  // Who is signed in and the calls there are, for the process that comes after this one.
  `CREATE TABLE live (kind TEXT, id TEXT, content TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;`,

  // What numbers wrote to each other. The place of a message in its conversation is the order it came in.
  `CREATE TABLE text_messages (
     place INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     sender TEXT NOT NULL,
     sender_name TEXT NOT NULL,
     recipient TEXT NOT NULL,
     recipient_name TEXT NOT NULL,
     text TEXT NOT NULL,
     sent_at INTEGER NOT NULL,
     state TEXT NOT NULL,
     seen INTEGER NOT NULL DEFAULT 0
   );
   CREATE INDEX text_messages_by_sender ON text_messages (sender, recipient, place);
   CREATE INDEX text_messages_by_recipient ON text_messages (recipient, sender, place);
   CREATE INDEX text_messages_by_time ON text_messages (sent_at);`,

  // Calls come back in the order they began, in which a phone shows them.
  `ALTER TABLE live RENAME TO live_without_order;
   CREATE TABLE live (
     place INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL,
     id TEXT NOT NULL,
     content TEXT NOT NULL,
     UNIQUE (kind, id)
   );
   INSERT INTO live (kind, id, content) SELECT kind, id, content FROM live_without_order;
   DROP TABLE live_without_order;`,
];

/**
 * Brings the database to the shape this version works with.
 * @throws StartError when a newer version made it.
 */
export function migrate(database: Database, steps: readonly string[] = STEPS): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL)',
  );
  const { last } = database.prepare('SELECT coalesce(max(number), 0) AS last FROM migrations').get() as {
    last: number;
  };
  if (last > steps.length) {
    throw new StartError(
      `The database was made by a newer version of the phone system (step ${last}; this one knows ${steps.length}). ` +
        'Start that version, or use another folder with --data.',
    );
  }
  const note = database.prepare('INSERT INTO migrations (number, applied_at) VALUES (?, ?)');
  steps.slice(last).forEach((step, index) => {
    database.transaction(() => {
      database.exec(step);
      note.run(last + index + 1, Date.now());
    })();
  });
}
