/** The states of a call as notifications and ListActiveCalls have them ("Call states"). Pure. */
import type { SessionState } from '../../protocol/index.js';

export type CallState =
  'Ringing' | 'Answered' | 'InCall' | 'Hold' | 'Transferred' | 'Busy' | 'Cancelled' | 'Completed' | 'Error';

/** What a session's state is as a call's; null for those nobody is told of. */
export const CALL_STATES: Readonly<Record<SessionState, CallState | null>> = {
  Created: null,
  Setup: null,
  TransferSetup: null,
  Ringing: 'Ringing',
  InCall: 'InCall',
  CalleeOnHold: 'Hold',
  CallerOnHold: 'Hold',
  OnHold: 'Hold',
  OnHoldInactive: 'Hold',
  // The two are still in their call, and stay in it when the transfer fails.
  TransferRequested: null,
  Transferring: null,
  TransferFailed: null,
  TransferCompleted: 'Transferred',
  Redirected: 'Transferred',
  CallerHungUp: 'Completed',
  CalleeHungUp: 'Completed',
  Busy: 'Busy',
  // "A party pressed busy, or ringing exceeded its limit."
  NotAnswered: 'Busy',
  Cancelled: 'Cancelled',
  NotFound: 'Error',
  Error: 'Error',
  Aborted: 'Completed',
};
