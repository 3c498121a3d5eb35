import { SignalingError } from '../port.js';
import type { IncomingRequest, IncomingResponse, NameAddress, OutgoingRequest, Uri } from './jssip.js';
import { dialogId, type Asking, type DialogOwner, type UserAgent } from './user-agent.js';

/** What a dialog begins with: one side's INVITE or SUBSCRIBE, and the other's answer. */
export interface Beginnings {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string | undefined;
  readonly local: Uri;
  readonly remote: Uri;
  readonly target: Uri;
  readonly route: readonly string[];
  readonly localSeq: number;
  readonly remoteSeq: number | null;
}

/** A dialog (RFC 3261, 12): requests within it, in sequence. */
export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string | undefined;
  readonly #agent: UserAgent;
  readonly #id: string;
  readonly #local: Uri;
  readonly #remote: Uri;
  readonly #route: readonly string[];
  #target: Uri;
  #localSeq: number;
  #remoteSeq: number | null;

  constructor(agent: UserAgent, owner: DialogOwner, begun: Beginnings) {
    this.#agent = agent;
    this.callId = begun.callId;
    this.localTag = begun.localTag;
    this.remoteTag = begun.remoteTag;
    this.#local = begun.local;
    this.#remote = begun.remote;
    this.#route = begun.route;
    this.#target = begun.target;
    this.#localSeq = begun.localSeq;
    this.#remoteSeq = begun.remoteSeq;
    this.#id = dialogId(begun.callId, begun.localTag, begun.remoteTag);
    agent.open(this.#id, owner);
  }

  /**
   * Where a third party is sent to be connected with the other side in place of this one (RFC 3891): its own address
   * where that outlives a socket, else the one it is called by.
   */
  get replaceable(): string {
    const lasting = this.#target.getParam('gr') !== undefined;
    const uri = String(lasting ? this.#target : this.#remote).split('?', 1)[0]!;
    const { callId, remoteTag, localTag } = this;
    return `${uri}?Replaces=${encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`)}`;
  }

  /** Sends a request; an INVITE's answer must be acknowledged with {@link acknowledge}. */
  ask(
    method: string,
    headers: readonly string[] = [],
    body: string | null = null,
    hears?: (response: IncomingResponse) => void,
  ): Asking {
    this.#localSeq++;
    const request = this.#compose(method, this.#localSeq, headers, body);
    const asking = this.#agent.ask(request, hears, () => ++this.#localSeq);
    const { response } = asking;
    const sequel = response.then((answer) => {
      if (answer.status_code < 300 && (method === 'INVITE' || method === 'SUBSCRIBE')) this.#retarget(answer);
      return answer;
    });
    return { ...asking, response: sequel };
  }

  acknowledge(cseq: number, body: string | null = null): void {
    const headers = body === null ? [] : ['Content-Type: application/sdp'];
    this.#agent.acknowledge(this.#compose('ACK', cseq, headers, body));
  }

  /** Whether a request is in sequence; one that is not has been answered. */
  takes(request: IncomingRequest): boolean {
    if (request.method === 'ACK') return true;
    if (this.#remoteSeq !== null && request.cseq <= this.#remoteSeq) {
      request.reply(500, 'Out of sequence');
      return false;
    }
    this.#remoteSeq = request.cseq;
    if (['INVITE', 'UPDATE', 'NOTIFY', 'REFER'].includes(request.method)) this.#retarget(request);
    return true;
  }

  close(): void {
    this.#agent.close(this.#id);
  }

  #compose(method: string, cseq: number, headers: readonly string[], body: string | null): OutgoingRequest {
    return this.#agent.compose({
      method,
      target: this.#target,
      headers,
      body,
      callId: this.callId,
      cseq,
      fromTag: this.localTag,
      from: this.#local,
      to: this.#remote,
      toTag: this.remoteTag,
      route: this.#route,
    });
  }

  #retarget(message: IncomingRequest | IncomingResponse): void {
    this.#target = contactOf(message) ?? this.#target;
  }
}

export function contactOf(message: IncomingRequest | IncomingResponse): Uri | null {
  return (message.parseHeader('contact') as NameAddress | undefined)?.uri ?? null;
}

/** What the answer to this side's request begins. */
export function begunByUs(request: OutgoingRequest, cseq: number, answer: IncomingResponse): Beginnings {
  const target = contactOf(answer);
  if (!target) throw new SignalingError('internal', 'The SIP server answered without a Contact.');
  return {
    callId: answer.call_id,
    localTag: answer.from_tag!,
    remoteTag: answer.to_tag,
    local: answer.from.uri,
    remote: answer.to.uri,
    target,
    route: answer.getHeaders('record-route').reverse(),
    localSeq: Math.max(cseq, request.cseq),
    remoteSeq: null,
  };
}

/** What the other side's request begins; `localTag` is what this side answers with. */
export function begunByThem(request: IncomingRequest, localTag: string): Beginnings | null {
  const target = contactOf(request);
  return (
    target && {
      callId: request.call_id,
      localTag,
      remoteTag: request.from_tag,
      local: request.to.uri,
      remote: request.from.uri,
      target,
      route: request.getHeaders('record-route'),
      localSeq: 0,
      remoteSeq: request.cseq,
    }
  );
}
