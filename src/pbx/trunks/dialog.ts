/**
 * A call that is answered: its end from either side, and hold from either side. Who is put on hold from here hears
 * music, and is told by a re-INVITE with `sendonly` only where a line asks for that: many providers answer it with
 * silence. Hold from there is told to the exchange (RFC 3264, 8.4).
 */
import { SessionState, SignalingState } from 'sip.js/lib/core/index.js';
import type { IncomingInviteRequest, Session } from 'sip.js/lib/core/index.js';
import type { TrunkLeg } from '../media/engine.js';
import { sdpBody, sdpOf } from './call.js';
import type { CallParts } from './call.js';
import type { TrunkMedia } from './trunk-media.js';

/** A digit in a SIP INFO (application/dtmf-relay). */
const SIGNAL = /^\s*(?:signal\s*=\s*)?([\d*#A-D])\s*$/im;

export class Dialog {
  #over = false;
  /** What the far side is to be told and was told: whether it is on hold. */
  #held = false;
  #told = false;
  #asking = false;
  #stopRetry = () => {};

  constructor(
    private readonly session: Session,
    private readonly leg: TrunkLeg,
    private readonly media: TrunkMedia,
    private readonly callId: string,
    private readonly parts: CallParts,
  ) {
    session.delegate = {
      onBye: (request) => {
        request.accept();
        this.#ended();
        parts.exchange.hungUp(callId);
      },
      onInvite: (request) => void this.#reoffered(request),
      onInfo: (request) => {
        const { body } = request.message;
        const type = request.message.getHeader('content-type') ?? '';
        const digit = /dtmf/i.test(type) ? SIGNAL.exec(body)?.[1] : undefined;
        request.accept();
        if (digit !== undefined) media.pressed(digit);
      },
      onRefer: (request) => void request.reject({ statusCode: 603 }),
      onNotify: (request) => void request.reject({ statusCode: 481 }),
      onMessage: (request) => void request.reject({ statusCode: 405 }),
      onAck: ({ message }) => {
        const answer = sdpOf(message);
        if (answer !== null && session.signalingState !== SignalingState.Closed) this.#answered(answer);
        if (this.#over) this.#bye();
        else void this.#tellHold();
      },
      onAckTimeout: () => {
        if (!this.#over) this.#ended();
        this.#safely(() => session.bye());
        parts.exchange.hungUp(callId, 'connection-lost');
      },
    };
  }

  /** Puts the far side on hold, or takes it back. */
  hold(held: boolean): void {
    this.#held = held && this.parts.settings().signalHold;
    void this.#tellHold();
  }

  /** Ends the call. */
  hangUp(): void {
    if (this.#over) return;
    this.#ended();
    this.#bye();
  }

  #ended(): void {
    this.#over = true;
    this.#stopRetry();
  }

  /** A call that came in may be ended only when the caller has heard that it was taken: then, in `onAck`. */
  #bye(): void {
    if (this.session.sessionState === SessionState.Confirmed) this.#safely(() => this.session.bye());
  }

  /** The far side describes its media anew. */
  async #reoffered(request: IncomingInviteRequest): Promise<void> {
    const extraHeaders = [`Contact: ${this.parts.endpoint.contact}`];
    try {
      const offer = sdpOf(request.message);
      // Without an offer it asks for ours, and answers it in its ACK.
      const description =
        offer === null
          ? await this.leg.offerAnew(this.#told ? 'sendonly' : 'sendrecv')
          : await this.leg.reoffer(offer);
      request.accept({ statusCode: 200, body: sdpBody(description), extraHeaders });
      if (offer !== null) this.parts.exchange.held(this.callId, this.leg.isHeldByFarSide);
    } catch (error) {
      this.parts.log.debug({ err: error, legId: this.callId }, 'a new offer cannot be used');
      this.#safely(() => request.reject({ statusCode: 488 }));
    }
  }

  #answered(answer: string): void {
    this.leg
      .accept(answer)
      .then(() => this.parts.exchange.held(this.callId, this.leg.isHeldByFarSide))
      .catch((error: unknown) => {
        this.parts.log.debug({ err: error, legId: this.callId }, 'an answer cannot be used');
      });
  }

  /** Tells the far side that it is on hold now, or is not any more; once at a time. */
  async #tellHold(): Promise<void> {
    if (
      this.#asking ||
      this.#over ||
      this.#held === this.#told ||
      this.session.sessionState !== SessionState.Confirmed
    ) {
      return;
    }
    this.#asking = true;
    const held = this.#held;
    const done = () => {
      this.#asking = false;
      void this.#tellHold();
    };
    const refused = () => {
      this.leg.withdraw();
      // It may be asking the same at this moment (RFC 3261, 14.1): another time.
      this.#stopRetry = this.parts.clock.setTimeout(done, 2000 + Math.random() * 2000);
    };
    try {
      const offer = await this.leg.offerAnew(held ? 'sendonly' : 'sendrecv');
      this.session.invite(
        {
          onAccept: ({ message, ack }) => {
            ack();
            this.#told = held;
            this.leg.accept(sdpOf(message) ?? '').then(done, done);
          },
          onReject: ({ message }) => {
            if (message.statusCode === 491) return refused();
            // A far side that knows no hold hears the music all the same.
            this.leg.withdraw();
            this.#told = held;
            done();
          },
        },
        { body: sdpBody(offer), extraHeaders: [`Contact: ${this.parts.endpoint.contact}`] },
      );
    } catch (error) {
      this.parts.log.debug({ err: error, legId: this.callId }, 'the far side cannot be put on hold');
      refused();
    }
  }

  #safely(act: () => unknown): void {
    try {
      act();
    } catch (error) {
      this.parts.log.debug({ err: error, legId: this.callId }, 'a SIP request could not be sent');
    }
  }
}
