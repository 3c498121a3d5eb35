/** What is done with a session as a whole, by its own parties and by those who may control the sessions of others. */
import type { Contact } from '../registrar/index.js';
import { finish, hangUpFor } from './ending.js';
import { controllable, mustBeAnswered } from './rights.js';
import type { Switchboard } from './switchboard.js';
import { forward } from './transfers.js';

/** Fails with `not-found` for a session the phone may not see, with `forbidden` for one it may not control. */
export class SessionControl {
  constructor(private readonly board: Switchboard) {}

  hold(contact: Contact, sessionId: string, held: boolean): void {
    const session = controllable(this.board, contact, sessionId);
    mustBeAnswered(session);
    this.board.change(() => {
      session.supervisorHolds = held;
      this.board.settle(session);
    });
  }

  close(contact: Contact, sessionId: string): void {
    const session = controllable(this.board, contact, sessionId);
    this.board.change(() => finish(this.board, session, 'abort', () => 'closed'));
  }

  /** Ends a session as if its caller had hung up. */
  hangUp(contact: Contact, sessionId: string): void {
    const session = controllable(this.board, contact, sessionId);
    this.board.change(() => hangUpFor(this.board, session));
  }

  /** Sends a session that rings on to another number; one that cannot be reached leaves it ringing. */
  forward(contact: Contact, sessionId: string, to: string): void {
    const session = controllable(this.board, contact, sessionId);
    this.board.change(() => forward(this.board, session, to, contact));
  }
}
