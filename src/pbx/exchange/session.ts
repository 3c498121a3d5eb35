/** A session: the conversation two legs have or are about to have. */
import type { EndReason, Party, Session as SessionData, SessionState, Talk } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import type { Audience } from './audience.js';
import type { Leg } from './leg.js';
import { hearing } from './hearing.js';
import type { Hearing } from './hearing.js';
import { isAnswered, SESSION_TABLE } from './session-states.js';
import type { SessionEvent } from './session-states.js';
import { next } from './state-machine.js';
import { TalkTime } from './talk-time.js';

/** What a session starts with. */
export interface NewSession {
  readonly id: string;
  /** The first session of a chain of transfers; left out for one that starts a chain. */
  readonly masterId?: string;
  readonly caller: Leg;
  readonly dialed: string;
  /** The caller offered video. */
  readonly video: boolean;
  /** How often the call was sent on before. */
  readonly hops: number;
  readonly startedAt: number;
  /** How far it had come, when it is picked up again. */
  readonly before?: Pick<SessionData, 'state' | 'stateSince' | 'talk'>;
}

/** A blind transfer under way: one party leaves, for the other a target is being called. */
export interface TransferUnderWay {
  readonly transferor: Leg;
  readonly transferee: Leg;
  readonly to: string;
  /** The session between the transferee and the target. */
  target: Session;
}

/** How it shows that nobody was reached at a number. */
export type Unreached = 'reject' | 'not-found' | 'no-answer';

export class Session {
  readonly id: string;
  readonly masterId: string;
  /** While a call is being set up for somebody, who has not answered yet, a leg that stands for that one. */
  caller: Leg;
  readonly dialed: string;
  readonly video: boolean;
  readonly hops: number;
  readonly startedAt: number;
  /** Whom the called party is shown instead of the caller itself. */
  shownCaller: Party | null = null;
  /** Looks for another number when nobody was reached; null when the call ends then. */
  seekOn: ((event: Unreached, reason: EndReason) => void) | null = null;
  /** Whom the caller hears before the answer: an announcement or ringback tone from outside (early media). */
  early: Leg | null = null;
  /** The leg that answered. */
  callee: Leg | null = null;
  /** Who is called; once answered: who answered. */
  calledParty: Party;
  /** The legs that ring: the callee's, or while a call is set up, the caller's. */
  readonly ringing = new Set<Leg>();
  /** Who has this call set up between two others; until the caller answers. */
  setUpBy: Contact | null = null;
  /** Those who listen unheard. */
  audience: Audience | null = null;
  /** A supervisor holds both parties. */
  supervisorHolds = false;
  /** The blind transfer one of the parties asked for. */
  transfer: TransferUnderWay | null = null;
  /** The session whose transfer this one will complete. */
  transferOf: Session | null = null;
  /** How long its phones ring. */
  ringMs = 0;
  /** Prevents the end of ringing. */
  stopRingTimer: () => void = () => {};
  /** Numbers of everybody who was ever part of it: they are told to its end, also when others took over. */
  readonly participants = new Set<string>();
  readonly #talk: TalkTime;
  #state: SessionState;
  #stateSince: number;

  constructor({ id, masterId, caller, dialed, video, hops, startedAt, before }: NewSession) {
    this.id = id;
    this.masterId = masterId ?? id;
    this.caller = caller;
    this.dialed = dialed;
    this.video = video;
    this.hops = hops;
    this.startedAt = startedAt;
    this.calledParty = { number: dialed, name: '' };
    this.#state = before?.state ?? 'Created';
    this.#stateSince = before?.stateSince ?? startedAt;
    this.#talk = new TalkTime(before?.talk);
    this.participants.add(caller.party.number);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Moves on; throws `wrong-state` when that cannot happen now. */
  step(event: SessionEvent, now: number): void {
    const state = next(SESSION_TABLE, this.#state, event);
    if (state === this.#state) return;
    this.#state = state;
    this.#stateSince = now;
    this.#talk.run(state === 'InCall', now);
  }

  /** The legs that are in this session now. */
  legs(): Leg[] {
    return [this.caller, this.callee, ...this.ringing].filter((leg): leg is Leg => leg?.session === this);
  }

  /** The other party of a leg; null before the answer. */
  peerOf(leg: Leg): Leg | null {
    if (!this.callee) return null;
    return leg === this.caller ? this.callee : this.caller;
  }

  /** Whom a leg hears, when it hears somebody: its peer, or before the answer what comes early from outside. */
  heardBy(leg: Leg): Leg | null {
    return leg === this.caller && this.early ? this.early : this.peerOf(leg);
  }

  /** Whether a leg waits: held, or being connected to somebody else. */
  isHeld(leg: Leg): boolean {
    return this.#isWaiting(leg) || (this.callee !== null && this.#isHeldByOther(leg));
  }

  /** Whom a leg hears and sees now. */
  hearingOf(leg: Leg): Hearing {
    return hearing({
      connected: this.heardBy(leg) !== null,
      waiting: this.#isWaiting(leg),
      held: this.#isHeldByOther(leg),
      // The picture stops for both sides when either holds.
      holding: leg.holding,
      transferring: this.transfer?.transferor === leg,
    });
  }

  snapshot(): SessionData {
    const { caller, callee, calledParty } = this;
    const source = caller.contact.account;
    const destination = callee?.contact.account;
    // While a call is set up, those that ring are its caller's.
    const [rung] = this.setUpBy ? [] : this.ringing;
    return {
      id: this.id,
      masterId: this.masterId,
      state: this.#state,
      direction: this.#direction(rung),
      caller: caller.party.number,
      callee: calledParty.number,
      callerName: caller.party.name,
      calleeName: calledParty.name,
      callerLegId: caller.id,
      calleeLegId: callee?.id ?? '',
      source: source.id,
      sourceType: source.type,
      destination: destination?.id ?? (rung?.contact.outside ? rung.contact.account.id : calledParty.number),
      destinationType: destination?.type ?? rung?.contact.account.type ?? '',
      dialedNumber: this.dialed,
      startedAt: this.startedAt,
      stateSince: this.#stateSince,
      talk: this.talk,
    };
  }

  get talk(): Talk {
    return this.#talk.snapshot();
  }

  /** Out of the house when somebody in it called through a line, into it when somebody came in by one. */
  #direction(rung: Leg | undefined): SessionData['direction'] {
    const callee = this.callee ?? rung;
    const [from, to] = [this.caller, callee].map((leg) => leg?.contact.account.kind === 'line');
    if (to && callee?.direction === 'incoming') return 'Outbound';
    return from || to ? 'Inbound' : 'Internal';
  }

  /** The party that stays in a transfer, or that was left in a session nobody has answered yet. */
  #isWaiting(leg: Leg): boolean {
    if (this.transfer) return this.transfer.transferee === leg;
    return this.callee === null && leg.state === 'active';
  }

  #isHeldByOther(leg: Leg): boolean {
    return this.supervisorHolds || (this.peerOf(leg)?.holding ?? false);
  }

  /** Whether both parties are there and neither is being transferred. */
  get answered(): boolean {
    return isAnswered(this.#state);
  }
}
