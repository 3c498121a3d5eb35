import type { Session } from '../signaling/port.js';
import { SessionState, type LegacySessionState } from './enums.js';

/** What each state of the phone system is in this API, and in its older generation. */
const STATES: Record<Session['state'], readonly [SessionState, LegacySessionState]> = {
  Created: ['Ringing', 'RINGING'],
  Setup: ['Ringing', 'RINGING'],
  TransferSetup: ['Ringing', 'RINGING'],
  Ringing: ['Ringing', 'RINGING'],
  InCall: ['InCall', 'IN_CALL'],
  CalleeOnHold: ['CalleeOnHold', 'HOLD'],
  CallerOnHold: ['CallerOnHold', 'HOLD'],
  OnHold: ['OnHold', 'HOLD'],
  OnHoldInactive: ['OnHoldInactive', 'HOLD'],
  TransferRequested: ['TransferRequested', 'IN_CALL'],
  Transferring: ['Transferring', 'IN_CALL'],
  TransferCompleted: ['TransferCompleted', 'COMPLETED'],
  TransferFailed: ['TransferFailed', 'IN_CALL'],
  CallerHungUp: ['CallerHungUp', 'COMPLETED'],
  CalleeHungUp: ['CalleeHungUp', 'COMPLETED'],
  Redirected: ['Redirected', 'COMPLETED'],
  NotFound: ['NotFound', 'NOT_FOUND'],
  Busy: ['Busy', 'REJECTED'],
  Cancelled: ['Cancelled', 'COMPLETED'],
  NotAnswered: ['NotAnswered', 'BUSY'],
  Error: ['Error', 'COMPLETED'],
  Aborted: ['Aborted', 'COMPLETED'],
};

/** A state as pages see it. */
export function sessionState(state: Session['state'], legacy: boolean): SessionState | LegacySessionState {
  return STATES[state][legacy ? 1 : 0];
}

/** Whether a session in this state does not ring yet: there is nothing to tell but that it was created. */
export function isBeforeRinging(state: Session['state']): boolean {
  return state === 'Created' || state === 'Setup' || state === 'TransferSetup';
}

/** Whether a page that asks for `wanted`, in either generation's words, means this state. */
export function meansState(state: Session['state'], wanted: string): boolean {
  return STATES[state].some((name) => name === wanted);
}

/** A state of the call history, which may be of a newer phone system. */
export function historyState(state: string, legacy: boolean): string {
  return Object.hasOwn(STATES, state) ? sessionState(state as Session['state'], legacy) : state;
}
