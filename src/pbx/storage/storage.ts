/** What the phone system keeps: call records, one row per session. */
import type { Session } from '../../protocol/index.js';
import type { Log } from '../log.js';
import type { CallRecords } from './call-records.js';
import { closeDatabase, openDatabase } from './database.js';

/** A call record as it is stored. */
export interface CallRecord {
  readonly session: Session;
  /** Milliseconds since 1970; null while the session lives. */
  readonly endedAt: number | null;
}

export interface Storage extends CallRecords {
  /** The record of a session, or null when there is none. */
  find(sessionId: string): CallRecord | null;
  /** What is wrong with it now, as a sentence; null when all is well. */
  readonly trouble: string | null;
  close(): void;
}

/** Each column with the part of a session that it holds. */
const COLUMNS = {
  session_id: 'id',
  master_id: 'masterId',
  state: 'state',
  direction: 'direction',
  caller: 'caller',
  callee: 'callee',
  caller_name: 'callerName',
  callee_name: 'calleeName',
  caller_leg_id: 'callerLegId',
  callee_leg_id: 'calleeLegId',
  source: 'source',
  source_type: 'sourceType',
  destination: 'destination',
  destination_type: 'destinationType',
  dialed_number: 'dialedNumber',
  started_at: 'startedAt',
  state_since: 'stateSince',
} as const satisfies Record<string, Exclude<keyof Session, 'talk'>>;

const NAMES = [...Object.keys(COLUMNS), 'talk_ms', 'talk_since', 'ended_at'];

const UPSERT = `INSERT INTO call_records (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})
  ON CONFLICT (session_id) DO UPDATE SET ${NAMES.slice(1)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

/** The end of a session whose process died is the last moment anything is known of it. */
const ABORT_UNFINISHED = `UPDATE call_records SET state = 'Aborted', talk_since = NULL, ended_at = state_since
  WHERE ended_at IS NULL`;

type Row = Record<string, string | number | null>;

/**
 * Opens the storage in a folder (`:memory:` keeps nothing) and closes what an earlier process left unfinished.
 * @throws StartError when the database cannot be used.
 */
export function openStorage(folder: string, log: Log): Storage {
  const database = openDatabase(folder);
  const aborted = database.prepare(ABORT_UNFINISHED).run().changes;
  if (aborted > 0) log.warn({ aborted }, 'Closed call records that an earlier process left unfinished.');

  const upsert = database.prepare(UPSERT);
  const select = database.prepare('SELECT * FROM call_records WHERE session_id = ?');
  let trouble: string | null = null;
  let open = true;

  return {
    save(session, endedAt) {
      const values = Object.values(COLUMNS).map((key) => session[key]);
      try {
        upsert.run(...values, Math.round(session.talk.ms), session.talk.since, endedAt);
        trouble = null;
      } catch (error) {
        // A full disk must not end calls: they go on, and the health page and the log say what is lost.
        trouble = `Call records cannot be written: ${error instanceof Error ? error.message : String(error)}.`;
        log.error({ err: error, sessionId: session.id }, 'A call record could not be written.');
      }
    },
    find(sessionId) {
      const row = select.get(sessionId) as Row | undefined;
      return row ? fromRow(row) : null;
    },
    get trouble() {
      return trouble;
    },
    close() {
      if (open) closeDatabase(database);
      open = false;
    },
  };
}

function fromRow(row: Row): CallRecord {
  const fields = Object.entries(COLUMNS).map(([column, key]) => [key, row[column]]);
  const talk = { ms: row.talk_ms, since: row.talk_since };
  return {
    session: { ...Object.fromEntries(fields), talk } as Session,
    endedAt: row.ended_at as number | null,
  };
}
