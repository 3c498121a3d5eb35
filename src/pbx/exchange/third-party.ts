/** Third-party call control beyond what phones ask for: announcements, recordings, joining calls, a list of all. */
import { ProtocolError } from '../../protocol/index.js';
import type { Session as SessionData } from '../../protocol/index.js';
import type { MediaSource } from '../media/engine.js';
import type { Contact } from '../registrar/index.js';
import { Announcement } from './announcement.js';
import { tap } from './audience.js';
import type { Leg } from './leg.js';
import { controllable, mustBeAnswered } from './rights.js';
import type { Session } from './session.js';
import { isFinal } from './session-states.js';
import type { Switchboard } from './switchboard.js';
import { blindTransfer, join } from './transfers.js';

/** A call as it is now, or at the moment it changed. */
export interface CallInfo {
  readonly session: SessionData;
  /** The number the caller is shown by. */
  readonly callerId: string;
  readonly answeredAt: number | null;
  /** It has come to its end. */
  readonly over: boolean;
}

export function callInfo(session: Session): CallInfo {
  return {
    session: session.snapshot(),
    callerId: session.shownCaller?.number ?? session.caller.party.number,
    answeredAt: session.callee?.answeredAt ?? null,
    over: isFinal(session.state),
  };
}

export class ThirdParty {
  constructor(private readonly board: Switchboard) {}

  /** Every call there is, in the order they began. */
  calls(): CallInfo[] {
    return [...this.board.sessions.values()].map(callInfo);
  }

  /** One call; throws `not-found` when there is none, or the contact may not control it. */
  call(contact: Contact, sessionId: string): CallInfo {
    return callInfo(controllable(this.board, contact, sessionId));
  }

  /**
   * Lets one party hear a source over what it hears anyway; the former announcement to it ends. Returns the way to
   * end it; `ended` is called once, however it ends. Throws `wrong-state` before that party has answered.
   */
  announce(
    contact: Contact,
    sessionId: string,
    party: 'caller' | 'callee',
    said: MediaSource,
    ended: () => void,
  ): () => void {
    const leg = this.#party(contact, sessionId, party);
    leg.announcement?.close();
    const announcement = new Announcement(this.board.createMixer(), said, () => {
      if (leg.announcement === announcement) leg.announcement = null;
      ended();
    });
    leg.announcement = announcement;
    this.#settle(leg);
    return () => {
      if (leg.announcement !== announcement) return;
      announcement.close();
      this.#settle(leg);
    };
  }

  /**
   * Taps what both parties say, in step: 20 ms of sound each time (see `MediaMixer.tap`), through transfers and
   * until the call ends. Returns the way to stop; `ended` is called when the call is over first.
   */
  tap(
    contact: Contact,
    sessionId: string,
    listener: (frame: Int16Array) => void,
    ended: () => void,
  ): () => void {
    const session = controllable(this.board, contact, sessionId);
    if (!session.callee)
      throw new ProtocolError('wrong-state', 'There is nothing to record before the answer.');
    return tap(this.board, session, listener, ended);
  }

  /** Lets one party hear digits (RFC 4733). Resolves when they are sent. */
  async sendDigits(
    contact: Contact,
    sessionId: string,
    party: 'caller' | 'callee',
    digits: string,
  ): Promise<void> {
    await this.#party(contact, sessionId, party).media.sendDigits(digits);
  }

  /** Blind transfer of a party's peer. Returns the id of the session with the target, which may be over already. */
  transfer(contact: Contact, sessionId: string, transferor: 'caller' | 'callee', to: string): string {
    const session = controllable(this.board, contact, sessionId);
    mustBeAnswered(session);
    const leg = this.#party(contact, sessionId, transferor);
    return this.board.change(() => blindTransfer(this.board, leg, to, contact)).id;
  }

  /**
   * Attended transfer: somebody is in both calls; the two it talks with are connected, and it is out.
   * Throws `wrong-state` when nobody is in both, or one of them is not answered.
   */
  joinSessions(contact: Contact, transferredId: string, targetId: string): void {
    const [transferred, target] = [transferredId, targetId].map((id) => {
      const session = controllable(this.board, contact, id);
      mustBeAnswered(session);
      return session;
    }) as [Session, Session];
    for (const first of transferred.legs()) {
      const second = target.legs().find((leg) => leg.party.number === first.party.number);
      if (second) return this.board.change(() => join(this.board, first, second));
    }
    throw new ProtocolError('wrong-state', 'Nobody is in both calls.');
  }

  #party(contact: Contact, sessionId: string, party: 'caller' | 'callee'): Leg {
    const session = controllable(this.board, contact, sessionId);
    const leg = party === 'caller' ? session.caller : session.callee;
    if (leg?.session !== session || leg.state !== 'active') {
      throw new ProtocolError('wrong-state', 'This party has not answered.');
    }
    return leg;
  }

  /** Connects a leg to what it is to hear now. */
  #settle(leg: Leg): void {
    const { session } = leg;
    if (session && leg.state === 'active') this.board.change(() => this.board.settle(session));
  }
}
