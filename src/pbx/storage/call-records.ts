/** The call records as the exchange writes them: one row per session. */
import type { Session } from '../../protocol/index.js';

export interface CallRecords {
  /** Keeps a session as it is now; called when it begins, is answered, and ends. */
  save(session: Session, endedAt: number | null): void;
}
