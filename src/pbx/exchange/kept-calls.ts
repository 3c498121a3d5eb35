/**
 * Calls that outlast the process: what has to be known of a session to go on with it, and how it is picked up again.
 * Only what two phones do by themselves is kept, and which of these calls one of them has merged; a transfer under way or a
 * script is over with the process.
 */
import * as v from 'valibot';
import { partySchema, sessionSchema, talkSchema } from '../../protocol/index.js';
import { described } from '../described.js';
import type { Contact } from '../registrar/index.js';
import { NO_LIVE_STORE } from '../storage/live-store.js';
import type { LiveStore } from '../storage/live-store.js';
import type { CallRecords } from '../storage/call-records.js';
import { reassemble } from './conference.js';
import { finish } from './ending.js';
import { Leg } from './leg.js';
import { PhoneMedia } from './phone-media.js';
import { ringFor } from './ringing.js';
import { Session } from './session.js';
import { isAnswered } from './session-states.js';
import type { Switchboard } from './switchboard.js';

/** How long both parties may take to come back and renew their media, in milliseconds. */
export const PICK_UP_MS = 30_000;
/** A call that rings goes on ringing this long at least, so that somebody can answer it. */
const RING_AT_LEAST_MS = 5000;

const party = described(partySchema);

const legSchema = v.object({
  id: v.string(),
  contactId: v.string(),
  direction: v.picklist(['incoming', 'outgoing']),
  state: v.picklist(['ringing', 'active']),
  holding: v.boolean(),
  remote: party,
  line: v.string(),
  startedAt: v.number(),
  answeredAt: v.nullable(v.number()),
  talk: described(talkSchema),
  /** The conference this party merged the call into. */
  conference: v.optional(v.nullable(v.string()), null),
});
type KeptLeg = v.InferOutput<typeof legSchema>;

const keptSchema = v.object({
  session: described(sessionSchema),
  video: v.boolean(),
  hops: v.number(),
  ringMs: v.number(),
  supervisorHolds: v.boolean(),
  calledParty: party,
  shownCaller: v.nullable(party),
  participants: v.array(v.string()),
  caller: legSchema,
  callee: v.nullable(legSchema),
  ringing: v.array(legSchema),
});
type Kept = v.InferOutput<typeof keptSchema>;

/** The phones that are waited for, by their ids. */
type ContactOf = (id: string) => Contact | undefined;

/** Writes a session down as it is now; one that is over, or could not be gone on with, is not kept any longer. */
export function keep(store: LiveStore, session: Session): void {
  store.put('session', session.id, describe(session));
}

/** What is kept of a session; null when it cannot be picked up. */
function describe(session: Session): Kept | null {
  const { caller, callee, ringing } = session;
  const simple = !session.transfer && !session.transferOf && !session.setUpBy && !session.seekOn;
  const goesOn = isAnswered(session.state) || session.state === 'Ringing';
  const legs = [caller, callee, ...ringing].filter((leg) => leg !== null);
  const phones = legs.every(
    (leg) =>
      leg.session === session &&
      leg.media instanceof PhoneMedia &&
      (leg.state === 'ringing' || leg.state === 'active'),
  );
  if (!simple || !goesOn || !phones) return null;
  return {
    session: session.snapshot(),
    video: session.video,
    hops: session.hops,
    ringMs: session.ringMs,
    supervisorHolds: session.supervisorHolds,
    calledParty: session.calledParty,
    shownCaller: session.shownCaller,
    participants: [...session.participants],
    caller: describeLeg(caller),
    callee: callee && describeLeg(callee),
    ringing: [...ringing].map(describeLeg),
  };
}

function describeLeg(leg: Leg): KeptLeg {
  const { id, contact, direction, state, holding, remote, line, startedAt, answeredAt, talk } = leg;
  return {
    ...{ id, contactId: contact.id, direction, state: state === 'active' ? state : 'ringing', holding },
    ...{ remote, line, startedAt, answeredAt, talk: talk.snapshot(), conference: leg.conference?.id ?? null },
  };
}

