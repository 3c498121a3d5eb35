import { SignalingError, type Description } from '../port.js';
import { Acceptance } from './acceptance.js';
import type { Dialog } from './dialog.js';
import type { IncomingRequest, IncomingResponse } from './jssip.js';
import {
  directionOf,
  isForBrowsers,
  receives,
  refuses,
  sends,
  withDirection,
  withoutReceiving,
  withoutSending,
} from './sdp.js';
import { isGone, refusal } from './statuses.js';

/** How long the phone may take to describe its media, in milliseconds. */
const DESCRIBE_MS = 8000;
/** RFC 3261, 14.1: how long who began the call waits after both offered at once, from and to, in milliseconds. */
const GLARE_MS = { caller: [2100, 4000], callee: [0, 2000] } as const;

/** What this side wants the other to know of its media. */
export interface Wants {
  /** The other side is on hold. */
  held: boolean;
  /** The camera is sent. */
  sending: boolean;
}

/** What the other side makes known. */
export interface FarMedia {
  readonly holds: boolean;
  readonly sendsVideo: boolean;
}

export interface NegotiationParty {
  readonly contactHeader: string;
  /** Wants an offer of the phone, perhaps with new paths; it comes by {@link Negotiation.describe}. */
  wantOffer(restart: boolean): void;
  described(description: Description): void;
  farMedia(media: FarMedia): void;
  /** The other side does not know the call any more, or never said that it took an answer. */
  gone(): void;
}

/** Offers and answers within one dialog (RFC 3264), either side's, one at a time. */
export class Negotiation {
  readonly wants: Wants;
  readonly #dialog: Dialog;
  readonly #party: NegotiationParty;
  readonly #caller: boolean;
  #queue: Promise<void> = Promise.resolve();
  /** How many offers are in it. */
  #steps = 0;
  /** An offer the phone was asked for. */
  #awaited: { resolve(offer: Description): void; reject(error: SignalingError): void } | null = null;
  /** This side's re-INVITE is on its way. */
  #offering = false;
  /** The other side's offer, or its question for one, until it is answered. */
  #asked: IncomingRequest | null = null;
  #answered: () => void = () => {};
  /** Settles when nothing of the other side's waits for an answer. */
  #free: Promise<void> = Promise.resolve();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #acceptance: Acceptance | null = null;
  /** The other side has not refused video. */
  #video: boolean;
  #over = false;

  constructor(
    dialog: Dialog,
    party: NegotiationParty,
    begun: { wants: Wants; far: string; caller: boolean },
  ) {
    this.#dialog = dialog;
    this.#party = party;
    this.wants = begun.wants;
    this.#caller = begun.caller;
    this.#video = !refuses(begun.far, 'video');
  }

