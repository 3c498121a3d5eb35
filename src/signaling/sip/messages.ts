/** Text messages (RFC 3428), to and from numbers and within calls. */
import type { Party } from '../../protocol/entities.js';
import { SignalingError } from '../port.js';
import type { ControlEvent, ConversationPage, MessagePage } from '../control-port.js';
import type { SipCall } from './call.js';
import { numberOf, partyOf } from './identity.js';
import type { IncomingRequest } from './jssip.js';
import { MessageBook } from './message-book.js';
import { newToken } from './random.js';
import { refusal } from './statuses.js';
import type { UserAgent } from './user-agent.js';

/** The longest message, in characters, as of the gateway. */
const LONGEST = 4000;
const HEADERS = ['Content-Type: text/plain;charset=UTF-8'];

/** How long a message waits for somebody to listen: the page may still be loading what shows it. In milliseconds. */
const PATIENCE_MS = 2000;
/** How many may wait. */
const MOST_WAITING = 50;

export class Messages {
  readonly #agent: UserAgent;
  readonly #own: Party;
  readonly #book: MessageBook;
  readonly #listeners = new Set<(event: ControlEvent) => void>();
  #waiting: (() => void)[] = [];
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(agent: UserAgent) {
    this.#agent = agent;
    this.#own = Object.freeze({ number: agent.account.user, name: '' });
    this.#book = new MessageBook(this.#own);
  }

  listen(listener: (event: ControlEvent) => void): () => void {
    this.#listeners.add(listener);
    // Once whoever listens is ready.
    if (this.#waiting.length) setTimeout(() => this.#release());
    return () => this.#listeners.delete(listener);
  }

  conversations(page: Parameters<MessageBook['conversations']>[0]): ConversationPage {
    return this.#book.conversations(page);
  }

  with(query: Parameters<MessageBook['with']>[0]): MessagePage {
    return this.#book.with(query);
  }

  see(number: string): void {
    this.#book.see(number);
    this.#tell({ type: 'messages-seen', with: number });
  }

  /** Sends a text to a number. Rejects with a {@link SignalingError} when it is not taken. */
  async sendTo(to: string, text: string): Promise<string> {
    short(text);
    const { domain } = this.#agent.account;
    const target = this.#agent.address(to);
    if (!target)
      throw new SignalingError('not-found', 'This is not a number or address that can be written to.');
    const request = this.#agent.compose({
      method: 'MESSAGE',
      target,
      to: target,
      headers: HEADERS,
      body: text,
    });
    const response = await this.#agent.ask(request).response;
    if (response.status_code >= 300) throw refusal(response);
    const id = newToken();
    // 202: a server keeps it for somebody who is not there (RFC 3428, 7).
    const delivered = response.status_code !== 202;
    const number = numberOf(target.user ?? '', target.host, domain);
    this.#book.add({
      ...{ id, from: this.#own, to: { number, name: '' }, text, at: Date.now() },
      state: delivered ? 'delivered' : 'sent',
    });
    this.#tell({ type: 'message-report', report: { id, delivered, kept: !delivered } });
    return id;
  }

  /** Sends a text to the other side of a call: to the very phone there, whichever others its number has. */
  async sendIn(call: SipCall, text: string): Promise<string> {
    short(text);
    await call.tell('MESSAGE', HEADERS, text);
    const id = newToken();
    const { remote } = call.call;
    this.#book.add({ id, from: this.#own, to: remote, text, at: Date.now(), state: 'delivered' });
    return id;
  }

  /** Takes a message, once somebody listens; `call` is the one it came in. */
  receive(request: IncomingRequest, call?: SipCall): void {
    const { body } = request;
    if (!/^\s*text\/plain\b/i.test(request.getHeader('content-type') ?? 'text/plain'))
      request.reply(415, null, ['Accept: text/plain']);
    else if (!body) request.reply(400, 'No Text');
    else if (body.length > LONGEST) request.reply(413);
    else if (this.#listeners.size) this.#take(request, body, call);
    else if (this.#waiting.length >= MOST_WAITING) request.reply(480);
    else {
      this.#waiting.push(() => {
        // Nobody sees it here; a server that keeps messages tries again later.
        if (this.#listeners.size) this.#take(request, body, call);
        else request.reply(480);
      });
      this.#patience ??= setTimeout(() => this.#release(), PATIENCE_MS);
    }
  }

  stop(): void {
    this.#listeners.clear();
    this.#release();
  }

  #release(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    for (const settle of this.#waiting.splice(0)) settle();
  }

  #take(request: IncomingRequest, text: string, call?: SipCall): void {
    request.reply(200);
    const at = Date.now();
    const id = newToken();
    const from = call?.call.remote ?? partyOf(request, 'from', this.#agent.account.domain);
    const { number } = this.#own;
    this.#book.add({ id, from, to: this.#own, text, at, state: 'delivered' });
    this.#tell(
      call
        ? { type: 'message', message: { id, callId: call.call.id, from: from.number, text, at } }
        : { type: 'text-message', message: { id, from, to: number, text, at } },
    );
  }

  #tell(event: ControlEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

function short(text: string): void {
  if (text.length > LONGEST)
    throw new SignalingError('unsupported', `A message has at most ${LONGEST} characters.`);
}
