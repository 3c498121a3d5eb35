/** The call records as the exchange writes them: one row per session. */
import type { CheckedParams, HistoryRecord, Session } from '../../protocol/index.js';

export interface CallRecords {
  /** Keeps a session as it is now; called when it begins, is answered, and ends. */
  save(session: Session, endedAt: number | null): void;
}

/** The call history as it is asked for. */
export interface CallHistory {
  /**
   * A page of the records that fit, newest first; with `party`, only those this number took part in or was dialled
   * for. The filter `own` is about that number, and asks for nothing without it.
   */
  query(filter: CheckedParams<'history.query'>, party?: string): { total: number; records: HistoryRecord[] };
}
