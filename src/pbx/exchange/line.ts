/**
 * An outside line as the exchange sees it: somebody who is called through it, or calls in by it, is a party like any
 * phone. What the line is made of - a SIP trunk - is the business of whoever implements this.
 */
import type { Extension, Party } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import type { LegMedia } from './leg-media.js';

/** A call that is to go out. */
export interface CallOut {
  /** New each time. */
  readonly callId: string;
  /** The number to dial outside. */
  readonly number: string;
  /** Whom the called party shall be shown as the caller; null for what the line shows by itself. */
  readonly shownCaller: Party | null;
}

/** The end of a call that is outside. */
export interface OutsideParty {
  /** Told what a phone would be told of its calls: it dials when the leg is told to ring. */
  readonly contact: Contact;
  readonly media: LegMedia;
}

export interface Line {
  /** Its id and name, as phones are shown them. */
  readonly account: Omit<Extension, 'status'>;
  /** The end of a call out. Null when the line can take no call now: it is not registered, or has too many. */
  call(call: CallOut): OutsideParty | null;
}

/** The outside lines there are. */
export class Lines {
  #lines: readonly Line[] = [];

  setUp(lines: readonly Line[]): void {
    this.#lines = lines;
  }

  withId(id: string): Line | undefined {
    return this.#lines.find(({ account }) => account.id === id);
  }

  /** As scripts name it; where two have the same name, the first. */
  named(name: string): Line | undefined {
    return this.#lines.find(({ account }) => account.name === name) ?? this.withId(name);
  }
}
