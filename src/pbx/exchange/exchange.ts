/** The exchange: everything a phone can ask for, checked against whose call it is and what it may do. */
import { ProtocolError } from '../../protocol/index.js';
import type {
  Call,
  CheckedParams,
  EndReason,
  Privilege,
  Session as SessionData,
} from '../../protocol/index.js';
import type { LegObserver } from '../media/engine.js';
import type { Contact } from '../registrar/index.js';
import { finish, leave } from './ending.js';
import type { Leg } from './leg.js';
import { mayView } from './outbox.js';
import { addCallee, answer, dial } from './ringing.js';
import type { Session } from './session.js';
import { Switchboard } from './switchboard.js';
import type { ExchangeParts } from './switchboard.js';
import { blindTransfer, forward, join } from './transfers.js';

/** How many calls one phone can have at once; each of them holds sockets and memory of the phone system. */
export const MAX_CALLS_PER_CONTACT = 16;

/** A digit a party pressed in a call. */
export interface DigitPress {
  readonly sessionId: string;
  readonly legId: string;
  readonly digit: string;
}

export class Exchange {
  readonly #board: Switchboard;
  readonly #digitListeners = new Set<(press: DigitPress) => void>();
  #closed = false;

  constructor(parts: ExchangeParts) {
    this.#board = new Switchboard(parts);
  }

  get sessionCount(): number {
    return this.#board.sessions.size;
  }

  get legCount(): number {
    return this.#board.legs.size;
  }

  /** Tells every digit a party presses. Returns the way to stop. */
  onDigit(listener: (press: DigitPress) => void): () => void {
    this.#digitListeners.add(listener);
    return () => this.#digitListeners.delete(listener);
  }

  /** The calls a phone has. */
  callsOf(contact: Contact): Call[] {
    return this.#legsOf(contact).map((leg) => leg.snapshot());
  }

  /** The sessions a phone may see. */
  sessionsFor(contact: Contact): SessionData[] {
    return [...this.#board.sessions.values()]
      .filter((session) => mayView(contact, session))
      .map((session) => session.snapshot());
  }

  /**
   * Makes the media for a call and returns the answer to the offer. The number is dialled by `proceed`, so that
   * the caller has the answer before it is told how the call goes on.
   */
  async start(
    contact: Contact,
    { callId, to, offer, video }: CheckedParams<'call.start'>,
  ): Promise<{ answer: string; proceed: () => void }> {
    const leg = this.#newLeg(contact, callId, 'outgoing');
    const sdp = await this.#openNewMedia(leg, offer);
    return {
      answer: sdp,
      proceed: () => {
        // Hung up, or the phone is gone, in between.
        if (leg.state !== 'created') return;
        this.#board.happen(() => dial(this.#board, leg, to, video));
      },
    };
  }

  /** Answers a ringing call. The first phone whose media is ready has it. */
  async accept(contact: Contact, { callId, offer }: CheckedParams<'call.accept'>): Promise<string> {
    const leg = this.#ringingLeg(contact, callId);
    const sdp = await this.#openMedia(leg, offer);
    this.#board.change(() => answer(this.#board, this.#board.sessionOf(leg), leg));
    return sdp;
  }

  /** Takes the call that rings longest at another extension; needs the privilege `calls.pickup`. */
  async pickUp(
    contact: Contact,
    { callId, extension, offer }: CheckedParams<'call.pickup'>,
  ): Promise<string> {
    if (!contact.identity.privileges.includes('calls.pickup')) throw lacking('calls.pickup');
    const session = [...this.#board.sessions.values()].find(
      ({ ringing, caller }) =>
        caller.party.number !== contact.identity.number &&
        [...ringing].some(({ party }) => party.number === extension),
    );
    if (!session) throw new ProtocolError('not-found', 'No call is ringing there.');
    const leg = this.#newLeg(contact, callId, 'incoming');
    const sdp = await this.#openNewMedia(leg, offer);
    if (session.state !== 'Ringing') {
      this.#board.dropLeg(leg);
      throw new ProtocolError('wrong-state', 'The call has stopped ringing.');
    }
    this.#board.change(() => {
      addCallee(session, leg);
      leg.step('ring');
      answer(this.#board, session, leg);
    });
    return sdp;
  }

