import { SignalingError } from '../port.js';
import { addressOf, type IncomingResponse } from './jssip.js';
import { newToken } from './random.js';
import { refusal } from './statuses.js';
import type { UserAgent } from './user-agent.js';

/** How long to stay registered without a sign of life, in seconds; and the least that is worth it. */
const EXPIRES = 600;
const LEAST = 10;

/** Keeps one account registered over one user agent (RFC 3261, 10; RFC 5626 and 5627 where the server has them). */
export class Registration {
  readonly #agent: UserAgent;
  readonly #failed: (error: SignalingError) => void;
  readonly #callId = newToken();
  readonly #instance = crypto.randomUUID();
  #seq = 0;
  #expires = EXPIRES;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param failed Told when it could not be refreshed. */
  constructor(agent: UserAgent, failed: (error: SignalingError) => void) {
    this.#agent = agent;
    this.#failed = failed;
  }

  /** Registers, and again in time; rejects with a {@link SignalingError}. */
  async register(): Promise<void> {
    this.stop();
    let response = await this.#send(this.#expires);
    if (response.status_code === 423) {
      const least = Number(response.getHeader('min-expires'));
      if (least > this.#expires) {
        this.#expires = least;
        response = await this.#send(least);
      }
    }
    if (response.status_code >= 300) throw refusal(response);
    const contact = this.#contactIn(response);
    const gruu = /;\s*pub-gruu\s*=\s*"([^"]+)"/i.exec(contact)?.[1];
    this.#agent.contact.pub_gruu = gruu && /^sip:[^\s<>"]+$/i.test(gruu) ? gruu : null;
    const said = /;\s*expires\s*=\s*(\d+)/i.exec(contact)?.[1] ?? response.getHeader('expires');
    const seconds = Math.max(LEAST, Number(said ?? this.#expires) || this.#expires);
    // Well before the end: a page in the background is woken once a minute at best.
    const wait = seconds > 140 ? seconds / 2 + Math.random() * (seconds / 2 - 70) : seconds * 0.7;
    this.#timer = setTimeout(() => {
      this.register().catch((error: SignalingError) => this.#failed(error));
    }, wait * 1000);
  }

  /** Takes the registration back. */
  async unregister(): Promise<void> {
    this.stop();
    await this.#send(0);
  }

  /** Does not register again. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #send(expires: number): Promise<IncomingResponse> {
    const { account, contact, configuration } = this.#agent;
    const headers = [
      `Contact: <${contact.uri}>;+sip.instance="<urn:uuid:${this.#instance}>";reg-id=1;expires=${expires}`,
      `Expires: ${expires}`,
    ];
    const registrar = configuration.uri.clone();
    registrar.user = null;
    const request = this.#agent.compose({
      method: 'REGISTER',
      target: registrar,
      to: addressOf(account.user, account.domain)!,
      headers,
      callId: this.#callId,
      cseq: ++this.#seq,
    });
    return this.#agent.ask(request, undefined, () => ++this.#seq).response;
  }

  /** What the registrar says of this client: others may be registered, too. */
  #contactIn(response: IncomingResponse): string {
    const own = this.#agent.contact.uri.split(/[:@]/)[1]!;
    return response.getHeaders('contact').find((contact) => contact.includes(own)) ?? '';
  }
}
