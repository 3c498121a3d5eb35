/**
 * What is used of JsSIP: how it reads and writes messages (RFC 3261, 7 and 25) and its transactions (17). Calls,
 * dialogs and registrations above them are ours: JsSIP's own session makes its peer connection itself, ends a call
 * with its socket, and waits for every ICE candidate.
 *
 * The only module that imports JsSIP, and the only types of it there are.
 */
import * as parser from 'jssip/lib/Parser.js';
import sanityCheck from 'jssip/lib/sanityCheck.js';
import * as messages from 'jssip/lib/SIPMessage.js';
import * as transactions from 'jssip/lib/Transactions.js';
import * as utils from 'jssip/lib/Utils.js';

/** An address of SIP, `sip:user@host;parameters?headers`. */
export interface Uri {
  user: string | null | undefined;
  host: string;
  getParam(name: string): string | null | undefined;
  clearParams(): void;
  clearHeaders(): void;
  getHeader(name: string): readonly string[] | undefined;
  clone(): Uri;
  toString(): string;
}

/** An address with a name, as in `From`. */
export interface NameAddress {
  readonly uri: Uri;
  readonly display_name: string | null | undefined;
}

interface Received {
  readonly method: string;
  readonly call_id: string;
  readonly cseq: number;
  readonly from: NameAddress;
  readonly from_tag: string | undefined;
  readonly to: NameAddress;
  to_tag: string | undefined;
  readonly via_branch: string;
  readonly body: string | null;
  /** The message as it came. */
  readonly data: string;
  getHeader(name: string): string | undefined;
  getHeaders(name: string): string[];
  hasHeader(name: string): boolean;
  parseHeader(name: string): unknown;
}

export interface IncomingResponse extends Received {
  readonly status_code: number;
  readonly reason_phrase: string;
}

export interface IncomingRequest extends Received {
  readonly ruri: Uri;
  readonly refer_to?: NameAddress;
  readonly replaces?: { readonly call_id: string; readonly from_tag: string; readonly to_tag: string };
  readonly event?: { readonly event: string };
  transport: Transport;
  readonly server_transaction: ServerTransaction;
  reply(code: number, reason?: string | null, headers?: readonly string[], body?: string | null): void;
  reply_sl(code: number): void;
}

export interface OutgoingRequest {
  readonly method: string;
  ruri: Uri | string;
  body: string | null;
  cseq: number;
  readonly call_id: string;
  setHeader(name: string, value: string): void;
  getHeader(name: string): string | undefined;
  clone(): OutgoingRequest;
  toString(): string;
}

/** What messages go out over. */
export interface Transport {
  readonly via_transport: string;
  readonly sip_uri: string;
  /** Whether it could be sent. */
  send(message: OutgoingRequest | string): boolean;
}

export interface ClientTransaction {
  readonly id: string;
  readonly type: 'ict' | 'nict';
  send(): void;
  receiveResponse(response: IncomingResponse): void;
  onTransportError(): void;
  /** Asks to give up an INVITE (RFC 3261, 9.1); nothing happens before a provisional response. */
  cancel(reason?: string): void;
}

export interface ServerTransaction {
  readonly id: string;
  readonly type: 'ist' | 'nist';
  readonly state: number;
  /** Waits for the acknowledgement of a refusal (RFC 3261, 17.2.1). */
  readonly H?: ReturnType<typeof setTimeout>;
  onTransportError(): void;
}

/** Whoever owns the transactions, as JsSIP's layers know it. */
export interface Core {
  readonly configuration: {
    readonly via_host: string;
    readonly uri: Uri;
    readonly jssip_id: string;
    readonly user_agent: string;
    readonly display_name: string | null;
    readonly extra_headers: null;
    readonly session_timers: false;
    readonly use_preloaded_route: boolean;
  };
  readonly contact: { pub_gruu: string | null; readonly temp_gruu: null; readonly uri: string };
  readonly transport: Transport;
  readonly _transactions: Record<'ict' | 'nict', Record<string, ClientTransaction>> &
    Record<'ist' | 'nist', Record<string, ServerTransaction>>;
  newTransaction(transaction: ClientTransaction | ServerTransaction): void;
  destroyTransaction(transaction: ClientTransaction | ServerTransaction): void;
}

export interface ResponseHandlers {
  onReceiveResponse(response: IncomingResponse): void;
  onRequestTimeout(): void;
  onTransportError(): void;
}

interface RequestParameters {
  readonly call_id: string;
  readonly cseq: number;
  readonly from_uri?: Uri;
  readonly from_tag: string;
  readonly to_uri?: Uri;
  readonly to_tag?: string | undefined;
  readonly route_set?: readonly string[];
}

type ClientTransactionClass = new (
  core: Core,
  transport: Transport,
  request: OutgoingRequest,
  handlers: ResponseHandlers,
) => ClientTransaction;
type ServerTransactionClass = new (
  core: Core,
  transport: Transport,
  request: IncomingRequest,
) => ServerTransaction;

const read = parser as {
  parseMessage(text: string, core: Core): IncomingRequest | IncomingResponse | undefined;
};
const { IncomingRequest: IncomingRequestClass, OutgoingRequest: OutgoingRequestClass } =
  messages as unknown as {
    IncomingRequest: new (core: Core) => IncomingRequest;
    OutgoingRequest: new (
      method: string,
      target: Uri | string,
      core: Core,
      parameters: RequestParameters,
      headers?: readonly string[],
      body?: string | null,
    ) => OutgoingRequest;
  };
const layer = transactions as {
  C: { STATUS_ACCEPTED: number; STATUS_PROCEEDING: number };
  InviteClientTransaction: ClientTransactionClass;
  NonInviteClientTransaction: ClientTransactionClass;
  InviteServerTransaction: ServerTransactionClass;
  NonInviteServerTransaction: ServerTransactionClass;
  checkTransaction(core: Core, request: IncomingRequest): boolean;
};

export { OutgoingRequestClass as NewRequest };
export const {
  InviteClientTransaction,
  NonInviteClientTransaction,
  InviteServerTransaction,
  NonInviteServerTransaction,
} = layer;

/** Whether a request belongs to a transaction there is, which has dealt with it. */
export const isRepeated = layer.checkTransaction;

/** Reads a message; null for what is none, or not one that may be acted upon. */
export function readMessage(
  text: string,
  core: Core,
  transport: Transport,
): IncomingRequest | IncomingResponse | null {
  try {
    const message = read.parseMessage(text, core);
    const check = sanityCheck as (message: unknown, core: Core, transport: Transport) => boolean;
    return message && check(message, core, transport) ? message : null;
  } catch {
    // JsSIP's parser stumbles over some headers that are not as they should be.
    return null;
  }
}

export function isRequest(message: IncomingRequest | IncomingResponse): message is IncomingRequest {
  return message instanceof IncomingRequestClass;
}

/** The address of a number, or of an address without scheme, at a domain; null for what cannot be one. */
export function addressOf(target: string, domain: string): Uri | null {
  try {
    return (
      (utils as { normalizeTarget(target: string, domain: string): Uri | undefined }).normalizeTarget(
        target,
        domain,
      ) ?? null
    );
  } catch {
    // A percent sign that escapes nothing.
    return null;
  }
}

export const md5 = (utils as unknown as { calculateMD5(text: string): string }).calculateMD5;
