/** What outside lines do with their calls: those that come in, and what is heard of those that went out. */
import type { EndReason } from '../../protocol/index.js';
import type { LegObserver } from '../media/engine.js';
import type { Contact } from '../registrar/index.js';
import { leave, unreached } from './ending.js';
import type { LegMedia } from './leg-media.js';
import type { Leg } from './leg.js';
import { mediaReports } from './media-reports.js';
import type { DigitPress } from './media-reports.js';
import { answer, dial, ringsOutside } from './ringing.js';
import { seek } from './routing.js';
import type { Unreached } from './session.js';
import type { Switchboard } from './switchboard.js';

/** A call that comes in by a line. */
export interface CallIn {
  /** New each time. */
  readonly callId: string;
  /** The number that was dialled outside ("DialedNumber"). */
  readonly dialed: string;
  /** Whom it is for here; the number that was dialled, by the rules of the dial plan, when left out. */
  readonly to?: string;
  readonly media: LegMedia;
}

export class LineCalls {
  constructor(
    private readonly board: Switchboard,
    private readonly pressed: (press: DigitPress) => void,
  ) {}

  /** Whether somebody in this house has that number, so that whoever calls from outside is not to be taken for that one. */
  isHouseNumber(number: string): boolean {
    const { directory, registrar } = this.board;
    return (
      Boolean(directory.extension(number) ?? directory.application(number)) || registrar.isOnline(number)
    );
  }

  /** Connects a call that comes in; how it goes on is told to the contact as `call.changed`. */
  arrive(contact: Contact, { callId, dialed, to = dialed, media }: CallIn): void {
    this.board.change(() => {
      const leg = this.board.newLeg({ id: callId, contact, direction: 'outgoing', media });
      const session = dial(this.board, leg, dialed);
      seek(this.board, session, contact, to);
    });
  }

  /** The far end of a call out rings. With `early` it is heard already (183 with a session description). */
  ringing(callId: string, early: boolean): void {
    this.#of(callId, (leg) => leg.session && ringsOutside(this.board, leg.session, leg, early));
  }

  /** The far end of a call out answers. */
  answered(callId: string): void {
    this.#of(callId, (leg) => {
      if (leg.session?.ringing.has(leg)) answer(this.board, leg.session, leg);
    });
  }

  /** The far end of a call out was not reached. */
  failed(callId: string, event: Unreached, reason: EndReason): void {
    this.#of(callId, (leg) => {
      const { session } = leg;
      if (session?.ringing.has(leg)) unreached(this.board, session, event, reason);
      else leave(this.board, leg, reason);
    });
  }

  /** The party outside has gone. */
  hungUp(callId: string, reason: EndReason = 'hung-up'): void {
    this.#of(callId, (leg) => leave(this.board, leg, reason));
  }

  /** The party outside puts the other on hold, or goes on. */
  held(callId: string, held: boolean): void {
    this.#of(callId, (leg) => {
      if (leg.state !== 'active' || !leg.session || leg.holding === held) return;
      leg.holding = held;
      this.board.settle(leg.session);
    });
  }

  /** Where the media of a call reports to. */
  reports(callId: string): LegObserver {
    const to = (report: (observer: LegObserver) => void) => {
      const leg = this.board.legs.get(callId);
      if (leg) report(mediaReports(this.board, leg, this.pressed));
    };
    return {
      connected: () => to((observer) => observer.connected()),
      failed: (message) => to((observer) => observer.failed(message)),
      digit: (digit) => to((observer) => observer.digit(digit)),
    };
  }

  /** Nobody is answered: a call that is over by now is nobody's mistake. */
  #of(callId: string, change: (leg: Leg) => void): void {
    const leg = this.board.legs.get(callId);
    if (leg && leg.state !== 'ended') this.board.happen(() => change(leg));
  }
}
