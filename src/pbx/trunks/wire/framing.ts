/** Where one SIP message ends and the next begins on a connection: by Content-Length (RFC 3261, 18.3). */
import { MAX_MESSAGE } from './wire.js';

const LENGTH = /^(?:content-length|l)[ \t]*:[ \t]*(\d{1,5})[ \t]*$/im;

export class Framing {
  #received = '';

  /**
   * Takes what has come, as characters of one byte; returns the messages that are complete, and how many pings
   * (two line ends, RFC 5626, 4.4.1) came between them.
   * @throws Error when nothing that follows can be understood any more: the connection is to be closed.
   */
  take(chunk: string): { messages: string[]; pings: number } {
    this.#received += chunk;
    const messages: string[] = [];
    let pings = 0;
    for (;;) {
      if (this.#received.startsWith('\r\n\r\n')) {
        pings += 1;
        this.#received = this.#received.slice(4);
        continue;
      }
      // The answer to a ping of ours is one line end.
      if (/^\r\n[^\r]/.test(this.#received)) this.#received = this.#received.slice(2);
      const end = this.#received.indexOf('\r\n\r\n');
      if (end < 0) {
        if (this.#received.length > MAX_MESSAGE) throw new Error('A message has no end.');
        return { messages, pings };
      }
      const length = LENGTH.exec(this.#received.slice(0, end + 2))?.[1];
      if (length === undefined) throw new Error('A message does not say how long it is.');
      const total = end + 4 + Number(length);
      if (total > MAX_MESSAGE) throw new Error('A message is too long.');
      if (this.#received.length < total) return { messages, pings };
      messages.push(this.#received.slice(0, total));
      this.#received = this.#received.slice(total);
    }
  }
}
