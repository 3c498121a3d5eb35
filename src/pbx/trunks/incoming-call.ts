/** A call that comes in by a line, from the INVITE to its end. */
import { randomUUID } from 'node:crypto';
import type { IncomingInviteRequest, ResponseOptions } from 'sip.js/lib/core/index.js';
import type { Call, EndReason } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import type { TrunkLeg } from '../media/engine.js';
import { mediaOptions, sdpBody, sdpOf } from './call.js';
import type { CallParts, TrunkCall } from './call.js';
import { Dialog } from './dialog.js';
import { statusOf } from './statuses.js';
import { TrunkMedia } from './trunk-media.js';

export class IncomingCall implements TrunkCall {
  readonly callId = randomUUID();
  readonly #media: TrunkMedia;
  #leg: TrunkLeg | null = null;
  /** What the answer to the INVITE carries: our answer, or our offer. */
  #description = '';
  #dialog: Dialog | null = null;
  #state: 'new' | 'ringing' | 'answered' | 'over' = 'new';

  constructor(
    private readonly parts: CallParts,
    private readonly request: IncomingInviteRequest,
  ) {
    this.#media = new TrunkMedia(parts.exchange.reports(this.callId));
    request.trying();
    request.delegate = {
      onCancel: () => {
        this.#refuse(487);
        parts.exchange.hungUp(this.callId, 'cancelled');
      },
    };
  }

  /** Makes its media and connects the call; refuses it when there can be none. */
  async start(contact: Contact, dialed: string): Promise<void> {
    const { engine, exchange, settings, log } = this.parts;
    const options = mediaOptions(this.parts);
    try {
      const offer = sdpOf(this.request.message);
      if (offer === null) {
        const leg = await this.#media.open((observer) => engine.offerTrunk(observer, options));
        [this.#leg, this.#description] = [leg, leg.offer];
      } else {
        const leg = await this.#media.open((observer) => engine.answerTrunk(offer, observer, options));
        [this.#leg, this.#description] = [leg, leg.answer];
      }
    } catch (error) {
      log.debug({ err: error, legId: this.callId }, 'a call that came in has no media that can be used');
      return this.#refuse(488);
    }
    if (this.#isOver) return void this.#media.close();
    const { rings } = settings();
    exchange.arrive(contact, {
      ...{ callId: this.callId, dialed, media: this.#media },
      ...(rings !== undefined && { to: rings }),
    });
  }

  changed({ state, heldRemotely, endReason }: Call): void {
    if (state === 'ended') this.#end(endReason);
    else if (state === 'active') {
      if (this.#state === 'answered') this.#dialog?.hold(heldRemotely);
      else this.#accept();
    } else if (state === 'ringing' && this.#state === 'new') {
      this.#state = 'ringing';
      this.#answer((options) => this.request.progress(options), { statusCode: 180 });
    }
  }

  #accept(): void {
    if (this.#isOver || !this.#leg) return;
    this.#state = 'answered';
    try {
      const { session } = this.request.accept({ statusCode: 200, body: sdpBody(this.#description) });
      this.#dialog = new Dialog(session, this.#leg, this.#media, this.callId, this.parts);
    } catch (error) {
      this.parts.log.debug({ err: error, legId: this.callId }, 'a call could not be taken any more');
      this.#over();
      this.parts.exchange.hungUp(this.callId, 'connection-lost');
    }
  }

  #end(reason: EndReason | undefined): void {
    if (this.#isOver) return;
    if (this.#dialog) {
      this.#dialog.hangUp();
      this.#over();
    } else this.#refuse(statusOf(reason));
  }

  #refuse(statusCode: number): void {
    if (this.#isOver) return;
    this.#over();
    this.#answer((options) => this.request.reject(options), { statusCode });
    void this.#media.close();
  }

  /** The request may have come to its end by itself in the meantime. */
  #answer(send: (options: ResponseOptions) => unknown, options: ResponseOptions): void {
    try {
      send(options);
    } catch (error) {
      this.parts.log.debug({ err: error, legId: this.callId }, 'a call could not be answered any more');
    }
  }

  get #isOver(): boolean {
    return this.#state === 'over';
  }

  #over(): void {
    this.#state = 'over';
    this.parts.onOver(this);
  }
}
