import type { Party } from '../../protocol/entities.js';
import type { Conversation, ConversationPage, KeptMessage, MessagePage } from '../control-port.js';

/** How many messages are kept: the latest. */
const MOST = 500;
const ROWS = 50;

/** What was written since the page is here, as a phone system that keeps messages would tell it. */
export class MessageBook {
  /** The latest last. */
  #messages: readonly KeptMessage[] = [];
  readonly #unread = new Map<string, number>();

  constructor(private readonly own: Party) {}

  add(message: KeptMessage): void {
    this.#messages = [...this.#messages, message].slice(-MOST);
    const { from } = message;
    if (from !== this.own) this.#unread.set(from.number, (this.#unread.get(from.number) ?? 0) + 1);
  }

  see(number: string): void {
    this.#unread.delete(number);
  }

  conversations({
    page = 0,
    rows = ROWS,
  }: {
    page?: number | undefined;
    rows?: number | undefined;
  }): ConversationPage {
    const latest = new Map<string, Conversation>();
    for (const last of [...this.#messages].reverse()) {
      const other = this.#other(last);
      if (!latest.has(other.number))
        latest.set(other.number, { with: other, unread: this.#unread.get(other.number) ?? 0, last });
    }
    const [from, to] = [page * rows, (page + 1) * rows];
    return { conversations: [...latest.values()].slice(from, to), more: latest.size > to };
  }

  with(query: { with: string; before?: string | undefined; rows?: number | undefined }): MessagePage {
    const { with: number, before, rows = ROWS } = query;
    const all = this.#messages.filter((message) => this.#other(message).number === number).reverse();
    const from = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1;
    return { messages: all.slice(from, from + rows), more: all.length > from + rows };
  }

  #other({ from, to }: KeptMessage): Party {
    return from === this.own ? to : from;
  }
}
