import { SignalingError } from '../port.js';
import type { Account } from './address.js';
import { authorization, challengeOf } from './digest.js';
import {
  addressOf,
  InviteClientTransaction,
  InviteServerTransaction,
  isRepeated,
  isRequest,
  NewRequest,
  NonInviteClientTransaction,
  NonInviteServerTransaction,
  readMessage,
  type ClientTransaction,
  type Core,
  type IncomingRequest,
  type IncomingResponse,
  type OutgoingRequest,
  type ServerTransaction,
  type Uri,
} from './jssip.js';
import { newToken } from './random.js';
import type { SipSocket } from './socket.js';

/** What hears requests that belong to no dialog, and of the socket. */
export interface UserAgentObserver {
  /** An INVITE, MESSAGE or NOTIFY outside of a dialog; the observer replies. */
  request(request: IncomingRequest): void;
  /** The INVITE with this branch was given up by who sent it. */
  cancelled(branch: string, cancel: IncomingRequest): void;
  lost(): void;
}

/** What hears the requests of one dialog. */
export interface DialogOwner {
  receive(request: IncomingRequest): void;
}

/** Where a request goes and what it belongs to. */
export interface RequestPlan {
  readonly method: string;
  readonly target: Uri | string;
  readonly headers?: readonly string[];
  readonly body?: string | null;
  readonly callId?: string;
  readonly fromTag?: string;
  readonly from?: Uri;
  readonly to?: Uri;
  readonly toTag?: string | undefined;
  readonly route?: readonly string[];
  readonly cseq?: number;
}

/** A request on its way. */
export interface Asking {
  /** The last response; rejects with a {@link SignalingError} when there is none. */
  readonly response: Promise<IncomingResponse>;
  /** The sequence number it went out with in the end: authentication sends it again. */
  readonly cseq: () => number;
  /** Gives an INVITE up. */
  cancel(): void;
}

const PRODUCT = 'Ozeki-Webphone';

/**
 * One user agent (RFC 3261, 6) over one WebSocket after the other: sends requests and answers challenges, brings
 * responses and in-dialog requests to where they belong.
 */
export class UserAgent implements Core {
  readonly account: Account;
  readonly configuration: Core['configuration'];
  readonly contact: Core['contact'];
  readonly #host = `${newToken()}.invalid`;
  readonly _transactions: Core['_transactions'] = { ict: {}, nict: {}, ist: {}, nist: {} };
  /** When a request was answered last (`Date.now()`). */
  answeredAt = 0;

  readonly #password: string;
  readonly #observer: UserAgentObserver;
  readonly #dialogs = new Map<string, DialogOwner>();
  readonly #user = newToken();
  #socket: SipSocket | null = null;

  constructor(account: Account, password: string, observer: UserAgentObserver) {
    this.account = account;
    this.#password = password;
    this.#observer = observer;
    const uri = addressOf(account.user, account.domain);
    if (!uri) throw new SignalingError('unauthorized', 'Not an account: expected "user@domain" or "user".');
    this.configuration = {
      via_host: this.#host,
      uri,
      jssip_id: newToken().slice(0, 5),
      user_agent: PRODUCT,
      display_name: null,
      extra_headers: null,
      session_timers: false,
      use_preloaded_route: false,
    };
    this.contact = { pub_gruu: null, temp_gruu: null, uri: `sip:${this.#user}@${this.#host};transport=ws` };
  }

