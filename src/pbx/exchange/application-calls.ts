/** What applications do with their calls, beside what they have in common with phones. */
import { ProtocolError } from '../../protocol/index.js';
import type { Party } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import type { LegMedia } from './leg-media.js';
import { answer, dial } from './ringing.js';
import { seek } from './routing.js';
import type { Switchboard } from './switchboard.js';

/** A call that an application makes. */
export interface ApplicationCall {
  /** New each time. */
  readonly callId: string;
  readonly to: string;
  readonly media: LegMedia;
  /** Whom the called party is shown as the caller. */
  readonly shownCaller: Party;
}

export class ApplicationCalls {
  constructor(private readonly board: Switchboard) {}

  /** Answers a call that rings at an application; throws `wrong-state` when it does not ring (any more). */
  answer(contact: Contact, callId: string): void {
    const leg = this.board.legOf(contact, callId);
    const session = this.board.sessionOf(leg);
    if (!session.ringing.has(leg)) throw new ProtocolError('wrong-state', 'The call does not ring here.');
    this.board.change(() => answer(this.board, session, leg));
  }

  /** Calls a number; how the call goes on is told to the contact as `call.changed`. */
  call(contact: Contact, { callId, to, media, shownCaller }: ApplicationCall): void {
    this.board.change(() => {
      const leg = this.board.newLeg({ id: callId, contact, direction: 'outgoing', media });
      const session = dial(this.board, leg, to, { shownCaller });
      seek(this.board, session, contact, session.dialed);
    });
  }

  /**
   * Resolves when the other party of an answered call hears what is said to it, so that its first words are not
   * lost; also when that party's media ends.
   */
  async heard(contact: Contact, callId: string): Promise<void> {
    const leg = this.board.legOf(contact, callId);
    await this.board.sessionOf(leg).peerOf(leg)?.media.connected;
  }
}
