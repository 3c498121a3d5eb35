/** From a dialled number to the answer: routing, ringing all phones of an extension, the first to accept. */
import { randomUUID } from 'node:crypto';
import { route } from '../dial-plan/index.js';
import type { Route } from '../dial-plan/index.js';
import type { Party } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import { completeTransfer, unreached } from './ending.js';
import type { LegMedia } from './leg-media.js';
import type { Leg } from './leg.js';
import type { Session } from './session.js';
import { can } from './state-machine.js';
import { isFinal, SESSION_TABLE } from './session-states.js';
import type { Switchboard } from './switchboard.js';

/** Where a number leads; `asker` is who wants the connection, and may have fewer rights than the caller. */
export function routeFor(board: Switchboard, asker: Contact, caller: Leg, to: string, hops: number): Route {
  const { rings: only, outside: fromOutside = false } = asker;
  const request = { to, caller: caller.party.number, only, hops, fromOutside };
  return reachable(board, caller, route(request, board.dialPlan, board.directory));
}

/** A route, unless nobody is at its end, or nobody would be left in the call. */
export function reachable(board: Switchboard, caller: Leg, found: Route): Route {
  const absent =
    found.kind === 'ring'
      ? board.registrar.contactsOf(found.party.number).length === 0
      : found.kind === 'answer' && caller.media.isUnattended;
  return absent ? { kind: 'refused', reason: 'unavailable' } : found;
}

/** Starts the call of a leg whose media is ready; whom it leads to is found out next. */
export function dial(
  board: Switchboard,
  leg: Leg,
  to: string,
  { video = false, shownCaller = null }: { video?: boolean; shownCaller?: Party | null } = {},
): Session {
  // A visitor who dials nothing wants the one number there is.
  const dialed = to === '' ? (leg.contact.rings ?? '') : to;
  const session = board.newSession({ caller: leg, dialed, video, hops: 0 });
  session.shownCaller = shownCaller;
  leg.session = session;
  leg.remote = { number: dialed, name: '' };
  leg.step('dial');
  board.step(session, 'dial');
  board.legChanged(leg);
  return session;
}

/** Rings or is answered at the end of a route, or ends the session with the reason why there is none. */
export function place(board: Switchboard, session: Session, found: Route): void {
  if (found.kind === 'refused') {
    return unreached(board, session, found.reason === 'busy' ? 'reject' : 'not-found', found.reason);
  }
  const { caller } = session;
  session.calledParty = found.party;
  const called = calledLegs(board, session, found);
  // The line was there a moment ago.
  if (called.length === 0 && found.kind === 'line') {
    return unreached(board, session, 'not-found', 'unavailable');
  }
  for (const leg of called) {
    addCallee(session, leg);
    session.ringing.add(leg);
    leg.step('ring');
    board.legChanged(leg);
  }
  if (caller.session === session) {
    caller.remote = found.party;
    board.legChanged(caller);
  }
  // Whether somebody outside rings is not known yet: see `ringsOutside`.
  if (found.kind !== 'line') rings(board, session);
  if (found.kind === 'answer' && board.applications.at(found.party.number)?.application.answersAtOnce) {
    for (const leg of session.ringing) answer(board, session, leg);
    return;
  }
  session.ringMs = found.ringMs;
  ringFor(board, session, found.ringMs);
}

/** The callee rings: the caller is told so, or who transfers the caller there. */
function rings(board: Switchboard, session: Session): void {
  const { caller } = session;
  board.step(session, 'ring');
  if (caller.session === session) {
    // Who hears the far side already needs no ringback tone beside it.
    if (caller.state === 'dialing' && !session.early) caller.step('ring');
    board.legChanged(caller);
  }
  tellTransferor(board, session);
}

/** Somebody outside rings; with `early`, the caller hears from there already what it is told, or how it rings. */
export function ringsOutside(board: Switchboard, session: Session, leg: Leg, early: boolean): void {
  if (isFinal(session.state) || !session.ringing.has(leg)) return;
  if (early) session.early = leg;
  if (can(SESSION_TABLE, session.state, 'ring')) rings(board, session);
  board.settle(session);
}

/** Nobody answers when this time is up. */
export function ringFor(board: Switchboard, session: Session, ms: number): void {
  session.stopRingTimer = board.clock.setTimeout(() => {
    board.happen(() => unreached(board, session, 'no-answer', 'no-answer'));
  }, ms);
}

/** The phones of an extension, the one end of an application, or the far end of an outside line. */
function calledLegs(board: Switchboard, session: Session, found: Exclude<Route, { kind: 'refused' }>): Leg[] {
  const { number } = found.party;
  const leg = (contact: Contact, id: string, media?: LegMedia) =>
    board.newLeg({ id, contact, direction: 'incoming', ...(media && { media }) });
  if (found.kind === 'ring') {
    return board.registrar.contactsOf(number).map((contact) => leg(contact, randomUUID()));
  }
  const id = randomUUID();
  if (found.kind === 'line') {
    const { shownCaller } = session;
    const outside = board.lines.withId(found.line)?.call({ callId: id, number, shownCaller });
    return outside ? [leg(outside.contact, id, outside.media)] : [];
  }
  const service = board.applications.at(number);
  if (!service) return [];
  return [leg(service.contact, id, service.application.openMedia(id))];
}

/** Makes a leg a called one of this session. */
export function addCallee(session: Session, leg: Leg): void {
  const { contact, party } = session.caller;
  leg.session = session;
  leg.remote = session.shownCaller ?? party;
  leg.line = contact.account.kind === 'line' ? contact.account.id : '';
  session.participants.add(leg.party.number);
}

/** A leg answers: the other phones stop ringing, a transfer that led here is through, both sides talk. */
export function answer(board: Switchboard, session: Session, leg: Leg): void {
  const { caller } = session;
  const now = board.clock.now();
  session.stopRingTimer();
  // Outside, an answer may come without ringing before.
  if (can(SESSION_TABLE, session.state, 'ring')) rings(board, session);
  session.early = null;
  leg.step('answer');
  session.ringing.delete(leg);
  for (const other of session.ringing) board.endLeg(other, 'answered-elsewhere');
  session.ringing.clear();
  session.callee = leg;
  session.calledParty = leg.party;
  leg.answeredAt = now;
  board.step(session, 'answer');
  if (session.transferOf) completeTransfer(board, session.transferOf);
  if (caller.state === 'ringing' || caller.state === 'dialing') {
    caller.step('answer');
    caller.answeredAt = now;
  }
  caller.remote = leg.party;
  caller.line = leg.contact.account.kind === 'line' ? leg.contact.account.id : '';
  board.settle(session);
}

function tellTransferor(board: Switchboard, session: Session): void {
  const origin = session.transferOf;
  if (!origin?.transfer) return;
  const { transferor, to } = origin.transfer;
  transferor.transfer = { to, state: 'ringing' };
  if (can(SESSION_TABLE, origin.state, 'transfer-ring')) board.step(origin, 'transfer-ring');
  board.settle(origin);
}
