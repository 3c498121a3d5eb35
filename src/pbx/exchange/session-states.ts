/** The life of a session: a conversation of two legs ("Session class" of the JavaScript API). */
import type { SessionState } from '../../protocol/index.js';
import { can } from './state-machine.js';
import type { Table } from './state-machine.js';

export type SessionEvent =
  /** The caller's number is looked up; or, for a session a transfer made, the transfer's target. */
  | 'dial'
  | 'transfer-dial'
  | 'ring'
  | 'answer'
  /** Made of two parties that were both in a call already (attended transfer). */
  | 'join'
  /** Who holds, whenever that has changed. */
  | 'nobody-holds'
  | 'caller-holds'
  | 'callee-holds'
  | 'both-hold'
  | 'transfer-request'
  | 'transfer-ring'
  | 'transfer-complete'
  | 'transfer-fail'
  /** The caller gave up before an answer. */
  | 'cancel'
  | 'reject'
  | 'not-found'
  | 'no-answer'
  | 'redirect'
  /** Nobody was reached, and another number is looked for; or, for a session a transfer made, another target. */
  | 'seek'
  | 'transfer-seek'
  | 'caller-hung-up'
  | 'callee-hung-up'
  /** Media broke. */
  | 'fail'
  /** Ended from outside: by a supervisor, or because the phone system stops. */
  | 'abort';

const BREAKS = { fail: 'Error', abort: 'Aborted' } as const;
const HANG_UPS = { 'caller-hung-up': 'CallerHungUp', 'callee-hung-up': 'CalleeHungUp' } as const;
/** The state is named after who is being held: the caller holding puts the callee on hold. */
const HOLDS = {
  'nobody-holds': 'InCall',
  'caller-holds': 'CalleeOnHold',
  'callee-holds': 'CallerOnHold',
  'both-hold': 'OnHold',
} as const;
const ANSWERED = { ...HOLDS, 'transfer-request': 'TransferRequested', ...HANG_UPS, ...BREAKS } as const;
const CALLING = { ring: 'Ringing', cancel: 'Cancelled', 'not-found': 'NotFound', ...BREAKS } as const;

export const SESSION_TABLE: Table<SessionState, SessionEvent> = {
  Created: { dial: 'Setup', 'transfer-dial': 'TransferSetup', join: 'InCall' },
  // A number that is busy at once, because it is the caller's own, counts as rejected. A caller for whom the call
  // is set up may not answer.
  Setup: { ...CALLING, reject: 'Busy', 'no-answer': 'NotAnswered' },
  TransferSetup: { ...CALLING, reject: 'Busy', 'no-answer': 'NotAnswered' },
  Ringing: {
    answer: 'InCall',
    reject: 'Busy',
    cancel: 'Cancelled',
    'no-answer': 'NotAnswered',
    // The last phone that rang is gone.
    'not-found': 'NotFound',
    redirect: 'Redirected',
    seek: 'Setup',
    'transfer-seek': 'TransferSetup',
    ...BREAKS,
  },
  InCall: ANSWERED,
  CalleeOnHold: ANSWERED,
  CallerOnHold: ANSWERED,
  OnHold: ANSWERED,
  // Both hold and no media flows at all (RFC 3264 `inactive`). The phone system always plays music to a party
  // on hold, so nothing leads here; phones that negotiate hold themselves will.
  OnHoldInactive: ANSWERED,
  TransferRequested: {
    'transfer-ring': 'Transferring',
    'transfer-complete': 'TransferCompleted',
    'transfer-fail': 'TransferFailed',
    ...HANG_UPS,
    ...BREAKS,
  },
  Transferring: {
    'transfer-complete': 'TransferCompleted',
    'transfer-fail': 'TransferFailed',
    ...HANG_UPS,
    ...BREAKS,
  },
  // The two parties talk on, or are on hold as before.
  TransferFailed: HOLDS,
  TransferCompleted: {},
  CallerHungUp: {},
  CalleeHungUp: {},
  Redirected: {},
  NotFound: {},
  Busy: {},
  Cancelled: {},
  NotAnswered: {},
  Error: {},
  Aborted: {},
};

/** Whether a session in that state is over. */
export function isFinal(state: SessionState): boolean {
  return Object.keys(SESSION_TABLE[state]).length === 0;
}

/** Whether both parties are there and neither is being transferred, so that they can hold and transfer. */
export function isAnswered(state: SessionState): boolean {
  return can(SESSION_TABLE, state, 'transfer-request');
}

/** The event for who holds now; a supervisor holds both. */
export function holdEvent(caller: boolean, callee: boolean, supervisor: boolean): SessionEvent {
  if (supervisor || (caller && callee)) return 'both-hold';
  if (caller) return 'caller-holds';
  return callee ? 'callee-holds' : 'nobody-holds';
}
