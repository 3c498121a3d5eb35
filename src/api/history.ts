import type { HistoryPage, HistoryQuery, HistoryRecord } from '../phone/index.js';
import { badArgument } from './errors.js';
import { dateText, durationText } from './format.js';
import { historyState } from './session-states.js';

/** The filters of `getCallHistory`, as of the HTTP API's GetCallHistory; all optional, empty does not filter. */
export interface CallHistoryFilters {
  /** From 0. */
  PageNumber?: number | string;
  /** 1 to 500; 50 without it. */
  RowsPerPage?: number | string;
  /** Not before this moment: a `Date`, milliseconds since 1970, or `yyyy-MM-dd HH:mm:ss`. */
  From?: Date | number | string;
  /** Found anywhere. */
  General?: string;
  Direction?: string;
  Source?: string;
  Destination?: string;
  State?: string;
  Dialed?: string;
  CallerId?: string;
  CallId?: string;
}

/** One call of the history. */
export interface CallHistoryRecord {
  /** `yyyy-MM-dd HH:mm:ss` by this device's time zone. */
  readonly StartTime: string;
  readonly Direction: string;
  readonly Source: string;
  readonly Destination: string;
  /** A session state. */
  readonly State: string;
  readonly Dialed: string;
  readonly CallerId: string;
  readonly Type: 'Audio';
  /** The id of the session. */
  readonly CallId: string;
  /** `HH:mm:ss`. */
  readonly TalkDuration: string;
}

/** What `onCallHistoryInfoReceived` gets: one page, newest call first. */
export interface CallHistoryInfo {
  /** How many calls fit the filters, on all pages. */
  readonly NumberOfCalls: number;
  readonly PageNumber: number;
  readonly RowsPerPage: number;
  readonly Calls: readonly CallHistoryRecord[];
}

const DEFAULT_ROWS = 50;

type Filters = Record<string, unknown>;
type Read = (value: unknown, name: string, method: string) => Partial<HistoryQuery>;

const text =
  (key: keyof HistoryQuery): Read =>
  (value, name, method) => {
    if (typeof value !== 'string' && typeof value !== 'number') throw badArgument(name, method);
    const filter = String(value);
    if (filter.length > 128) throw badArgument(name, method);
    return { [key]: filter };
  };
const whole =
  (key: 'page' | 'rows', low: number, high: number): Read =>
  (value, name, method) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < low || number > high) throw badArgument(name, method);
    return { [key]: number };
  };

const from: Read = (value, name, method) => ({ from: moment(value, name, method) });

const READ: Record<string, readonly [name: string, read: Read]> = Object.fromEntries(
  (
    [
      ['PageNumber', whole('page', 0, Number.MAX_SAFE_INTEGER)],
      ['RowsPerPage', whole('rows', 1, 500)],
      ['From', from],
      ['General', text('general')],
      ['Direction', text('direction')],
      ['Source', text('source')],
      ['Destination', text('destination')],
      ['State', text('state')],
      ['Dialed', text('dialed')],
      ['CallerId', text('callerId')],
      ['CallId', text('callId')],
    ] as const
  ).map(([name, read]) => [name.toLowerCase(), [name, read]]),
);

/**
 * The page's filters as a query. Names may be written in any case, as in the HTTP API.
 *
 * @throws OzError naming a filter that is unknown or cannot be used.
 */
export function historyQuery(filters: unknown, method: string): HistoryQuery {
  if (filters !== undefined && filters !== null && typeof filters !== 'object') {
    throw badArgument('filters', method);
  }
  let query: HistoryQuery = {};
  for (const [name, value] of Object.entries((filters ?? {}) as Filters)) {
    const known = Object.hasOwn(READ, name.toLowerCase()) ? READ[name.toLowerCase()] : undefined;
    if (!known) throw badArgument(name, method);
    if (value === undefined || value === null || value === '') continue;
    query = { ...query, ...known[1](value, known[0], method) };
  }
  return query;
}

/** A page of the history as the API gives it. */
export function historyInfo(page: HistoryPage, query: HistoryQuery, legacy: boolean): CallHistoryInfo {
  return {
    NumberOfCalls: page.total,
    PageNumber: query.page ?? 0,
    RowsPerPage: query.rows ?? DEFAULT_ROWS,
    Calls: page.records.map((record) => historyRecord(record, legacy)),
  };
}

function historyRecord(record: HistoryRecord, legacy: boolean): CallHistoryRecord {
  return {
    StartTime: dateText(record.startedAt),
    Direction: record.direction,
    Source: record.source,
    Destination: record.destination,
    State: historyState(record.state, legacy),
    Dialed: record.dialed,
    CallerId: record.caller,
    Type: 'Audio',
    CallId: record.callId,
    TalkDuration: durationText(record.talkMs),
  };
}

function moment(value: unknown, name: string, method: string): number {
  const ms =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'number'
        ? value
        : Date.parse(String(value).replace(/^(\d{4}-\d\d-\d\d) (\d\d:)/, '$1T$2'));
  if (!Number.isFinite(ms)) throw badArgument(name, method);
  return ms;
}
