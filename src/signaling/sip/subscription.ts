import { Dialog, begunByThem, begunByUs } from './dialog.js';
import type { IncomingRequest, Uri } from './jssip.js';
import { newToken } from './random.js';
import { dialogId, type DialogOwner, type UserAgent } from './user-agent.js';

/** How long to be told without asking again, in seconds; and after a failure, when to try again. */
const EXPIRES = 600;
const RETRY = 60;

export interface Subscriber {
  /** A document came; an empty one says that there is nothing. */
  notified(body: string): void;
  /** The server does not tell of this any more, or not at all. */
  refused(): void;
}

/** Asks to be told of one resource (RFC 6665), again in time, and anew after each loss. */
export class Subscription implements DialogOwner {
  readonly #agent: UserAgent;
  readonly #target: Uri;
  readonly #kind: { readonly event: string; readonly accept: string };
  readonly #subscriber: Subscriber;
  #dialog: Dialog | null = null;
  /** The first document may come before the answer: until then, this side's half is what is known. */
  #half = '';
  #tag = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts beginnings: what an earlier one still brings is not heard. */
  #turn = 0;

  constructor(
    agent: UserAgent,
    target: Uri,
    kind: { readonly event: string; readonly accept: string },
    subscriber: Subscriber,
  ) {
    this.#agent = agent;
    this.#target = target;
    this.#kind = kind;
    this.#subscriber = subscriber;
  }

  /** Subscribes anew. */
  begin(): void {
    this.stop();
    void this.#begin(++this.#turn);
  }

  /** Does not ask again and hears nothing; the server finds out by itself. */
  stop(): void {
    this.#turn++;
    clearTimeout(this.#timer);
    this.#agent.close(this.#half);
    this.#dialog?.close();
    this.#dialog = null;
  }

  receive(request: IncomingRequest): void {
    if (request.method !== 'NOTIFY') {
      request.reply(405);
      return;
    }
    if (!this.#dialog) {
      const begun = begunByThem(request, this.#tag);
      if (!begun) {
        request.reply(400);
        return;
      }
      this.#dialog = new Dialog(this.#agent, this, { ...begun, localSeq: 1, remoteSeq: null });
    }
    if (!this.#dialog.takes(request)) return;
    request.reply(200);
    this.#subscriber.notified(request.body ?? '');
    const [, reason, after] =
      /^terminated\b(?:.*;\s*reason=(\w+))?(?:.*;\s*retry-after=(\d+))?/i.exec(
        request.getHeader('subscription-state') ?? '',
      ) ?? [];
    if (!/^terminated/i.test(request.getHeader('subscription-state') ?? '')) return;
    this.stop();
    if (reason === 'rejected' || reason === 'noresource') this.#subscriber.refused();
    else this.#again(() => this.begin(), Number(after) || (reason === 'deactivated' ? 1 : RETRY));
  }

  async #begin(turn: number): Promise<void> {
    this.#tag = newToken();
    const callId = newToken();
    this.#half = dialogId(callId, this.#tag, undefined);
    this.#agent.open(this.#half, this);
    const request = this.#agent.compose({
      method: 'SUBSCRIBE',
      target: this.#target,
      callId,
      fromTag: this.#tag,
      headers: this.#headers(),
    });
    const asking = this.#agent.ask(request);
    try {
      const answer = await asking.response;
      if (turn !== this.#turn) return;
      if (answer.status_code >= 300) {
        this.stop();
        this.#subscriber.refused();
        return;
      }
      this.#dialog ??= new Dialog(this.#agent, this, begunByUs(request, asking.cseq(), answer));
      this.#refreshIn(answer.getHeader('expires'));
    } catch {
      // Without a connection: the next one begins anew.
      if (turn === this.#turn) this.stop();
    }
  }

  #refreshIn(expires: string | undefined): void {
    const seconds = Math.max(20, Number(expires) || EXPIRES);
    this.#again(() => void this.#refresh(this.#turn), seconds * 0.7);
  }

  async #refresh(turn: number): Promise<void> {
    const answer = await this.#dialog?.ask('SUBSCRIBE', this.#headers()).response.catch(() => null);
    if (!answer || turn !== this.#turn) return;
    if (answer.status_code < 300) this.#refreshIn(answer.getHeader('expires'));
    else this.begin();
  }

  #headers(): string[] {
    const { event, accept } = this.#kind;
    // By this connection only: with the next one it begins anew.
    const contact = `Contact: <${this.#agent.contact.uri}>`;
    return [contact, `Event: ${event}`, `Accept: ${accept}`, `Expires: ${EXPIRES}`];
  }

  #again(step: () => void, seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(step, seconds * 1000);
  }
}