  /** Declines a ringing call for all phones of the extension. */
  reject(contact: Contact, callId: string): void {
    const leg = this.#ringingLeg(contact, callId);
    const session = this.#board.sessionOf(leg);
    this.#board.change(() => finish(this.#board, session, 'reject', () => 'rejected'));
  }

  forward(contact: Contact, callId: string, to: string): void {
    const session = this.#board.sessionOf(this.#ringingLeg(contact, callId));
    this.#board.change(() => forward(this.#board, session, to, contact));
  }

  /** Ends a call whatever it is doing; one that rings is rejected. */
  hangUp(contact: Contact, callId: string): void {
    const leg = this.#board.legOf(contact, callId);
    if (leg.session?.ringing.has(leg)) this.reject(contact, callId);
    else this.#board.change(() => leave(this.#board, leg, 'hung-up'));
  }

  /** Also while a transfer is under way: it shows when that has come to nothing. */
  hold(contact: Contact, callId: string, held: boolean): void {
    const leg = this.#board.legOf(contact, callId);
    const session = this.#board.sessionOf(leg);
    if (leg.state !== 'active') throw new ProtocolError('wrong-state', 'The call is not answered.');
    this.#board.change(() => {
      leg.holding = held;
      this.#board.settle(session);
    });
  }

  transfer(contact: Contact, callId: string, to: string): void {
    const leg = this.#board.legOf(contact, callId);
    mustBeAnswered(this.#board.sessionOf(leg));
    this.#board.change(() => blindTransfer(this.#board, leg, to, contact));
  }

  join(contact: Contact, callId: string, consultCallId: string): void {
    const legs = [callId, consultCallId].map((id) => this.#board.legOf(contact, id)) as [Leg, Leg];
    this.#board.change(() => join(this.#board, ...legs));
  }

  /** Answers a new offer on a running call. */
  reoffer(contact: Contact, callId: string, offer: string): Promise<string> {
    return this.#board.legOf(contact, callId).media.reoffer(offer);
  }

  addCandidate(contact: Contact, { callId, candidate }: CheckedParams<'call.candidate'>): Promise<void> {
    return this.#board.legOf(contact, callId).media.addCandidate(candidate);
  }

  /** A phone says whether it is sending its camera. */
  sendingVideo(contact: Contact, callId: string, sending: boolean): void {
    const leg = this.#board.legOf(contact, callId);
    this.#board.change(() => {
      leg.sendingVideo = sending;
      const peer = leg.session?.peerOf(leg);
      if (!peer) return;
      this.#board.legChanged(peer);
      // Whoever sees the picture from now on can begin only with a key frame.
      if (sending) leg.media.output?.requestKeyFrame();
    });
  }

  holdSession(contact: Contact, sessionId: string, held: boolean): void {
    const session = this.#controllable(contact, sessionId);
    mustBeAnswered(session);
    this.#board.change(() => {
      session.supervisorHolds = held;
      this.#board.settle(session);
    });
  }

  closeSession(contact: Contact, sessionId: string): void {
    const session = this.#controllable(contact, sessionId);
    this.#board.change(() => finish(this.#board, session, 'abort', () => 'closed'));
  }

  transferSession(contact: Contact, { sessionId, transferor, to }: CheckedParams<'session.transfer'>): void {
    const session = this.#controllable(contact, sessionId);
    mustBeAnswered(session);
    const leg = transferor === 'caller' ? session.caller : session.callee;
    if (leg) this.#board.change(() => blindTransfer(this.#board, leg, to, contact));
  }

  /** A phone is gone or has signed out: its calls end; what rings at it rings on elsewhere. */
  contactGone(contact: Contact, reason: EndReason): void {
    this.#board.change(() => {
      for (const leg of this.#legsOf(contact)) this.#board.happen(() => leave(this.#board, leg, reason));
    });
  }

  /** Ends every call and takes no new ones. Resolves when all media is closed. */
  async close(): Promise<void> {
    this.#closed = true;
    const board = this.#board;
    board.change(() => {
      // A call that is being transferred ends with its own session, and the target's with it.
      for (const session of [...board.sessions.values()]) {
        session.transferOf = null;
        session.transfer = null;
        finish(board, session, 'abort', () => 'shutdown');
      }
      for (const leg of [...board.legs.values()]) board.endLeg(leg, 'shutdown');
    });
    this.#digitListeners.clear();
    await board.mediaClosed();
  }

  #legsOf(contact: Contact): Leg[] {
    return [...this.#board.legs.values()].filter((leg) => leg.contact === contact);
  }

  #newLeg(contact: Contact, id: string, direction: Call['direction']): Leg {
    if (this.#closed) throw new ProtocolError('shutting-down', 'The phone system is stopping.');
    // What rings at a phone is not of its making.
    const made = this.#legsOf(contact).filter((leg) => !leg.session?.ringing.has(leg));
    if (made.length >= MAX_CALLS_PER_CONTACT) {
      throw new ProtocolError('rate-limited', 'This phone has too many calls at once.', 1000);
    }
    return this.#board.newLeg({ id, contact, direction });
  }

  #ringingLeg(contact: Contact, callId: string): Leg {
    const leg = this.#board.legOf(contact, callId);
    if (!leg.session?.ringing.has(leg))
      throw new ProtocolError('wrong-state', 'The call does not ring here.');
    return leg;
  }

  /** A session this phone may see and control; throws `not-found` or `forbidden` otherwise. */
  #controllable(contact: Contact, sessionId: string): Session {
    const session = this.#board.sessions.get(sessionId);
    const own = session?.legs().some((leg) => leg.party.number === contact.identity.number) ?? false;
    if (session && (own || contact.identity.privileges.includes('sessions.modify'))) return session;
    // That there is a session is said only to those who may see it.
    if (session && mayView(contact, session)) throw lacking('sessions.modify');
    throw new ProtocolError('not-found', 'There is no such session.');
  }

  #openMedia(leg: Leg, offer: string): Promise<string> {
    const board = this.#board;
    const observer: LegObserver = {
      connected: () => board.log.debug({ legId: leg.id }, 'media connected'),
      failed: (message) => {
        board.log.warn({ legId: leg.id, problem: message }, 'the media of a call failed');
        board.happen(() => this.#mediaFailed(leg));
      },
      digit: (digit) => {
        const sessionId = leg.session?.id;
        if (sessionId === undefined) return;
        for (const listener of [...this.#digitListeners]) {
          board.happen(() => listener({ sessionId, legId: leg.id, digit }));
        }
      },
    };
    return leg.media.open(offer, observer);
  }

  /** Opens the media of a leg nobody knows of yet; without media there is no leg. */
  #openNewMedia(leg: Leg, offer: string): Promise<string> {
    return this.#openMedia(leg, offer).catch((error: unknown) => {
      this.#board.dropLeg(leg);
      throw error;
    });
  }

  #mediaFailed(leg: Leg): void {
    const { session } = leg;
    if (leg.state === 'ended') return;
    if (!session) this.#board.endLeg(leg, 'media-failed');
    else if (session.ringing.has(leg)) leave(this.#board, leg, 'media-failed');
    else finish(this.#board, session, 'fail', () => 'media-failed');
  }
}

function mustBeAnswered(session: Session): void {
  if (!session.answered) {
    throw new ProtocolError('wrong-state', 'That is possible only in a call that was answered and stays.');
  }
}

function lacking(privilege: Privilege): ProtocolError {
  return new ProtocolError('forbidden', `This needs the privilege "${privilege}".`);
}
