import type { Session } from '../../../phone/state.js';

/** The states in which somebody is held. */
const HELD: readonly string[] = ['CalleeOnHold', 'CallerOnHold', 'OnHold', 'OnHoldInactive'];

/** The states after which nothing can be done. */
const OVER: readonly string[] = [
  'CallerHungUp',
  'CalleeHungUp',
  'Redirected',
  'NotFound',
  'Busy',
  'Cancelled',
  'NotAnswered',
  'Error',
  'Aborted',
];

/** Whether somebody in a session is held. */
export function isHeld({ state }: Session): boolean {
  return HELD.includes(state);
}

/** Whether the two parties are connected, held or not, so that they can be held and transferred. */
export function isUp(session: Session): boolean {
  return session.state === 'InCall' || session.state === 'TransferFailed' || isHeld(session);
}

/** Whether there is still something to close. */
export function isLive({ state }: Session): boolean {
  return !OVER.includes(state);
}
