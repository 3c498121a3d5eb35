/** The exchange: everything a phone can ask for, checked against whose call it is and what it may do. */
import { randomUUID } from 'node:crypto';
import { ProtocolError } from '../../protocol/index.js';
import type { Call, CheckedParams, EndReason, Session as SessionData } from '../../protocol/index.js';
import type { DialPlan } from '../dial-plan/index.js';
import type { Contact } from '../registrar/index.js';
import { ApplicationCalls } from './application-calls.js';
import type { Service } from './application.js';
import { listen } from './audience.js';
import { merge, split } from './conference.js';
import type { ConferenceSettings } from './conference-room.js';
import { finish, leave, unreached } from './ending.js';
import { pickUpCalls } from './kept-calls.js';
import type { Leg } from './leg.js';
import type { Line } from './line.js';
import { LineCalls } from './line-calls.js';
import { mediaOffered } from './media-grace.js';
import { mediaReports } from './media-reports.js';
import type { DigitPress } from './media-reports.js';
import { mayView } from './outbox.js';
import { PhoneMedia } from './phone-media.js';
import { mustBeAnswered, mustHave, sessionWith } from './rights.js';
import { addCallee, answer, dial } from './ringing.js';
import { seek } from './routing.js';
import type { Router } from './routing.js';
import { SessionControl } from './session-control.js';
import { isFinal } from './session-states.js';
import { callerAnswers, setUp } from './set-up.js';
import { Switchboard } from './switchboard.js';
import type { ExchangeParts } from './switchboard.js';
import { callInfo, ThirdParty } from './third-party.js';
import type { CallInfo } from './third-party.js';
import { blindTransfer, forward, join } from './transfers.js';

/** How many calls one phone can have at once; each of them holds sockets and memory of the phone system. */
export const MAX_CALLS_PER_CONTACT = 16;

/** What can change while the phone system runs. */
export interface ExchangeSettings {
  readonly dialPlan: DialPlan;
  readonly conferences: readonly ConferenceSettings[];
  readonly services?: readonly Service[];
  /** Outside lines that go out of the house; none when left out. */
  readonly lines?: readonly Line[];
  readonly router?: Router | null;
}

