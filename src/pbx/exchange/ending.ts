/** How sessions end, and what becomes of a transfer when one of those concerned leaves. */
import type { EndReason } from '../../protocol/index.js';
import { endAudience, moveAudience } from './audience.js';
import type { Leg } from './leg.js';
import type { Session, Unreached } from './session.js';
import type { SessionEvent } from './session-states.js';
import type { Switchboard } from './switchboard.js';

/** Ends a session by an event; each leg in it is told its reason. */
export function finish(
  board: Switchboard,
  session: Session,
  event: SessionEvent,
  reasonFor: (leg: Leg) => EndReason,
): void {
  board.step(session, event);
  session.stopRingTimer();
  // Whom this session was calling for a transfer is not wanted any more.
  const target = session.transfer?.target;
  session.transfer = null;
  if (target) {
    target.transferOf = null;
    finish(board, target, 'cancel', () => 'cancelled');
  }
  const legs = session.legs();
  // A transfer this session was to complete has failed; its party is still in the session it came from.
  const origin = session.transferOf;
  session.transferOf = null;
  if (origin) failTransfer(board, origin, reasonFor(session.caller));
  for (const leg of legs) board.endLeg(leg, reasonFor(leg));
  endAudience(board, session);
  session.ringing.clear();
  session.early = null;
}

/** Nobody was reached: whoever routes the call may know another number, otherwise the session ends. */
export function unreached(board: Switchboard, session: Session, event: Unreached, reason: EndReason): void {
  const { seekOn } = session;
  if (!seekOn) return finish(board, session, event, () => reason);
  session.stopRingTimer();
  session.early = null;
  for (const leg of session.ringing) board.endLeg(leg, reason);
  session.ringing.clear();
  // A number that could not even ring leaves the session where it was.
  if (session.state === 'Ringing') board.step(session, session.transferOf ? 'transfer-seek' : 'seek');
  seekOn(event, reason);
}

/** A leg goes, whatever its session is doing. `reason` is the one for its own side. */
export function leave(board: Switchboard, leg: Leg, reason: EndReason): void {
  const { session } = leg;
  if (leg.state === 'ended') return;
  if (!session) {
    board.endLeg(leg, reason);
  } else if (session.ringing.has(leg)) {
    leaveRinging(board, session, leg, reason);
  } else if (session.transfer?.transferor === leg) {
    leaveTransfer(board, session, leg, reason);
  } else if (session.callee) {
    const event = session.caller === leg ? 'caller-hung-up' : 'callee-hung-up';
    finish(board, session, event, (other) => (other === leg ? reason : 'remote-hung-up'));
  } else {
    finish(board, session, 'cancel', (other) => (other === leg ? reason : 'cancelled'));
  }
}

/** Ends a session as its caller would, whatever it is doing. */
export function hangUpFor(board: Switchboard, session: Session): void {
  const { caller } = session;
  if (caller.session === session) leave(board, caller, 'hung-up');
  // The party this one is calling for is still in another session, and stays there.
  else finish(board, session, 'cancel', () => 'cancelled');
}

/** One of the phones that ring is gone; the others ring on. */
function leaveRinging(board: Switchboard, session: Session, leg: Leg, reason: EndReason): void {
  session.ringing.delete(leg);
  board.endLeg(leg, reason);
  if (session.ringing.size > 0) return;
  if (session.setUpBy) finish(board, session, 'not-found', () => 'unavailable');
  else unreached(board, session, 'not-found', 'unavailable');
}

/** Who asked for a transfer leaves before it is through: it goes on for the other party. */
function leaveTransfer(board: Switchboard, session: Session, leg: Leg, reason: EndReason): void {
  const { transfer } = session;
  if (!transfer) return;
  const { transferee, target } = transfer;
  session.transfer = null;
  target.transferOf = null;
  transferee.session = target;
  transferee.remote = target.calledParty;
  moveAudience(board, session, target);
  finish(board, session, session.caller === leg ? 'caller-hung-up' : 'callee-hung-up', () => reason);
  board.settle(target);
}

/** The target of a transfer was not reached: the two parties are as before, and the one who asked is told why. */
export function failTransfer(board: Switchboard, session: Session, reason: EndReason): void {
  const { transfer } = session;
  if (!transfer) return;
  session.transfer = null;
  board.step(session, 'transfer-fail');
  transfer.transferor.transfer = { to: transfer.to, state: 'failed', reason };
  board.settle(session);
}

/** The target answered: the other party is its caller now, and the one who asked is out of it. */
export function completeTransfer(board: Switchboard, session: Session): void {
  const { transfer } = session;
  if (!transfer) return;
  session.transfer = null;
  transfer.transferee.session = transfer.target;
  transfer.transferee.transfer = null;
  transfer.target.transferOf = null;
  moveAudience(board, session, transfer.target);
  finish(board, session, 'transfer-complete', () => 'transferred');
}
