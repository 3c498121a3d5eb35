import type { ConversationPage } from '../../phone/control/control.js';
import type { Bubble } from './chat.js';

/** With whom this number writes: the list, kept true as messages come and go. */
export class Conversations {
  /** The latest first. */
  list: readonly Entry[] = [];
  /** The phone system keeps others, which were written before these. */
  more = false;
  /** How many pages of them were taken. */
  pages = 0;

  get unread(): number {
    return this.list.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** What the phone system keeps, page by page; what came meanwhile is in the first. */
  take({ conversations, more }: ConversationPage, clockOffset: number): void {
    const entries = conversations.map(({ with: { number, name }, unread, last: { text, at } }) => ({
      ...{ number, name, unread, text },
      at: at - clockOffset,
    }));
    // A conversation that was gone on with meanwhile is on a later page than where it was.
    this.list = [...this.list, ...entries.filter(({ number }) => !this.#find(number))];
    this.more = more;
    this.pages++;
  }

  forget(): void {
    this.list = [];
    this.more = false;
    this.pages = 0;
  }

  /** A message came or was written. */
  add(number: string, name: string, { text, at, mine }: Bubble): void {
    const before = this.#find(number);
    const unread = (before?.unread ?? 0) + (mine ? 0 : 1);
    const entry = { number, name: name || (before?.name ?? ''), unread, text, at };
    this.list = [entry, ...this.list.filter((one) => one !== before)];
  }

  /** What somebody wrote was seen; false when nothing was new. */
  see(number: string): boolean {
    if (!this.#find(number)?.unread) return false;
    this.list = this.list.map((one) => (one.number === number ? { ...one, unread: 0 } : one));
    return true;
  }

  nameOf(number: string): string {
    return this.#find(number)?.name ?? '';
  }

  #find(number: string): Entry | undefined {
    return this.list.find((one) => one.number === number);
  }
}

/** Somebody, and the last of what was written. */
export interface Entry {
  readonly number: string;
  readonly name: string;
  readonly unread: number;
  readonly text: string;
  readonly at: number;
}
