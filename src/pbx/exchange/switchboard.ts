/** What the parts of the exchange share: the legs and sessions there are, and the steps they all take. */
import { randomUUID } from 'node:crypto';
import { ProtocolError } from '../../protocol/index.js';
import type { EndReason } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import type { DialPlan, Directory } from '../dial-plan/index.js';
import type { Log } from '../log.js';
import type { MediaEngine, MediaMixer } from '../media/engine.js';
import type { Contact, Registrar } from '../registrar/index.js';
import type { CallRecords } from '../storage/call-records.js';
import type { LiveStore } from '../storage/live-store.js';
import { Applications } from './applications.js';
import type { Service } from './application.js';
import type { Conference } from './conference.js';
import type { ConferenceSettings } from './conference-room.js';
import { Leg } from './leg.js';
import { Lines } from './line.js';
import type { NewLeg } from './leg.js';
import { Outbox } from './outbox.js';
import { PhoneMedia } from './phone-media.js';
import type { Router } from './routing.js';
import { Session } from './session.js';
import type { NewSession } from './session.js';
import { holdEvent, isFinal } from './session-states.js';
import type { SessionEvent } from './session-states.js';

/** What an exchange stands on. */
export interface ExchangeParts {
  readonly media: MediaEngine;
  readonly registrar: Registrar;
  /** The extensions there are. */
  readonly directory: Pick<Directory, 'extension'>;
  readonly dialPlan: DialPlan;
  /** The rooms there are; none when left out. */
  readonly conferences?: readonly ConferenceSettings[];
  /** Other applications; none when left out. */
  readonly services?: readonly Service[];
  /** Who decides where calls go before the dial plan; nobody when left out. */
  readonly router?: Router | null;
  readonly records: CallRecords;
  /** Where calls are written down that may outlast the process; without it none does. */
  readonly live?: LiveStore;
  readonly clock: Clock;
  readonly log: Log;
}

export class Switchboard {
  readonly legs = new Map<string, Leg>();
  readonly sessions = new Map<string, Session>();
  readonly registrar: Registrar;
  readonly directory: Directory;
  readonly applications: Applications;
  readonly lines = new Lines();
  dialPlan: DialPlan;
  router: Router | null;
  /** Told each time a session has moved to another state, in the midst of the change. */
  onMove: (session: Session) => void = () => {};
  readonly clock: Clock;
  readonly log: Log;
  readonly #media: MediaEngine;
  readonly #outbox: Outbox;
  readonly #closing = new Set<Promise<void>>();
  readonly #places = new Set<() => void>();
  #depth = 0;
  readonly #busyAccounts = new Set<Contact>();
  /** Those whose calls have changed. */
  readonly #conferences = new Set<Conference>();

  constructor(parts: ExchangeParts) {
    this.registrar = parts.registrar;
    this.applications = new Applications(parts.media);
    this.directory = {
      ...this.applications.directory({
        extension: (number) => parts.directory.extension(number) ?? this.#tokenHolder(number),
      }),
      line: (id) => this.lines.withId(id)?.account,
    };
    this.dialPlan = parts.dialPlan;
    this.router = parts.router ?? null;
    this.clock = parts.clock;
    this.log = parts.log;
    this.#media = parts.media;
    this.#outbox = new Outbox(parts);
    this.setApplications(parts.conferences ?? [], parts.services ?? []);
  }

  /** Other rooms and applications from now on; returns those that are gone. */
  setApplications(conferences: readonly ConferenceSettings[], services: readonly Service[]): Service[] {
    const gone = this.applications.setUp(conferences, services);
    this.registrar.replaceServices(this.applications.accounts());
    return gone;
  }