  get transport(): SipSocket {
    if (!this.#socket) throw new SignalingError('down', 'There is no connection to the SIP server.');
    return this.#socket;
  }

  /** Where others reach this client in a dialog: an address that outlives the socket where the registrar gave one (RFC 5627). */
  get contactHeader(): string {
    return `Contact: <${this.contact.pub_gruu ?? `${this.contact.uri};ob`}>`;
  }

  get heardAt(): number {
    return this.#socket?.heardAt ?? 0;
  }

  get connected(): boolean {
    return this.#socket !== null;
  }

  /** Goes over this socket from now on. */
  attach(socket: SipSocket): void {
    this.detach();
    this.#socket = socket;
    socket.listen(
      (text) => this.#message(text, socket),
      () => {
        this.detach();
        this.#observer.lost();
      },
    );
  }

  /** Gives the socket up; whatever waits for a response over it has none. */
  detach(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    socket.close();
    const { ict, nict, ist, nist } = this._transactions;
    const open = [ict, nict, ist, nist].flatMap((kind) =>
      Object.values<ClientTransaction | ServerTransaction>(kind),
    );
    for (const transaction of open) transaction.onTransportError();
  }

  address(target: string): Uri | null {
    return addressOf(target, this.account.domain);
  }

  open(id: string, owner: DialogOwner): void {
    this.#dialogs.set(id, owner);
  }

  close(id: string): void {
    this.#dialogs.delete(id);
  }

  dialog(id: string): DialogOwner | undefined {
    return this.#dialogs.get(id);
  }

  newTransaction(transaction: ClientTransaction | ServerTransaction): void {
    (this._transactions[transaction.type] as Record<string, unknown>)[transaction.id] = transaction;
  }

  destroyTransaction(transaction: ClientTransaction | ServerTransaction): void {
    delete this._transactions[transaction.type][transaction.id];
    // JsSIP goes on waiting for half a minute for the acknowledgement that came.
    if (transaction.type === 'ist') clearTimeout(transaction.H);
  }

  compose(plan: RequestPlan): OutgoingRequest {
    return new NewRequest(
      plan.method,
      plan.target,
      this,
      {
        call_id: plan.callId ?? newToken(),
        cseq: plan.cseq ?? 1,
        from_tag: plan.fromTag ?? newToken(),
        ...(plan.from && { from_uri: plan.from }),
        ...(plan.to && { to_uri: plan.to }),
        to_tag: plan.toTag,
        ...(plan.route && { route_set: plan.route }),
      },
      plan.headers,
      plan.body,
    );
  }

  /** Sends an ACK: no transaction, no response (RFC 3261, 13.2.2.4). */
  acknowledge(ack: OutgoingRequest): void {
    const via = `SIP/2.0/${this.#socket?.via_transport} ${this.configuration.via_host}`;
    ack.setHeader('via', `${via};branch=z9hG4bK${newToken()}`);
    this.#socket?.send(ack);
  }

  /**
   * Sends a request; answers one challenge, and another one when the nonce was stale.
   *
   * @param hears Every response but challenges: provisional ones, and an INVITE's answers after the first.
   * @param nextSeq The number a request is sent again with.
   */
  ask(
    request: OutgoingRequest,
    hears: (response: IncomingResponse) => void = () => {},
    nextSeq?: () => number,
  ): Asking {
    let current = request;
    let transaction: ClientTransaction | null = null;
    let cancelled = false;
    let provisional = false;
    let proofs = 0;
    const response = new Promise<IncomingResponse>((resolve, reject) => {
      const fail = (reason: 'down' | 'timeout', message: string) => () =>
        reject(new SignalingError(reason, message));
      const prove = async (challenged: IncomingResponse) => {
        const proxy = challenged.status_code === 407;
        const challenge = challengeOf(challenged.data, proxy ? 'proxy-authenticate' : 'www-authenticate');
        if (!challenge || proofs > 1 || (proofs === 1 && !challenge.stale) || cancelled) {
          hears(challenged);
          resolve(challenged);
          return;
        }
        proofs++;
        const uri = String(current.ruri);
        const secret = { user: this.account.user, password: this.#password };
        const proof = await authorization(secret, challenge, { method: current.method, uri });
        current = current.clone();
        current.cseq = nextSeq?.() ?? current.cseq + 1;
        current.setHeader('cseq', `${current.cseq} ${current.method}`);
        current.setHeader(proxy ? 'proxy-authorization' : 'authorization', proof);
        send();
      };
      const send = () => {
        if (!this.#socket) {
          fail('down', 'The connection to the SIP server is lost.')();
          return;
        }
        const Transaction =
          current.method === 'INVITE' ? InviteClientTransaction : NonInviteClientTransaction;
        transaction = new Transaction(this, this.#socket, current, {
          onReceiveResponse: (received) => {
            this.answeredAt = Date.now();
            const { status_code: code } = received;
            if (code < 200) provisional = true;
            if (code < 200 && cancelled) transaction?.cancel();
            if (code === 401 || code === 407) {
              prove(received).catch(reject);
              return;
            }
            hears(received);
            if (code >= 200) resolve(received);
          },
          onRequestTimeout: fail('timeout', 'The SIP server did not answer in time.'),
          onTransportError: fail('down', 'The connection to the SIP server is lost.'),
        });
        transaction.send();
      };
      send();
    });
    return {
      response,
      cseq: () => current.cseq,
      cancel() {
        cancelled = true;
        if (provisional) transaction?.cancel();
      },
    };
  }

  #message(text: string, socket: SipSocket): void {
    const message = readMessage(text, this, socket);
    if (!message) return;
    if (isRequest(message)) {
      message.transport = socket;
      this.#request(message, socket);
      return;
    }
    const kind = message.method === 'INVITE' ? 'ict' : 'nict';
    const transactions = this._transactions[kind];
    if (Object.hasOwn(transactions, message.via_branch))
      transactions[message.via_branch]!.receiveResponse(message);
  }

  #request(request: IncomingRequest, socket: SipSocket): void {
    const { method, ruri } = request;
    if (ruri.user !== this.#user && ruri.user !== this.configuration.uri.user) {
      if (method !== 'ACK') request.reply_sl(404);
      return;
    }
    if (isRepeated(this, request)) return;
    if (method === 'CANCEL') {
      this.#observer.cancelled(request.via_branch, request);
      return;
    }
    if (method === 'INVITE') new InviteServerTransaction(this, socket, request);
    else if (method !== 'ACK') new NonInviteServerTransaction(this, socket, request);
    if (request.to_tag) {
      const { call_id: callId, to_tag: ours, from_tag: theirs } = request;
      const owner =
        this.#dialogs.get(dialogId(callId, ours, theirs)) ??
        this.#dialogs.get(dialogId(callId, ours, undefined));
      if (owner) owner.receive(request);
      else if (method !== 'ACK') request.reply(481);
    } else if (method === 'OPTIONS') request.reply(200);
    else if (method === 'INVITE' || method === 'MESSAGE' || method === 'NOTIFY')
      this.#observer.request(request);
    else if (method === 'BYE') request.reply(481);
    else if (method !== 'ACK') request.reply(405);
  }
}

/** What a dialog is known by (RFC 3261, 12): this side's tag, then the other's. */
export function dialogId(callId: string, localTag: string, remoteTag: string | undefined): string {
  return `${callId} ${localTag} ${remoteTag ?? ''}`;
}