/**
 * Takes the calls of an earlier process up where it left them. Their media begin with the phones' next offers; a
 * call whose parties do not both have theirs in time ends as `Aborted`, as does at once what has lost a party.
 */
export function pickUpCalls(
  board: Switchboard,
  { live: store = NO_LIVE_STORE, records }: { live?: LiveStore; records: CallRecords },
  contactOf: ContactOf,
): void {
  const conferences = new Map<string, Leg[]>();
  for (const [id, content] of store.list('session')) {
    const kept = v.safeParse(keptSchema, content);
    if (!kept.success) {
      store.put('session', id, null);
      continue;
    }
    const session = restore(board, kept.output, contactOf);
    if (session) {
      for (const { id, conference } of [kept.output.caller, kept.output.callee].flatMap((leg) => leg ?? []))
        if (conference)
          conferences.set(conference, [...(conferences.get(conference) ?? []), board.legs.get(id)!]);
      continue;
    }
    const { session: data } = kept.output;
    const talk = { ...data.talk, since: null };
    records.save({ ...data, state: 'Aborted', talk }, data.stateSince);
    store.put('session', id, null);
  }
  for (const [id, legs] of conferences) reassemble(board, id, legs);
}

function restore(board: Switchboard, kept: Kept, contactOf: ContactOf): Session | null {
  const legs = [kept.caller, kept.callee, ...kept.ringing].flatMap((leg) => leg ?? []);
  const contacts = legs.map(({ contactId }) => contactOf(contactId));
  if (!contacts.every((contact) => contact !== undefined)) return null;
  const { session: data } = kept;
  const [caller, ...others] = legs.map((leg, index) => restoreLeg(board, leg, contacts[index]!));
  const session = new Session({
    ...{ id: data.id, masterId: data.masterId, caller: caller!, dialed: data.dialedNumber },
    ...{ video: kept.video, hops: kept.hops, startedAt: data.startedAt, before: data },
  });
  board.sessions.set(session.id, session);
  Object.assign(session, {
    ringMs: kept.ringMs,
    supervisorHolds: kept.supervisorHolds,
    calledParty: kept.calledParty,
    shownCaller: kept.shownCaller,
  } satisfies Partial<Session>);
  for (const number of kept.participants) session.participants.add(number);
  if (kept.callee) session.callee = others.shift()!;
  for (const leg of others) session.ringing.add(leg);
  for (const leg of [caller!, session.callee, ...session.ringing]) if (leg) leg.session = session;
  if (session.state === 'Ringing') {
    const left = data.stateSince + kept.ringMs - board.clock.now();
    ringFor(board, session, Math.max(RING_AT_LEAST_MS, left));
  }
  board.change(() => board.settle(session));
  board.holdPlace(() => expire(board, session), PICK_UP_MS);
  board.log.info({ sessionId: session.id, state: session.state }, 'a call is waited for');
  return session;
}

function restoreLeg(board: Switchboard, kept: KeptLeg, contact: Contact): Leg {
  const { id, direction, startedAt, state, talk } = kept;
  const leg = new Leg({
    ...{ id, contact, direction, startedAt, kind: 'call', media: board.createPhoneMedia() },
    before: { state, talk },
  });
  const { holding, remote, line, answeredAt } = kept;
  Object.assign(leg, { holding, remote, line, answeredAt } satisfies Partial<Leg>);
  board.legs.set(id, leg);
  return leg;
}

/** The time to come back is up. */
function expire(board: Switchboard, session: Session): void {
  const missing = session
    .legs()
    .some((leg) => !session.ringing.has(leg) && (leg.media as PhoneMedia).output === null);
  if (board.sessions.has(session.id) && missing) finish(board, session, 'abort', () => 'shutdown');
}
