import { SignalingError, type Call, type Description, type NewCall } from '../port.js';
import { SipCall, type CallHost } from './call.js';
import { begunByUs, contactOf, Dialog } from './dialog.js';
import { partyOf } from './identity.js';
import type { IncomingResponse, OutgoingRequest, Uri } from './jssip.js';
import { newToken } from './random.js';
import { withDirection } from './sdp.js';
import { endReasonOf } from './statuses.js';
import type { Referral } from './transfer.js';
import type { Asking } from './user-agent.js';

/** How often a call is sent on before it is given up. */
const MOST_REDIRECTIONS = 5;

/** A call this phone makes. */
export class OutgoingCall extends SipCall {
  readonly #offer: Description;
  readonly #headers: readonly string[];
  readonly #tag = newToken();
  #asking: Asking | null = null;
  #seq = 1;
  #redirections = 0;
  /** The branch whose early media are heard. */
  #early: string | undefined;

  readonly #target: Uri | undefined;
  readonly #told: (call: Call) => void;

  /**
   * @param referral Where another side asked to call, and what it wants said there.
   * @param told Hears of every change.
   */
  constructor(
    host: CallHost,
    { callId, to, offer, video }: NewCall,
    referral?: Referral,
    told: (call: Call) => void = () => {},
  ) {
    super(host, callId, {
      direction: 'outgoing',
      state: 'dialing',
      remote: { number: to, name: '' },
      video,
      sessionId: newToken(),
    });
    this.#offer = offer;
    this.#headers = referral?.headers ?? [];
    this.#target = referral?.target;
    this.#told = told;
    this.wants.sending = video;
  }

  /** Rejects with `not-found` what is no number. */
  start(): void {
    const target = this.#target ?? this.host.agent.address(this.call.remote.number);
    if (!target) throw new SignalingError('not-found', 'This is not a number or address that can be called.');
    this.change({});
    this.#invite(target);
  }

  protected override change(change: Partial<Call>): void {
    super.change(change);
    this.#told(this.call);
  }

  protected override giveUp(): Promise<void> {
    this.#asking?.cancel();
    this.end('cancelled');
    return Promise.resolve();
  }

  #invite(target: Uri): void {
    const { agent } = this.host;
    const { sessionId } = this.call;
    const { sdp } = this.#offer;
    const request = agent.compose({
      method: 'INVITE',
      target,
      callId: sessionId,
      fromTag: this.#tag,
      cseq: this.#seq,
      headers: [agent.contactHeader, 'Content-Type: application/sdp', ...this.#headers],
      body: this.wants.sending ? sdp : withDirection(sdp, 'video', 'inactive'),
    });
    const asking = agent.ask(
      request,
      (response) => this.#hear(request, asking, response),
      () => ++this.#seq,
    );
    this.#asking = asking;
    asking.response.catch((error: SignalingError) =>
      this.end(error.reason === 'timeout' ? 'unavailable' : 'connection-lost'),
    );
  }

  #hear(request: OutgoingRequest, asking: Asking, response: IncomingResponse): void {
    const code = response.status_code;
    if (code < 200) this.#progress(response);
    else if (code < 300) this.#accepted(request, asking, response);
    else if (this.call.state === 'ended') return;
    else if (code < 400) this.#redirected(response);
    else this.end(endReasonOf(code));
  }

  #progress(response: IncomingResponse): void {
    const { status_code: code, body, to_tag: branch } = response;
    if (code === 100 || this.call.state === 'ended') return;
    if (this.call.state === 'dialing' && (code === 180 || body)) {
      this.change({ state: 'ringing', remote: this.#party(response) });
    }
    // Of several phones that ring, one can be heard.
    if (!body || (this.#early !== undefined && this.#early !== branch)) return;
    this.#early = branch;
    this.host.tell({
      type: 'description',
      callId: this.call.id,
      description: { type: 'pranswer', sdp: body },
    });
  }

  #accepted(request: OutgoingRequest, asking: Asking, response: IncomingResponse): void {
    const { dialog } = this;
    if (dialog && dialog.remoteTag === response.to_tag) {
      // Sent again because our acknowledgement was lost.
      dialog.acknowledge(asking.cseq());
      return;
    }
    const begun = new Dialog(this.host.agent, this, begunByUs(request, asking.cseq(), response));
    begun.acknowledge(asking.cseq());
    if (dialog || this.call.state === 'ended' || !response.body) {
      // A second phone answered as well, or it was given up at that moment.
      begun.close();
      begun.ask('BYE').response.catch(() => {});
      if (!dialog) this.end('media-failed');
      return;
    }
    const { body } = response;
    this.change({ remote: this.#party(response) });
    this.host.tell({
      type: 'description',
      callId: this.call.id,
      description: { type: 'answer', sdp: body },
    });
    this.answered(begun, body);
  }

  #redirected(response: IncomingResponse): void {
    const target = contactOf(response);
    if (!target || ++this.#redirections > MOST_REDIRECTIONS) {
      this.end('error');
      return;
    }
    this.#seq++;
    this.#early = undefined;
    const number = this.#numberOf(target);
    this.change({ state: 'dialing', remote: { number, name: '' } });
    this.#invite(target);
  }

  #numberOf(target: Uri): string {
    const { user, host } = target;
    return host === this.host.agent.account.domain ? (user ?? '') : `${user}@${host}`;
  }

  /** Whom the network says it is; else who was called: the `To` is only what this side wrote. */
  #party(response: IncomingResponse): { number: string; name: string } {
    const vouched = response.hasHeader('p-asserted-identity') || response.hasHeader('remote-party-id');
    return vouched ? partyOf(response, 'to', this.host.agent.account.domain) : this.call.remote;
  }
}
