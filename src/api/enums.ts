/** The constants of the JavaScript API. Pages compare with them or with the texts themselves. */

/** How the connection stands, as `info.State` of `onConnectionStateChanged`. */
export const ConnectionState = Object.freeze({
  ACCESS_GRANTED: 'ACCESS_GRANTED',
  ACCESS_DENIED: 'ACCESS_DENIED',
  CONNECTION_FAILED: 'CONNECTION_FAILED',
  CONNECTION_CLOSED: 'CONNECTION_CLOSED',
} as const);
export type ConnectionState = keyof typeof ConnectionState;

/** The states of a call of this client. */
export const CallState = Object.freeze({
  RINGING: 'RINGING',
  ANSWERED: 'ANSWERED',
  IN_CALL: 'IN_CALL',
  HOLD: 'HOLD',
  NOT_FOUND: 'NOT_FOUND',
  REJECTED: 'REJECTED',
  BUSY: 'BUSY',
  COMPLETED: 'COMPLETED',
} as const);
export type CallState = keyof typeof CallState;

/** The states of a session ("Session class", Enumerations). */
export const SessionState = Object.freeze({
  RINGING: 'Ringing',
  INCALL: 'InCall',
  CALLEEONHOLD: 'CalleeOnHold',
  CALLERONHOLD: 'CallerOnHold',
  ONHOLD: 'OnHold',
  ONHOLDINACTIVE: 'OnHoldInactive',
  TRANSFERREQUESTED: 'TransferRequested',
  TRANSFERRING: 'Transferring',
  TRANSFERCOMPLETED: 'TransferCompleted',
  TRANSFERFAILED: 'TransferFailed',
  CALLERHUNGUP: 'CallerHungUp',
  CALLEEHUNGUP: 'CalleeHungUp',
  REDIRECTED: 'Redirected',
  NOTFOUND: 'NotFound',
  BUSY: 'Busy',
  CANCELLED: 'Cancelled',
  NOTANSWERED: 'NotAnswered',
  ERROR: 'Error',
  ABORTED: 'Aborted',
} as const);
export type SessionState = (typeof SessionState)[keyof typeof SessionState];

/** The seven states of the older API generation ("onSessionStateChanged event"). */
export type LegacySessionState =
  'RINGING' | 'NOT_FOUND' | 'REJECTED' | 'HOLD' | 'IN_CALL' | 'COMPLETED' | 'BUSY';

/** What a call is made with. */
export const CallType = Object.freeze({ AUDIO: 'AUDIO', VIDEO: 'VIDEO' } as const);
export type CallType = keyof typeof CallType;

/** Whether another web client, or a webphone that was asked about, is there. */
export type ClientStatus = 'ONLINE' | 'OFFLINE';
