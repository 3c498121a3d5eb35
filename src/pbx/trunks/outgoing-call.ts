/** A call out through a line, from the INVITE to its end. */
import type {
  AckableIncomingResponseWithSession,
  IncomingResponse,
  OutgoingInviteRequest,
  PrackableIncomingResponseWithSession,
  URI,
} from 'sip.js/lib/core/index.js';
import type { Call } from '../../protocol/index.js';
import type { CallOut } from '../exchange/index.js';
import type { OfferedLeg } from '../media/engine.js';
import { mediaOptions, sdpBody, sdpOf } from './call.js';
import type { CallParts, TrunkCall } from './call.js';
import { Dialog } from './dialog.js';
import { quotable } from './identity.js';
import { refusalOf } from './statuses.js';
import type { Refusal } from './statuses.js';
import { TrunkMedia } from './trunk-media.js';

/** How often a call is sent on by who is called (302) before that is no use any more. */
const MAX_REDIRECTS = 3;
const CALLER_ID = /^\+?[\w.-]{1,64}$/;

export class OutgoingCall implements TrunkCall {
  readonly callId: string;
  readonly media: TrunkMedia;
  #state: 'new' | 'calling' | 'answered' | 'over' = 'new';
  #leg: OfferedLeg | null = null;
  #request: OutgoingInviteRequest | null = null;
  #dialog: Dialog | null = null;
  #redirects = 0;
  #early = false;

  constructor(
    private readonly parts: CallParts,
    private readonly out: CallOut,
  ) {
    this.callId = out.callId;
    this.media = new TrunkMedia(parts.exchange.reports(out.callId));
  }

  changed({ state, heldRemotely }: Call): void {
    if (state === 'ended') this.#end();
    else if (state === 'active') this.#dialog?.hold(heldRemotely);
    else if (state === 'ringing' && this.#state === 'new') void this.#dial();
  }

  async #dial(): Promise<void> {
    this.#state = 'calling';
    try {
      const { engine } = this.parts;
      this.#leg = await this.media.open((observer) => engine.offerTrunk(observer, mediaOptions(this.parts)));
    } catch (error) {
      if (this.#isOver) return;
      this.parts.log.warn({ err: error, legId: this.callId }, 'a call over a line has no media');
      return this.#failed({ event: 'not-found', reason: 'media-failed' });
    }
    if (!this.#isOver) this.#invite(this.out.number, this.#leg.offer);
  }

  #invite(number: string, offer: string): void {
    const { from, headers } = this.#identity();
    try {
      this.#request = this.parts.endpoint.invite(
        number,
        from,
        { headers, body: sdpBody(offer) },
        {
          onProgress: (response) => void this.#progressed(response),
          onAccept: (response) => void this.#accepted(response),
          onRedirect: (response) => this.#redirected(response, offer),
          onReject: ({ message }) => this.#failed(refusalOf(message.statusCode ?? 0)),
        },
      );
    } catch (error) {
      this.parts.log.warn({ err: error, legId: this.callId }, 'a call could not be sent to a line');
      this.#failed({ event: 'not-found', reason: 'unavailable' });
    }
  }

  /** Whom those that are called see: what a script wants to be shown, otherwise the number of the line. */
  #identity(): { from: { uri: URI; name: string }; headers: string[] } {
    const { endpoint, exchange } = this.parts;
    const { username, callerId = username } = this.parts.settings();
    const { shownCaller } = this.out;
    // The number of an extension means nothing outside.
    const wanted =
      shownCaller && CALLER_ID.test(shownCaller.number) && !exchange.isHouseNumber(shownCaller.number)
        ? shownCaller
        : { number: callerId, name: '' };
    const uri = endpoint.address(wanted.number);
    const headers = wanted.number === username ? [] : [`P-Preferred-Identity: <${uri.toRaw()}>`];
    return { from: { uri, name: quotable(wanted.name) }, headers };
  }

  async #progressed({ message }: PrackableIncomingResponseWithSession): Promise<void> {
    if (this.#state !== 'calling' || !this.#leg) return;
    const answer = sdpOf(message);
    if (answer !== null) {
      try {
        await this.#leg.accept(answer);
        this.#early = true;
      } catch (error) {
        this.parts.log.debug({ err: error, legId: this.callId }, 'early media cannot be used');
      }
    }
    if (this.#isOver || (message.statusCode !== 180 && !this.#early)) return;
    this.parts.exchange.ringing(this.callId, this.#early);
  }

  async #accepted({ message, session, ack }: AckableIncomingResponseWithSession): Promise<void> {
    ack();
    // Hung up in the same moment, or a second phone answered: nobody is here for it.
    if (this.#state !== 'calling' || !this.#leg) return void session.bye();
    this.#state = 'answered';
    const dialog = new Dialog(session, this.#leg, this.media, this.callId, this.parts);
    this.#dialog = dialog;
    try {
      const answer = sdpOf(message);
      if (answer !== null || !this.#early) await this.#leg.accept(answer ?? '');
    } catch (error) {
      if (this.#isOver) return;
      this.parts.log.warn({ err: error, legId: this.callId }, 'the answer of a line cannot be used');
      dialog.hangUp();
      return this.#failed({ event: 'not-found', reason: 'media-failed' });
    }
    if (!this.#isOver) this.parts.exchange.answered(this.callId);
  }

  /** Whoever was called is to be reached at another number: by the same line, whatever address it is. */
  #redirected({ message }: IncomingResponse, offer: string): void {
    if (this.#state !== 'calling') return;
    const contact = message.parseHeader('contact', 0) as { uri?: URI } | undefined;
    const number = contact?.uri?.user ?? '';
    this.#redirects += 1;
    if (number === '' || this.#redirects > MAX_REDIRECTS) {
      return this.#failed({ event: 'not-found', reason: 'unavailable' });
    }
    this.#invite(number, offer);
  }

  #failed({ event, reason }: Refusal): void {
    if (this.#isOver) return;
    this.#over();
    this.parts.exchange.failed(this.callId, event, reason);
  }

  /** The exchange has ended the call. */
  #end(): void {
    if (this.#isOver) return;
    const request = this.#state === 'calling' ? this.#request : null;
    this.#over();
    request?.cancel();
    this.#dialog?.hangUp();
  }

  get #isOver(): boolean {
    return this.#state === 'over';
  }

  #over(): void {
    this.#state = 'over';
    this.parts.onOver(this);
  }
}
