/** What the phone system keeps: call records, one row per session, security tokens, extensions, sent messages. */
import type { Session } from '../../protocol/index.js';
import type { Log } from '../log.js';
import type { CallHistory, CallRecords } from './call-records.js';
import { closeDatabase, openDatabase } from './database.js';
import { createExtensionStore } from './extension-store.js';
import type { ExtensionStore } from './extension-store.js';
import { createHistory, folded } from './history.js';
import { createLiveStore } from './live-store.js';
import type { LiveStore } from './live-store.js';
import { createSentMessages } from './sent-messages.js';
import type { SentMessages } from './sent-messages.js';
import { createTextStore } from './text-store.js';
import type { TextStore } from './text-store.js';
import type { TokenStore } from './token-store.js';
import { createTokenStore } from './tokens.js';

/** A call record as it is stored. */
export interface CallRecord {
  readonly session: Session;
  /** Milliseconds since 1970; null while the session lives. */
  readonly endedAt: number | null;
}

export interface Storage extends CallRecords, CallHistory {
  /** The security tokens. */
  readonly tokens: TokenStore;
  /** The extensions that commands added. */
  readonly extensions: ExtensionStore;
  /** What goes on, for the process that comes after this one. */
  readonly live: LiveStore;
  /** The messages an SMS gateway still has to report on. */
  readonly sentMessages: SentMessages;
  /** What numbers wrote to each other. */
  readonly texts: TextStore;
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

/** The columns made from more than one part of a session. */
const DERIVED = {
  talk_ms: ({ talk }) => Math.round(talk.ms),
  talk_since: ({ talk }) => talk.since,
  answered_at: ({ state, stateSince }) => (state === 'InCall' ? stateSince : null),
  source_text: ({ source }) => folded(source),
  destination_text: ({ destination }) => folded(destination),
  dialed_text: ({ dialedNumber }) => folded(dialedNumber),
  caller_text: ({ caller, callerName }) => folded(`${caller}\n${callerName}`),
  callee_text: ({ callee, calleeName }) => folded(`${callee}\n${calleeName}`),
} as const satisfies Record<string, (session: Session) => string | number | null>;

const NAMES = [...Object.keys(COLUMNS), ...Object.keys(DERIVED), 'ended_at'];

/** A session is answered once; it may be in a call again after a hold. */
const REPLACEMENTS: Record<string, string> = {
  answered_at: 'coalesce(call_records.answered_at, excluded.answered_at)',
};

const UPSERT = `INSERT INTO call_records (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})
  ON CONFLICT (session_id) DO UPDATE SET ${NAMES.slice(1)
    .map((name) => `${name} = ${REPLACEMENTS[name] ?? `excluded.${name}`}`)
    .join(', ')}`;

/**
 * The end of a session whose process died is the last moment anything is known of it. Those that may be picked up
 * again are left as they are.
 */
const ABORT_UNFINISHED = `UPDATE call_records SET state = 'Aborted', talk_since = NULL, ended_at = state_since
  WHERE ended_at IS NULL AND session_id NOT IN (SELECT id FROM live WHERE kind = 'session')`;

type Row = Record<string, string | number | null>;

/**
 * Opens the storage in a folder (`:memory:` keeps nothing) and closes what an earlier process left unfinished.
 * @throws StartError when the database cannot be used.
 */
export function openStorage(folder: string, log: Log): Storage {
  const database = openDatabase(folder);
  const aborted = database.prepare(ABORT_UNFINISHED).run().changes;
  if (aborted > 0) log.warn({ aborted }, 'Closed call records that an earlier process left unfinished.');

  const tokens = createTokenStore(database);
  tokens.purge(Date.now());

  const upsert = database.prepare(UPSERT);
  const select = database.prepare('SELECT * FROM call_records WHERE session_id = ?');
  let trouble: string | null = null;
  let open = true;

  return {
    ...createHistory(database),
    tokens,
    extensions: createExtensionStore(database),
    live: createLiveStore(database, log),
    sentMessages: createSentMessages(database),
    texts: createTextStore(database),
    save(session, endedAt) {
      try {
        const values = [
          ...Object.values(COLUMNS).map((key) => session[key]),
          ...Object.values(DERIVED).map((derive) => derive(session)),
        ];
        upsert.run(...values, endedAt);
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
