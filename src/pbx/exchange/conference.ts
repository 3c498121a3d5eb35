/**
 * A conference of calls that one phone has: all their parties and the one who merged them hear each other, and nobody
 * hears himself. Each call stays the session of two legs it was, with its own state, record and listeners; what a
 * conference changes is only what is heard.
 *
 * Who is on hold, holds, or is being transferred is out of it meanwhile, as {@link Session.hearingOf} says: is not heard,
 * and hears what is heard in any call, but for the phone that merged, which never hears music in its conference.
 */
import { randomUUID } from 'node:crypto';
import { ProtocolError } from '../../protocol/index.js';
import type { MediaMixer, MediaSource } from '../media/engine.js';
import { Relay } from '../media/relay.js';
import type { Contact } from '../registrar/index.js';
import type { Leg } from './leg.js';
import type { Switchboard } from './switchboard.js';

/** One call in it: what the other party says, as it goes into the mix. */
interface Seat {
  readonly said: Relay;
  readonly leave: () => void;
}

export class Conference {
  readonly #seats = new Map<Leg, Seat>();
  /** Who merged the calls. Each of that phone's legs carries the same microphone: it goes into the mix once. */
  readonly #host = new Relay();

  constructor(
    private readonly mixer: MediaMixer,
    readonly id: string = randomUUID(),
  ) {
    mixer.add(this.#host);
  }

  /** The legs of the phone that merged the calls, one for each. */
  get legs(): readonly Leg[] {
    return [...this.#seats.keys()];
  }

  add(leg: Leg): void {
    const said = new Relay();
    this.#seats.set(leg, { said, leave: this.mixer.add(said) });
    leg.conference = this;
  }

  /** A call is single again, or over. The conference is over with the last one. */
  remove(leg: Leg): void {
    const seat = this.#seats.get(leg);
    if (!seat) return;
    this.#seats.delete(leg);
    leg.conference = null;
    seat.said.from(null);
    seat.leave();
    if (this.#seats.size > 0) return;
    this.#host.from(null);
    this.mixer.close();
  }

  /** What is heard of a leg of this phone by its party, while that one takes part: all others. */
  voiceOf(leg: Leg): MediaSource | null {
    const seat = this.#seats.get(leg);
    return seat && takingPart(leg) ? this.mixer.output(seat.said) : leg.media.output;
  }

  /** What the phone that merged hears on a leg: all others on one, so that it hears them once, and nothing else. */
  heardOn(leg: Leg): MediaSource | null {
    return leg === this.#lead ? this.mixer.output(this.#host) : null;
  }

  /** Calls that cannot be in it (any more): see {@link misfits}. */
  get misfits(): Leg[] {
    return misfits(this.legs);
  }

  /** Brings the mix into line with who takes part now. */
  follow(): void {
    for (const [leg, { said }] of this.#seats) said.from(takingPart(leg)?.media.output ?? null);
    this.#host.from(this.#lead?.media.output ?? null);
  }

  /** The leg by which the phone that merged speaks and hears: one it does not hold. */
  get #lead(): Leg | undefined {
    return this.legs.find(({ holding }) => !holding);
  }
}

/** The party of a call, while it hears and is heard. */
function takingPart(leg: Leg): Leg | null {
  const party = leg.session?.peerOf(leg);
  return party && leg.session?.hearingOf(party).audio === 'peer' ? party : null;
}

/**
 * The calls that cannot be in one conference with those before them. Sound would go round in circles between two rooms
 * that are connected twice, or two conferences that are in each other; and a phone that is in it twice would hear itself.
 */
function misfits(legs: readonly Leg[]): Leg[] {
  const parties = new Set<Contact>();
  let unattended = false;
  return legs.filter((leg) => {
    const party = leg.session?.peerOf(leg);
    if (!party) return false;
    const { contact, media, conference } = party;
    if (conference || contact === leg.contact || parties.has(contact) || (media.isUnattended && unattended)) {
      return true;
    }
    parties.add(contact);
    unattended ||= media.isUnattended;
    return false;
  });
}

/** Merges answered calls of one phone, and the conferences some of them may be in. None of these is on hold then. */
export function merge(board: Switchboard, legs: readonly Leg[]): Conference {
  const joined = new Set(legs.flatMap(({ conference }) => conference ?? []));
  const all = [...new Set([...joined].flatMap((each) => [...each.legs]).concat(legs))];
  if (all.length < 2) throw new ProtocolError('wrong-state', 'Two calls are needed.');
  if (misfits(all).length > 0) {
    throw new ProtocolError(
      'wrong-state',
      'These calls cannot be merged: their parties are in a conference, or cannot be in one together.',
    );
  }
  const [conference = new Conference(board.createMixer())] = joined;
  for (const leg of all) {
    if (leg.conference === conference) continue;
    leg.conference?.remove(leg);
    conference.add(leg);
  }
  for (const leg of legs) leg.holding = false;
  for (const leg of all) board.settle(board.sessionOf(leg));
  return conference;
}

/** Brings the calls of a conference together again that an earlier process kept; one alone is single. */
export function reassemble(board: Switchboard, id: string, legs: readonly Leg[]): void {
  if (legs.length < 2) return;
  const conference = new Conference(board.createMixer(), id);
  for (const leg of legs) conference.add(leg);
  board.change(() => {
    for (const leg of legs) board.settle(board.sessionOf(leg));
  });
}

/** Takes the conference of a call apart: the phone goes on with this one, and the others are on hold. */
export function split(board: Switchboard, leg: Leg): void {
  const { conference } = leg;
  if (!conference) throw new ProtocolError('wrong-state', 'The call is in no conference.');
  for (const other of conference.legs) {
    conference.remove(other);
    other.holding = other !== leg;
    board.settle(board.sessionOf(other));
  }
}
