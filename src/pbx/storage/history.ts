/** The call history, read from the call records: the sessions that are over, newest first. */
import type { Database } from 'libsql';
import type { CheckedParams, HistoryRecord } from '../../protocol/index.js';
import type { CallHistory } from './call-records.js';

type Filter = CheckedParams<'history.query'>;
type Value = string | number;
type Row = Record<string, string | number | null>;

/** A condition of the query with the values of its question marks. */
interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** A text as it is kept and looked for: upper and lower case are one. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The columns of folded text, and what of a record each of them holds. */
const TEXTS = ['source_text', 'destination_text', 'dialed_text', 'caller_text', 'callee_text'] as const;

const contains = (columns: readonly string[], text: string): Condition => ({
  sql: columns.map((column) => `instr(${column}, ?) > 0`).join(' OR '),
  values: columns.map(() => folded(text)),
});
const equals = (columns: readonly string[], value: string): Condition => ({
  sql: columns.map((column) => `${column} = ?`).join(' OR '),
  values: columns.map(() => value),
});

/** Whose call it was, by number, or by the line it came in by. */
const PARTIES = ['caller', 'callee', 'source', 'destination'];

/** Whose call it was besides: another phone may have picked it up. */
const OWN = ['caller', 'callee', 'dialed_number'];

/** What a number's own calls were to it. A call that was answered elsewhere has its answer, and is not missed. */
const KINDS: Record<Filter['own'], ((party: string) => Condition) | null> = {
  '': null,
  all: null,
  outgoing: (party) => ({ sql: 'caller = ?', values: [party] }),
  incoming: (party) => ({ sql: 'caller <> ?', values: [party] }),
  missed: (party) => ({
    sql: "callee = ? AND caller <> ? AND answered_at IS NULL AND state NOT IN ('Busy', 'Redirected')",
    values: [party, party],
  }),
};

/** What each filter asks of a record. Texts are found anywhere in upper or lower case; the others are exact. */
const FILTERS: Record<
  Exclude<keyof Filter, 'page' | 'rows' | 'from' | 'endedFrom' | 'own'>,
  (text: string) => Condition
> = {
  general: (text) => {
    const { sql, values } = contains(TEXTS, text);
    return {
      sql: `${sql} OR session_id = ? OR state = ? OR direction = ?`,
      values: [...values, text, text, text],
    };
  },
  source: (text) => contains(['source_text'], text),
  destination: (text) => contains(['destination_text'], text),
  dialed: (text) => contains(['dialed_text'], text),
  callerId: (text) => contains(['caller_text'], text),
  state: (value) => equals(['state'], value),
  direction: (value) => equals(['direction'], value),
  callId: (value) => equals(['session_id'], value),
  extension: (value) => equals(PARTIES, value),
};

/** The history over a database that has the shape of the last migration. */
export function createHistory(database: Database): CallHistory {
  return {
    query(filter, party) {
      const conditions = conditionsOf(filter, party);
      const where = conditions.map(({ sql }) => `(${sql})`).join(' AND ');
      const values = conditions.flatMap((condition) => condition.values);
      const { total } = database
        .prepare(`SELECT count(*) AS total FROM call_records WHERE ${where}`)
        .get(...values) as { total: number };
      const rows = database
        .prepare(
          `SELECT * FROM call_records WHERE ${where} ORDER BY started_at DESC, session_id DESC LIMIT ? OFFSET ?`,
        )
        .all(...values, filter.rows, filter.page * filter.rows) as Row[];
      return { total, records: rows.map(fromRow) };
    },
  };
}

function conditionsOf(filter: Filter, party: string | undefined): Condition[] {
  const named = Object.entries(FILTERS).map(
    ([name, condition]) => [filter[name as keyof typeof FILTERS], condition] as const,
  );
  return [
    { sql: 'ended_at IS NOT NULL', values: [] },
    ...named.filter(([text]) => text !== '').map(([text, condition]) => condition(text)),
    ...since('started_at', filter.from),
    ...since('ended_at', filter.endedFrom),
    ...(party === undefined ? [] : [equals(OWN, party), KINDS[filter.own]?.(party) ?? []].flat()),
  ];
}

function since(column: string, moment: number | undefined): Condition[] {
  return moment === undefined ? [] : [{ sql: `${column} >= ?`, values: [moment] }];
}

function fromRow(row: Row): HistoryRecord {
  const text = (column: string) => String(row[column] ?? '');
  const time = (column: string) => row[column] as number | null;
  return {
    callId: text('session_id'),
    masterId: text('master_id'),
    startedAt: Number(row.started_at),
    answeredAt: time('answered_at'),
    endedAt: time('ended_at'),
    talkMs: Number(row.talk_ms),
    direction: text('direction'),
    source: text('source'),
    destination: text('destination'),
    caller: text('caller'),
    callee: text('callee'),
    callerName: text('caller_name'),
    calleeName: text('callee_name'),
    dialed: text('dialed_number'),
    state: text('state'),
  };
}
