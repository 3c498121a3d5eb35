import type { IncomingRequest } from './jssip.js';

/** RFC 3261, 13.3.1.4: the first wait, the longest, and how long in all, in milliseconds. */
const FIRST_MS = 500;
const LONGEST_MS = 4000;
const ALL_MS = 32_000;

/** An answer to an INVITE, sent again until the other side acknowledges it: it may be lost behind the next hop. */
export class Acceptance {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = ALL_MS;

  constructor(
    readonly request: IncomingRequest,
    contact: string,
    body: string | null,
    private readonly failed: () => void,
  ) {
    const send = () => request.reply(200, null, [contact], body);
    send();
    this.#again(send, FIRST_MS);
  }

  acknowledged(): void {
    clearTimeout(this.#timer);
  }

  #again(send: () => void, wait: number): void {
    this.#timer = setTimeout(() => {
      this.#left -= wait;
      if (this.#left <= 0) {
        this.failed();
        return;
      }
      send();
      this.#again(send, Math.min(wait * 2, LONGEST_MS));
    }, wait);
  }
}
