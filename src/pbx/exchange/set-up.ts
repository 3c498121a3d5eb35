/** Connecting two others: first the one is called, and when that one answers, the other. */
import { randomUUID } from 'node:crypto';
import { ProtocolError } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import { finish } from './ending.js';
import type { LegMedia } from './leg-media.js';
import { Leg } from './leg.js';
import { refusal } from './refusal.js';
import { routeFor } from './ringing.js';
import { seek } from './routing.js';
import type { Session } from './session.js';
import type { Switchboard } from './switchboard.js';

/** The media of a party that has not answered yet. */
const NO_MEDIA: LegMedia = {
  isUnattended: false,
  connected: Promise.resolve(),
  output: null,
  listenTo: () => {},
  sendDigits: () => Promise.reject(new ProtocolError('wrong-state', 'The caller has not answered yet.')),
  close: () => Promise.resolve(),
};

/**
 * Calls `caller`, to be connected with `callee`. Throws `not-found` when one of them cannot be reached; what
 * becomes of the call later is told by the session.
 */
export function setUp(board: Switchboard, asker: Contact, caller: string, callee: string): Session {
  const contacts = board.registrar.contactsOf(caller);
  const [first] = contacts;
  if (!board.directory.extension(caller)) throw refusal('not-found');
  if (!first) throw refusal('unavailable');
  const awaited = standIn(board, first);
  const found = routeFor(board, asker, awaited, callee, 0);
  if (found.kind === 'refused') throw refusal(found.reason);
  const session = board.newSession({ caller: awaited, dialed: callee, video: false, hops: 0 });
  session.setUpBy = asker;
  session.calledParty = found.party;
  awaited.session = session;
  awaited.step('dial');
  board.step(session, 'dial');
  for (const contact of contacts) {
    const leg = board.newLeg({ id: randomUUID(), contact, direction: 'incoming' });
    leg.session = session;
    leg.remote = found.party;
    session.ringing.add(leg);
    leg.step('ring');
    board.legChanged(leg);
  }
  session.stopRingTimer = board.clock.setTimeout(() => {
    board.happen(() => finish(board, session, 'no-answer', () => 'no-answer'));
  }, board.dialPlan.ringSeconds * 1000);
  return session;
}

/** The caller answers on one of its phones: now the callee is called. */
export function callerAnswers(board: Switchboard, session: Session, asker: Contact, leg: Leg): void {
  session.stopRingTimer();
  leg.step('answer');
  leg.answeredAt = board.clock.now();
  session.ringing.delete(leg);
  for (const other of session.ringing) board.endLeg(other, 'answered-elsewhere');
  session.ringing.clear();
  session.caller = leg;
  session.setUpBy = null;
  board.settle(session);
  seek(board, session, asker, session.dialed);
}

/** A leg in place of the caller's, as long as it is not known which phone will answer. */
function standIn(board: Switchboard, phone: Contact): Leg {
  const { identity, account, rings } = phone;
  const contact = { id: '', identity, account, rings, tell: () => {} };
  return new Leg({
    ...{ id: '', contact, kind: 'call', direction: 'outgoing' },
    ...{ media: NO_MEDIA, startedAt: board.clock.now() },
  });
}