export class Exchange {
  readonly #board: Switchboard;
  readonly applicationCalls: ApplicationCalls;
  /** What outside lines do with their calls. */
  readonly lineCalls: LineCalls;
  /** Control of others' calls: blind and attended transfer, digits, announcements, recordings. */
  readonly thirdParty: ThirdParty;
  /** Control of sessions, one's own and others'. */
  readonly sessionControl: SessionControl;
  readonly #digitListeners = new Set<(press: DigitPress) => void>();
  readonly #callListeners = new Set<(call: CallInfo) => void>();
  #closed = false;

  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#board = new Switchboard(parts);
    this.#board.onMove = (session) => {
      for (const listener of [...this.#callListeners]) listener(callInfo(session));
    };
    this.applicationCalls = new ApplicationCalls(this.#board);
    this.lineCalls = new LineCalls(this.#board, (press) => this.#pressed(press));
    this.thirdParty = new ThirdParty(this.#board);
    this.sessionControl = new SessionControl(this.#board);
  }

  /**
   * Tells each state a call comes to. The listener is told in the midst of the change: it takes a note, and acts
   * later. Returns the way to stop.
   */
  onCallChanged(listener: (call: CallInfo) => void): () => void {
    this.#callListeners.add(listener);
    return () => this.#callListeners.delete(listener);
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
        this.#board.happen(() => {
          const session = dial(this.#board, leg, to, { video });
          seek(this.#board, session, contact, session.dialed);
        });
      },
    };
  }

  /**
   * Makes the media for a ringing call and returns the answer to the offer. The call is answered by `proceed`, so that
   * the phone looks for its way before it is told what has changed. The first phone whose media is ready has the call.
   */
  async accept(
    contact: Contact,
    { callId, offer }: CheckedParams<'call.accept'>,
  ): Promise<{ answer: string; proceed: () => void }> {
    const leg = this.#ringingLeg(contact, callId);
    const sdp = await this.#openMedia(leg, offer);
    return {
      answer: sdp,
      proceed: () => {
        // Another phone was faster, or the caller has hung up, in between: it was told so.
        if (leg.state !== 'ringing') return;
        this.#board.happen(() => {
          const session = this.#board.sessionOf(leg);
          if (session.setUpBy) callerAnswers(this.#board, session, session.setUpBy, leg);
          else answer(this.#board, session, leg);
        });
      },
    };
  }

  /** Takes the call that rings longest at another extension; needs the privilege `calls.pickup`. */
  async pickUp(
    contact: Contact,
    { callId, extension, offer }: CheckedParams<'call.pickup'>,
  ): Promise<string> {
    mustHave(contact, 'calls.pickup');
    const session = [...this.#board.sessions.values()].find(
      ({ state, ringing, caller }) =>
        state === 'Ringing' &&
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
    this.#board.change(() => {
      // Who is called first when a call is set up is its caller, and gives it up.
      if (session.setUpBy) finish(this.#board, session, 'cancel', () => 'rejected');
      else unreached(this.#board, session, 'reject', 'rejected');
    });
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

  /** Merges answered calls of a phone into a conference. Returns its id. */
  merge(contact: Contact, callIds: readonly string[]): string {
    const legs = callIds.map((id) => this.#board.legOf(contact, id));
    for (const leg of legs) mustBeAnswered(this.#board.sessionOf(leg));
    return this.#board.change(() => merge(this.#board, legs)).id;
  }

  /** Takes the conference a call is in apart; the phone goes on with that call. */
  split(contact: Contact, callId: string): void {
    const leg = this.#board.legOf(contact, callId);
    this.#board.change(() => split(this.#board, leg));
  }

  /** Answers a new offer on a running call. */
  reoffer(contact: Contact, callId: string, offer: string): Promise<string> {
    const leg = this.#board.legOf(contact, callId);
    const media = this.#phoneMedia(leg);
    mediaOffered(this.#board, leg);
    // A call that was picked up after a restart has no media until its phone offers some.
    const without = !media.isOpen && leg.state !== 'created' && !leg.session?.ringing.has(leg);
    return without ? this.#reopen(leg, offer) : media.reoffer(offer);
  }

  async #reopen(leg: Leg, offer: string): Promise<string> {
    const sdp = await this.#openMedia(leg, offer);
    this.#board.change(() => leg.session && this.#board.settle(leg.session));
    return sdp;
  }

  /**
   * Takes the calls of an earlier process up where it left them. `contactOf`: the phones that are waited for. Calls
   * whose phones are not, end as `Aborted`.
   */
  pickUpCalls(contactOf: (id: string) => Contact | undefined): void {
    pickUpCalls(this.#board, this.#parts, contactOf);
  }

  addCandidate(contact: Contact, { callId, candidate }: CheckedParams<'call.candidate'>): Promise<void> {
    return this.#phoneMedia(this.#board.legOf(contact, callId)).addCandidate(candidate);
  }

  /** Breaks the path of a call's media, for demos and tests; a new offer that looks for paths mends it. */
  breakPath(contact: Contact, callId: string): Promise<void> {
    return this.#phoneMedia(this.#board.legOf(contact, callId)).breakPath();
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

  /** Lets a phone hear a session, unheard and unseen; needs the privilege `sessions.listen`. Returns the answer. */
  async listen(
    contact: Contact,
    { sessionId, callId, offer }: CheckedParams<'session.listen'>,
  ): Promise<string> {
    const session = sessionWith(this.#board, contact, sessionId, 'sessions.listen');
    if (!session.callee)
      throw new ProtocolError('wrong-state', 'There is nothing to hear before the answer.');
    const leg = this.#newLeg(contact, callId, 'outgoing', 'listening');
    const sdp = await this.#openNewMedia(leg, offer);
    if (isFinal(session.state)) {
      this.#board.dropLeg(leg);
      throw new ProtocolError('wrong-state', 'The session is over.');
    }
    this.#board.change(() => listen(this.#board, session, leg));
    return sdp;
  }

  /** Connects two others; needs the privilege `calls.setup`. Returns the id of the session, which tells the rest. */
  setUp(contact: Contact, caller: string, callee: string): string {
    mustHave(contact, 'calls.setup');
    this.#assertOpen();
    const pending = [...this.#board.sessions.values()].filter(({ setUpBy }) => setUpBy === contact);
    if (pending.length >= MAX_CALLS_PER_CONTACT) throw tooMany();
    return this.#board.change(() => setUp(this.#board, contact, caller, callee)).id;
  }

  /** Tells the other party of an answered call something. Returns the message's id. */
  sendMessage(contact: Contact, callId: string, text: string): string {
    const leg = this.#board.legOf(contact, callId);
    const peer = this.#board.sessionOf(leg).peerOf(leg);
    if (!peer) throw new ProtocolError('wrong-state', 'The call is not answered.');
    if (peer.media.isUnattended) throw new ProtocolError('wrong-state', 'Nobody would read it there.');
    const id = randomUUID();
    const at = this.#board.clock.now();
    peer.contact.tell('call.message', { id, callId: peer.id, from: leg.party.number, text, at });
    return id;
  }

  /** Other rules and applications from now on. Calls of an application that is gone end; all others go on. */
  reconfigure({ dialPlan, conferences, services = [], lines = [], router = null }: ExchangeSettings): void {
    this.#board.dialPlan = dialPlan;
    this.#board.lines.setUp(lines);
    this.#board.router = router;
    const gone = this.#board.setApplications(conferences, services);
    for (const service of gone) this.contactGone(service.contact, 'closed');
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
    board.releasePlaces();
    board.change(() => {
      // Who listens is told the same reason as everybody.
      for (const leg of [...board.legs.values()]) if (leg.audience) board.endLeg(leg, 'shutdown');
      // A call that is being transferred ends with its own session, and the target's with it.
      for (const session of [...board.sessions.values()]) {
        session.transferOf = null;
        session.transfer = null;
        finish(board, session, 'abort', () => 'shutdown');
      }
      for (const leg of [...board.legs.values()]) board.endLeg(leg, 'shutdown');
    });
    this.#digitListeners.clear();
    this.#callListeners.clear();
    await board.mediaClosed();
  }

  #legsOf(contact: Contact): Leg[] {
    return [...this.#board.legs.values()].filter((leg) => leg.contact === contact);
  }

  #assertOpen(): void {
    if (this.#closed) throw new ProtocolError('shutting-down', 'The phone system is stopping.');
  }

  #newLeg(contact: Contact, id: string, direction: Call['direction'], kind: Call['kind'] = 'call'): Leg {
    this.#assertOpen();
    // What rings at a phone is not of its making.
    const made = this.#legsOf(contact).filter((leg) => !leg.session?.ringing.has(leg));
    if (made.length >= MAX_CALLS_PER_CONTACT) throw tooMany();
    return this.#board.newLeg({ id, contact, direction, kind });
  }

  #ringingLeg(contact: Contact, callId: string): Leg {
    const leg = this.#board.legOf(contact, callId);
    if (!leg.session?.ringing.has(leg))
      throw new ProtocolError('wrong-state', 'The call does not ring here.');
    return leg;
  }

  /** Only phones ask, so that the legs they ask about have a phone's media. */
  #phoneMedia({ media }: Leg): PhoneMedia {
    if (media instanceof PhoneMedia) return media;
    throw new ProtocolError('wrong-state', 'This call has no media of a phone.');
  }

  #openMedia(leg: Leg, offer: string): Promise<string> {
    const reports = mediaReports(this.#board, leg, (press) => this.#pressed(press));
    return this.#phoneMedia(leg).open(offer, reports);
  }

  #pressed(press: DigitPress): void {
    for (const listener of [...this.#digitListeners]) this.#board.happen(() => listener(press));
  }

  /** Opens the media of a leg nobody knows of yet; without media there is no leg. */
  #openNewMedia(leg: Leg, offer: string): Promise<string> {
    return this.#openMedia(leg, offer).catch((error: unknown) => {
      this.#board.dropLeg(leg);
      throw error;
    });
  }
}

function tooMany(): ProtocolError {
  return new ProtocolError('rate-limited', 'This phone has too many calls at once.', 1000);
}