  createPhoneMedia(): PhoneMedia {
    return new PhoneMedia(this.#media);
  }

  /** Does something when a time is up, unless the exchange is closed by then. */
  holdPlace(expire: () => void, ms: number): void {
    const stop = this.clock.setTimeout(() => {
      this.#places.delete(stop);
      this.happen(expire);
    }, ms);
    this.#places.add(stop);
  }

  /** Nobody is waited for any longer. */
  releasePlaces(): void {
    for (const stop of this.#places) stop();
    this.#places.clear();
  }

  createMixer(): MediaMixer {
    return this.#media.createMixer();
  }

  /** Makes a change. When it is done, also when it failed half-way, everybody concerned is told. */
  change<T>(make: () => T): T {
    this.#depth += 1;
    try {
      return make();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) {
        this.#followConferences();
        this.#announce();
      }
    }
  }

  /** Like {@link change}, for what nobody asked for and so nobody is answered: timers and media. */
  happen(make: () => void): void {
    try {
      this.change(make);
    } catch (error) {
      this.log.error({ err: error }, 'a call could not be carried on');
    }
  }

  /**
   * Makes a leg, by default of a phone and for a call that it talks in. Throws `wrong-state` when its id is in use.
   */
  newLeg(leg: Pick<NewLeg, 'id' | 'contact' | 'direction'> & Partial<Pick<NewLeg, 'kind' | 'media'>>): Leg {
    if (this.legs.has(leg.id))
      throw new ProtocolError('wrong-state', 'There is a call with this id already.');
    const media = leg.media ?? this.createPhoneMedia();
    const made = new Leg({ kind: 'call', ...leg, media, startedAt: this.clock.now() });
    this.legs.set(made.id, made);
    return made;
  }

  /** Makes a session; it is told once it has taken its first step. */
  newSession(session: Omit<NewSession, 'id' | 'startedAt'>): Session {
    const made = new Session({ ...session, id: randomUUID(), startedAt: this.clock.now() });
    this.sessions.set(made.id, made);
    return made;
  }

  /** The call of that id, if it is the phone's own; throws `not-found` otherwise. */
  legOf(contact: Contact, callId: string): Leg {
    const leg = this.legs.get(callId);
    if (leg?.contact !== contact) throw new ProtocolError('not-found', 'There is no such call.');
    return leg;
  }

  /** The session a call belongs to; throws `wrong-state` while it has none. */
  sessionOf(leg: Leg): Session {
    if (leg.kind === 'listening') throw new ProtocolError('wrong-state', 'You only listen to this call.');
    if (!leg.session) throw new ProtocolError('wrong-state', 'The call is still being set up.');
    return leg.session;
  }

  legChanged(leg: Leg): void {
    this.#busyAccounts.add(leg.contact);
    this.#outbox.legChanged(leg);
  }

  /** Moves a session on and has its state told. A session that has come to its end is taken off the board. */
  step(session: Session, event: SessionEvent): void {
    const before = session.state;
    session.step(event, this.clock.now());
    if (session.state === before) return;
    this.#outbox.sessionMoved(session);
    this.onMove(session);
    const { id: sessionId, state } = session;
    if (isFinal(state)) {
      this.sessions.delete(sessionId);
      this.log.info({ sessionId, state, talkMs: session.talk.ms }, 'session over');
    } else if (before === 'Created') this.log.info({ sessionId, state }, 'session begins');
    else this.log.debug({ sessionId, state }, 'session');
  }

  /** Brings a session into line with who holds, and its legs' media and talk time with the session. */
  settle(session: Session): void {
    if (session.callee && (session.answered || session.state === 'TransferFailed')) {
      const { caller, callee, supervisorHolds } = session;
      this.step(session, holdEvent(caller.holding, callee.holding, supervisorHolds));
    }
    for (const leg of session.legs()) {
      leg.talk.run(session.state === 'InCall', this.clock.now());
      if (leg.conference) this.#conferences.add(leg.conference);
      this.legChanged(leg);
    }
    this.#connectAll(session);
  }

  /** Ends a leg and closes its media. */
  endLeg(leg: Leg, reason: EndReason): void {
    if (leg.state === 'ended') return;
    leg.end(reason, this.clock.now());
    leg.audience?.leave(leg);
    if (leg.conference) this.#conferences.add(leg.conference);
    leg.conference?.remove(leg);
    this.legs.delete(leg.id);
    this.legChanged(leg);
    leg.announcement?.close();
    this.#closeMedia(leg);
    this.log.debug({ legId: leg.id, reason }, 'leg ended');
  }

  /** Takes away a leg nobody was told of, because its media could not be made. */
  dropLeg(leg: Leg): void {
    if (leg.state === 'ended') return;
    leg.end('media-failed', this.clock.now());
    this.legs.delete(leg.id);
    this.#closeMedia(leg);
  }

  #closeMedia(leg: Leg): void {
    const closing = leg.media.close().catch((error: unknown) => {
      this.log.warn({ err: error, legId: leg.id }, 'the media of a leg did not close');
    });
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  /** Resolves when the media of every ended leg is closed. */
  async mediaClosed(): Promise<void> {
    await Promise.all([...this.#closing]);
  }

  /** Gives the legs of a session, and who listens to it, to hear what belongs to their situation. */
  #connectAll(session: Session): void {
    for (const leg of session.legs()) this.#connect(session, leg);
    session.audience?.follow();
  }

  /** Gives a leg to hear and see what belongs to its situation. */
  #connect(session: Session, leg: Leg): void {
    const { audio, video } = session.hearingOf(leg);
    const peer = session.heardBy(leg);
    const music = leg.media.isUnattended ? null : this.#media.holdMusic;
    const alone = audio === 'music' ? music : audio === 'peer' ? (peer?.voice ?? null) : null;
    const heard = leg.conference ? leg.conference.heardOn(leg) : alone;
    leg.media.listenTo('audio', leg.announcement?.over(heard) ?? heard);
    const seen = video === 'peer' && session.state === 'InCall' ? peer : null;
    leg.media.listenTo('video', seen?.media.output ?? null);
  }

  /**
   * Brings conferences into line with their calls, once those have come to rest. Who cannot be in one any more goes
   * on hold; the last call that is left is single again.
   */
  #followConferences(): void {
    for (;;) {
      const [conference] = this.#conferences;
      if (!conference) return;
      this.#conferences.delete(conference);
      const legs = conference.legs;
      for (const leg of conference.misfits) {
        conference.remove(leg);
        leg.holding = true;
        this.settle(this.sessionOf(leg));
      }
      if (conference.legs.length === 1) conference.legs.forEach((leg) => conference.remove(leg));
      conference.follow();
      for (const leg of legs) {
        this.#connectAll(this.sessionOf(leg));
        this.legChanged(leg);
      }
    }
  }

  /** Holders of a token have no entry in the configuration; they can be called while they are there. */
  #tokenHolder(number: string): ReturnType<Directory['extension']> {
    const [contact] = this.registrar.contactsOf(number);
    if (contact?.identity.kind !== 'token') return undefined;
    return { id: number, name: contact.identity.name };
  }

  #announce(): void {
    const accounts = new Map(
      [...this.#busyAccounts].map(({ account }) => [account.kind + account.id, account]),
    );
    this.#busyAccounts.clear();
    this.#outbox.flush();
    for (const account of accounts.values()) {
      const legs = [...this.legs.values()].filter(
        ({ kind, contact }) =>
          // Who listens is not seen.
          kind === 'call' && contact.account.kind === account.kind && contact.account.id === account.id,
      );
      const ringing = legs.some((leg) => leg.direction === 'incoming' && leg.state === 'ringing');
      const busy = legs.some((leg) => leg.direction === 'outgoing' || leg.state === 'active');
      this.registrar.setActivity(account, { ringing, busy });
    }
  }
}
