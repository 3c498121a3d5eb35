/** Connecting parties anew: blind and attended transfer, forwarding a call that rings. */
import { ProtocolError } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import { moveAudience } from './audience.js';
import { finish } from './ending.js';
import type { Leg } from './leg.js';
import { place, routeFor } from './ringing.js';
import { seek } from './routing.js';
import { refusal } from './refusal.js';
import type { Session } from './session.js';
import type { Switchboard } from './switchboard.js';

/**
 * Blind transfer: `transferor` wants out, its peer is to be connected to `to`. `asker` is whose rights count:
 * the transferor itself or a supervisor. Until the target answers, the two stay in their session. Returns the
 * session with the target.
 */
export function blindTransfer(board: Switchboard, transferor: Leg, to: string, asker: Contact): Session {
  const session = board.sessionOf(transferor);
  const transferee = session.peerOf(transferor);
  if (!transferee) throw new ProtocolError('wrong-state', 'There is nobody to transfer.');
  board.step(session, 'transfer-request');
  const hops = session.hops + 1;
  const target = board.newSession({
    masterId: session.masterId,
    caller: transferee,
    dialed: to,
    video: session.video,
    hops,
  });
  target.transferOf = session;
  session.transfer = { transferor, transferee, to, target };
  transferor.transfer = { to, state: 'trying' };
  board.step(target, 'transfer-dial');
  board.settle(session);
  seek(board, target, asker, to);
  return target;
}

/** Attended transfer: the far sides of two answered calls of one phone are connected, and the phone is out. */
export function join(board: Switchboard, first: Leg, second: Leg): void {
  const sessions = [board.sessionOf(first), board.sessionOf(second)] as const;
  const parties = [sessions[0].peerOf(first), sessions[1].peerOf(second)] as const;
  const [caller, callee] = parties;
  // The two may be both ends of one call, where a phone came to talk with its own extension.
  if (sessions[0] === sessions[1] || !sessions.every(({ answered }) => answered) || !caller || !callee) {
    throw new ProtocolError('wrong-state', 'Two calls that are both answered are needed.');
  }
  if (caller.media.isUnattended && callee.media.isUnattended) {
    throw new ProtocolError('wrong-state', 'Nobody would be left in the call.');
  }
  const joined = board.newSession({
    masterId: sessions[0].masterId,
    caller,
    dialed: callee.party.number,
    video: sessions[0].video,
    hops: Math.max(sessions[0].hops, sessions[1].hops) + 1,
  });
  takeOver(joined, caller, callee);
  takeOver(joined, callee, caller);
  joined.callee = callee;
  joined.calledParty = callee.party;
  for (const session of sessions) {
    board.step(session, 'transfer-request');
    moveAudience(board, session, joined);
    finish(board, session, 'transfer-complete', () => 'transferred');
  }
  board.step(joined, 'join');
  board.settle(joined);
}

/** Sends a call that rings on to another number. A number that cannot be reached leaves it ringing. */
export function forward(board: Switchboard, session: Session, to: string, asker: Contact): void {
  const { caller } = session;
  if (session.state !== 'Ringing') {
    throw new ProtocolError('wrong-state', 'Only a call that rings can be forwarded.');
  }
  const hops = session.hops + 1;
  const found = routeFor(board, asker, caller, to, hops);
  if (found.kind === 'refused') throw refusal(found.reason);
  const onward = board.newSession({
    masterId: session.masterId,
    caller,
    dialed: to,
    video: session.video,
    hops,
  });
  onward.shownCaller = session.shownCaller;
  onward.transferOf = session.transferOf;
  session.transferOf = null;
  if (onward.transferOf?.transfer) onward.transferOf.transfer.target = onward;
  if (caller.session === session) {
    caller.session = onward;
    // A party that was transferred here is in a call already and waits with music.
    if (caller.state === 'ringing') caller.step('redirect');
  }
  moveAudience(board, session, onward);
  finish(board, session, 'redirect', () => 'forwarded');
  board.step(onward, caller.state === 'active' ? 'transfer-dial' : 'dial');
  place(board, onward, found);
}

function takeOver(session: Session, leg: Leg, other: Leg): void {
  leg.session = session;
  leg.remote = other.party;
  leg.line = other.contact.account.kind === 'line' ? other.contact.account.id : '';
  leg.transfer = null;
  session.participants.add(leg.party.number);
}
