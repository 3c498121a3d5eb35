import { SignalingError, type Description } from '../port.js';
import { Acceptance } from './acceptance.js';
import { SipCall, type CallHost } from './call.js';
import { begunByThem, Dialog } from './dialog.js';
import { partyOf } from './identity.js';
import type { IncomingRequest } from './jssip.js';
import { newToken } from './random.js';
import { directionOf, sends, withDirection, withoutSending } from './sdp.js';

/** A call to this phone. */
export class IncomingCall extends SipCall {
  readonly #request: IncomingRequest;
  #acceptance: Acceptance | null = null;

  readonly #replaced: SipCall | undefined;

  /** @param replaced The call it takes the place of (RFC 3891). */
  constructor(host: CallHost, request: IncomingRequest, replaced?: SipCall) {
    const { body } = request;
    super(host, newToken(), {
      direction: 'incoming',
      state: 'ringing',
      remote: partyOf(request, 'from', host.agent.account.domain),
      video: !!body && sends(directionOf(body, 'video')),
      sessionId: request.call_id,
    });
    this.#request = request;
    this.#replaced = replaced;
  }

  /** The branch of the INVITE; a CANCEL has the same. */
  get branch(): string {
    return this.#request.via_branch;
  }

  ring(): void {
    const request = this.#request;
    request.to_tag = newToken();
    const begun = begunByThem(request, request.to_tag);
    if (!begun) {
      request.reply(400, 'No Contact');
      return;
    }
    this.dialog = new Dialog(this.host.agent, this, begun);
    request.reply(180, null, [this.host.agent.contactHeader]);
    const { body } = request;
    const { id } = this.call;
    // Before the call: whoever takes it as soon as it rings, takes it with the answer.
    if (body) this.host.tell({ type: 'description', callId: id, description: { type: 'offer', sdp: body } });
    this.change({});
    if (this.#replaced) this.host.tell({ type: 'wanted', callId: id, what: 'accept' });
  }

  /** Takes the call with the answer to its offer, or, where it came without one, with an offer. */
  accept({ sdp }: Description, video: boolean): void {
    const request = this.#request;
    this.#ringing();
    this.wants.sending = video;
    const direction = directionOf(sdp, 'video');
    const silent = request.body ? direction && withoutSending(direction) : 'inactive';
    const body = video || !silent ? sdp : withDirection(sdp, 'video', silent);
    this.#acceptance = new Acceptance(request, this.host.agent.contactHeader, body, () => {
      void this.hangUp();
    });
    this.answered(this.dialog!, request.body ?? sdp);
    this.#replaced?.leave().catch(() => {});
  }

  /** Declines for all phones that ring. */
  reject(): void {
    this.#refuse(603);
    this.end('rejected');
  }

  forward(to: string): void {
    const target = this.host.agent.address(to);
    if (!target) throw new SignalingError('not-found', 'This is not a number or address that can be called.');
    this.#refuse(302, [`Contact: <${String(target)}>`]);
    this.end('forwarded');
  }

  /** The caller gave up, or another phone took the call (RFC 3326). */
  cancelled(cancel: IncomingRequest): void {
    if (this.call.state !== 'ringing') return;
    this.#request.reply(487);
    const elsewhere = cancel
      .getHeaders('reason')
      .some((reason) => /^\s*SIP\s*;.*\bcause\s*=\s*"?200\b/i.test(reason));
    this.end(elsewhere ? 'answered-elsewhere' : 'cancelled');
  }

  protected override giveUp(): Promise<void> {
    this.reject();
    return Promise.resolve();
  }

  protected override acknowledged(ack: IncomingRequest): void {
    if (ack.cseq !== this.#request.cseq || !this.#acceptance) return;
    this.#acceptance.acknowledged();
    this.#acceptance = null;
    if (this.#request.body || !ack.body) return;
    const { id } = this.call;
    this.host.tell({ type: 'description', callId: id, description: { type: 'answer', sdp: ack.body } });
  }

  override end(reason: Parameters<SipCall['end']>[0]): void {
    this.#acceptance?.acknowledged();
    super.end(reason);
  }

  #ringing(): void {
    if (this.call.state !== 'ringing')
      throw new SignalingError('wrong-state', 'The call does not ring any more.');
  }

  #refuse(code: number, headers: readonly string[] = []): void {
    this.#ringing();
    this.#request.reply(code, null, headers);
  }
}