  /**
   * Makes the other side know what is wanted now. Rejects with a {@link SignalingError} when it does not take it.
   *
   * @param restart The media look for new paths (ICE restart, RFC 8445, 2.4).
   */
  renegotiate(restart = false): Promise<void> {
    return this.#next(async () => {
      await this.#offer(await this.#ownOffer(restart));
    });
  }

  get takesVideo(): boolean {
    return this.#video;
  }

  /** The phone's offer, asked for or not, or its answer. */
  async describe(description: Description): Promise<void> {
    const request = this.#asked;
    if (description.type === 'offer' && this.#awaited) {
      this.#awaited.resolve(description);
      return;
    }
    if (request && (description.type === 'offer') === !request.body) {
      this.#answer(request, description);
      return;
    }
    if (description.type !== 'offer')
      throw new SignalingError('wrong-state', 'No offer waits for this answer.');
    // What was made while another one was on its way is out of date when its turn comes.
    const stale = this.#steps > 0 || !!request;
    await this.#next(async () => this.#offer(stale ? await this.#ownOffer(false) : description));
  }

  /** Takes a re-INVITE, an UPDATE or an ACK. */
  receive(request: IncomingRequest): void {
    const { method, body } = request;
    if (method === 'ACK') {
      const { request: accepted } = this.#acceptance ?? {};
      if (accepted?.cseq !== request.cseq) return;
      this.#acceptance!.acknowledged();
      this.#acceptance = null;
      // The answer to an offer that went out with ours.
      if (!accepted.body && accepted.method === 'INVITE' && body) this.#take(body, 'answer');
      return;
    }
    if (method === 'UPDATE' && !body) request.reply(200, null, [this.#party.contactHeader]);
    else if (this.#offering) request.reply(491);
    else if (this.#asked) request.reply(500, null, [`Retry-After: ${Math.ceil(Math.random() * 9)}`]);
    else if (body && !isForBrowsers(body)) request.reply(488);
    else {
      this.#asked = request;
      this.#free = new Promise((resolve) => (this.#answered = resolve));
      this.#patience = setTimeout(() => this.#refuse(500), DESCRIBE_MS);
      if (body) this.#party.described({ type: 'offer', sdp: body });
      else this.#party.wantOffer(false);
    }
  }

  /** The dialog is over. */
  close(): void {
    this.#over = true;
    clearTimeout(this.#patience);
    this.#acceptance?.acknowledged();
    this.#awaited?.reject(new SignalingError('wrong-state', 'The call is over.'));
    if (this.#asked) this.#refuse(487);
  }

  /** What the phone describes, with what is wanted in it. */
  outgoing({ type, sdp }: Description): string {
    const { held, sending } = this.wants;
    const audio = directionOf(sdp, 'audio');
    const video = directionOf(sdp, 'video');
    let told = sdp;
    if (held && audio) told = withDirection(told, 'audio', withoutReceiving(audio));
    // Who offers no picture and gets none does not offer video: phones would show a video call.
    const wanted = sending || type !== 'offer' || this.#farVideo ? video : 'inactive';
    if (video && wanted) told = withDirection(told, 'video', sending ? wanted : withoutSending(wanted));
    return told;
  }

  #farVideo = false;

  /** Takes what the other side says of its media. */
  heard(sdp: string): void {
    const audio = directionOf(sdp, 'audio');
    const video = directionOf(sdp, 'video');
    this.#video = !refuses(sdp, 'video');
    this.#farVideo = sends(video);
    this.#party.farMedia({ holds: audio !== null && !receives(audio), sendsVideo: this.#farVideo });
  }

  #take(sdp: string, type: 'answer'): void {
    this.heard(sdp);
    this.#party.described({ type, sdp });
  }

  #next(step: () => Promise<void>): Promise<void> {
    this.#steps++;
    const done = this.#queue
      .then(async () => {
        // One offer at a time, whoever makes it.
        await this.#free;
        if (this.#over) throw new SignalingError('wrong-state', 'The call is over.');
        return step();
      })
      .finally(() => this.#steps--);
    this.#queue = done.catch(() => {});
    return done;
  }

  #ownOffer(restart: boolean): Promise<Description> {
    return new Promise<Description>((resolve, reject) => {
      const late = () =>
        reject(new SignalingError('timeout', 'The media of the call were not described in time.'));
      const timer = setTimeout(late, DESCRIBE_MS);
      const settled = () => {
        clearTimeout(timer);
        this.#awaited = null;
      };
      this.#awaited = {
        resolve: (offer) => {
          settled();
          resolve(offer);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      this.#party.wantOffer(restart);
    }).finally(() => (this.#awaited = null));
  }

  async #offer(offer: Description): Promise<void> {
    const headers = [this.#party.contactHeader, 'Content-Type: application/sdp'];
    const send = async (own: Description): Promise<IncomingResponse> => {
      this.#offering = true;
      try {
        const asking = this.#dialog.ask('INVITE', headers, this.outgoing(own), (response) => {
          // Sent again because our acknowledgement was lost.
          if (response.status_code >= 200 && response.status_code < 300)
            this.#dialog.acknowledge(asking.cseq());
        });
        return await asking.response;
      } finally {
        this.#offering = false;
      }
    };
    let response = await send(offer);
    if (response.status_code === 491) {
      const [from, to] = GLARE_MS[this.#caller ? 'caller' : 'callee'];
      await new Promise((resolve) => setTimeout(resolve, from + Math.random() * (to - from)));
      await this.#free;
      if (this.#over) throw new SignalingError('wrong-state', 'The call is over.');
      // The one there was is out of date: the media may have taken the other side's meanwhile.
      response = await send(await this.#ownOffer(false));
    }
    if (response.status_code < 300) {
      if (response.body) this.#take(response.body, 'answer');
      return;
    }
    if (isGone(response.status_code)) this.#party.gone();
    throw refusal(response);
  }

  #answer(request: IncomingRequest, description: Description): void {
    this.#settled();
    if (request.body) this.heard(request.body);
    const body = this.outgoing(description);
    const contact = this.#party.contactHeader;
    if (request.method === 'UPDATE') request.reply(200, null, [contact], body);
    else this.#acceptance = new Acceptance(request, contact, body, () => this.#party.gone());
  }

  #refuse(code: number): void {
    const request = this.#asked;
    this.#settled();
    request?.reply(code, code === 500 ? 'Not Described In Time' : null);
  }

  #settled(): void {
    this.#asked = null;
    clearTimeout(this.#patience);
    this.#answered();
  }
}
