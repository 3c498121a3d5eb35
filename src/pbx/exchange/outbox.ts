/** What has to be told and written down after a change; nothing is sent while the change is being made. */
import type { Session as SessionData } from '../../protocol/index.js';
import type { Log } from '../log.js';
import type { Contact, Registrar } from '../registrar/index.js';
import type { CallRecords } from '../storage/call-records.js';
import type { LiveStore } from '../storage/live-store.js';
import { keep } from './kept-calls.js';
import type { Leg } from './leg.js';
import type { Session } from './session.js';
import { isFinal } from './session-states.js';

/** What the outbox writes to and tells. */
export interface OutboxParts {
  readonly registrar: Registrar;
  readonly records: CallRecords;
  readonly live?: LiveStore;
  readonly log: Log;
}

/** Whether a phone may see a session: everybody's with the privilege, otherwise those it has part in. */
export function mayView(contact: Contact, session: Session): boolean {
  const { number, privileges } = contact.identity;
  return privileges.includes('sessions.view') || session.participants.has(number);
}

export class Outbox {
  readonly #legs = new Set<Leg>();
  readonly #sessions: { readonly session: Session; readonly data: SessionData }[] = [];
  /** Sessions in the records, and whether their answer is. */
  readonly #recorded = new WeakMap<Session, 'begun' | 'answered'>();
  #flushing = false;

  readonly #parts: OutboxParts;
  /** Calls are not taken off what is kept any more: the process after this one goes on with them. */
  #frozen = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** What is kept of calls stays as it is from now on. */
  freeze(): void {
    this.#frozen = true;
  }

  /** A leg has changed. However often it does before the next flush, it is told once. */
  legChanged(leg: Leg): void {
    this.#legs.add(leg);
  }

  /** A session has reached a state; each is told, also those it passes through. */
  sessionMoved(session: Session): void {
    this.#sessions.push({ session, data: session.snapshot() });
  }

  /** Writes the records, then tells everybody. */
  flush(): void {
    // Telling somebody can end a connection, which is a change of its own; the loop takes care of it.
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      while (this.#legs.size > 0 || this.#sessions.length > 0) {
        const legs = [...this.#legs];
        const sessions = this.#sessions.splice(0);
        this.#legs.clear();
        for (const { session, data } of sessions) this.#record(session, data);
        this.#keep(
          new Set([
            ...legs.flatMap(({ session }) => session ?? []),
            ...sessions.map(({ session }) => session),
          ]),
        );
        for (const leg of legs) leg.contact.tell('call.changed', leg.snapshot());
        for (const { session, data } of sessions) this.#tell(session, data);
      }
    } finally {
      this.#flushing = false;
    }
  }

  /** Writes down what of the calls may outlast the process. */
  #keep(sessions: ReadonlySet<Session>): void {
    const { live } = this.#parts;
    if (live && !this.#frozen) for (const session of sessions) keep(live, session);
  }

  #tell(session: Session, data: SessionData): void {
    const event = isFinal(data.state) ? 'session.closed' : 'session.changed';
    for (const contact of this.#parts.registrar.contacts()) {
      if (mayView(contact, session)) contact.tell(event, data);
    }
  }

  /** Saves a session when it begins, is answered, and ends. */
  #record(session: Session, data: SessionData): void {
    const ended = isFinal(data.state);
    const recorded = this.#recorded.get(session);
    const answered = data.state === 'InCall' && recorded !== 'answered';
    if (recorded !== undefined && !answered && !ended) return;
    this.#recorded.set(session, answered ? 'answered' : (recorded ?? 'begun'));
    try {
      this.#parts.records.save(data, ended ? data.stateSince : null);
    } catch (error) {
      // Calls go on without their records.
      this.#parts.log.error({ err: error, sessionId: data.id }, 'a call record cannot be saved');
    }
  }
}
