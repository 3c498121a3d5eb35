/**
 * One end of SIP: sends requests of a line and hears those of its server. Transactions and dialogs are those of the
 * core of SIP.js; what goes over which socket, and what is not even looked at, is decided here.
 */
import { readFile } from 'node:fs/promises';
import { Grammar, URI } from 'sip.js/lib/grammar/index.js';
import { DigestAuthentication, LoggerFactory, Parser, UserAgentCore } from 'sip.js/lib/core/index.js';
import type {
  Body,
  IncomingInviteRequest,
  IncomingRequestMessage,
  IncomingResponseMessage,
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate,
  OutgoingRequest,
  OutgoingRequestDelegate,
} from 'sip.js/lib/core/index.js';
import { AddressList } from '../config/addresses.js';
import type { SipLineSettings } from '../config/settings.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { Digest } from './digest.js';
import { locate, serverName } from './wire/locate.js';
import { peek } from './wire/peek.js';
import { openStream } from './wire/stream.js';
import { openUdp } from './wire/udp.js';
import { hostOf } from './wire/wire.js';
import type { Peer, Wire } from './wire/wire.js';

export interface EndpointParts {
  readonly settings: SipLineSettings;
  readonly clock: Clock;
  readonly log: Log;
  /** The address the world sees; that of the socket when left out. */
  readonly publicIp?: string | undefined;
  /** Somebody calls. */
  readonly onInvite: (request: IncomingInviteRequest, dialed: string) => void;
  /** The connection is gone. */
  readonly onLost: (reason: string) => void;
}

/** Requests that are understood, in a dialog or outside. */
const KNOWN = new Set([
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'INFO',
  'NOTIFY',
  'REFER',
  'PRACK',
  'MESSAGE',
]);
/** Of these, those that begin something here. */
const BEGIN = new Set(['INVITE', 'ACK', 'CANCEL', 'OPTIONS', 'BYE']);
const ALLOW = 'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO';

export class Endpoint {
  readonly #core: UserAgentCore;
  readonly #domain: string;
  /** What was really asked for: the library wants every request to be for the address it registered. */
  readonly #dialed = new WeakMap<IncomingRequestMessage, string>();
  readonly #acceptFrom: AddressList;
  #server: Peer | null = null;
  #wire: Wire | null = null;
  #servers: readonly Peer[] = [];
  #opening = 0;

  constructor(private readonly parts: EndpointParts) {
    const { settings } = parts;
    this.#domain = settings.domain ?? serverName(settings.server);
    this.#acceptFrom = new AddressList(settings.acceptFrom);
    const loggerFactory = new LoggerFactory();
    // What it logs may hold what others sent, and numbers that were dialled.
    loggerFactory.builtinEnabled = false;
    const authentication = (): DigestAuthentication | undefined => {
      const { username, authName = username, password } = settings;
      return password === undefined ? undefined : new Digest(loggerFactory, { username: authName, password });
    };
    const protocol = () => this.#wire?.protocol ?? settings.transport.toUpperCase();
    const transport = {
      get protocol() {
        return protocol();
      },
      send: (text: string) => this.#send(text),
    };
    const host = () => this.#host();
    const contactUri = () => this.contactUri;
    this.#core = new UserAgentCore(
      {
        aor: this.address(settings.username),
        contact: {
          pubGruu: undefined,
          tempGruu: undefined,
          get uri() {
            return contactUri();
          },
          toString: () => this.contact,
        },
        displayName: '',
        loggerFactory,
        hackViaTcp: false,
        routeSet: [],
        sipjsId: Math.random().toString(36).slice(2, 7),
        supportedOptionTags: [],
        supportedOptionTagsResponse: [],
        userAgentHeaderFieldValue: 'Ozeki Webphone',
        viaForceRport: true,
        get viaHost() {
          return host();
        },
        authenticationFactory: authentication,
        transportAccessor: () => transport,
      },
      {
        onInvite: (request) => parts.onInvite(request, this.#dialed.get(request.message) ?? ''),
      },
    );
  }

  /** The address under which the server reaches this end, as it is written in a Contact header field. */
  get contact(): string {
    return `<${this.contactUri.toRaw()}>`;
  }

  get contactUri(): URI {
    const { username, transport } = this.parts.settings;
    const [, host = '', port] = /^(.*):(\d+)$/.exec(this.#host()) ?? [];
    return new URI('sip', username, host, Number(port), transport === 'udp' ? {} : { transport });
  }

  /** The address of this machine towards the server; empty without a connection. */
  get localAddress(): string {
    return this.#wire?.local.address ?? '';
  }

  get isOpen(): boolean {
    return this.#wire !== null;
  }

  /** The SIP address of a number or user at this line's server. */
  address(user: string): URI {
    return new URI('sip', user, this.#domain);
  }

  /** Finds the server and connects, anew when there was a connection. Rejects when that fails everywhere. */
  async open(): Promise<void> {
    const attempt = ++this.#opening;
    const { server, transport } = this.parts.settings;
    const places = await locate(server, transport);
    if (attempt !== this.#opening) return;
    // Where there is but one place, a socket that needs no connection is as good as a new one.
    if (this.#wire?.protocol === 'UDP' && places.length === 1 && isSame(places[0]!, this.#server)) return;
    this.#wire?.close();
    this.#wire = null;
    // One that did not answer is tried last.
    const last = this.#server;
    const found = places.sort((a, b) => Number(isSame(a, last)) - Number(isSame(b, last)));
    let failure: unknown = new Error('The server has no address.');
    for (const place of found) {
      try {
        const wire = await this.#connect(place);
        if (attempt !== this.#opening) return wire.close();
        [this.#wire, this.#server, this.#servers] = [wire, place, places];
        return;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** Ends everything at once: whoever has a call here is not told. */
  close(): void {
    this.#opening += 1;
    this.#core.dispose();
    this.#wire?.close();
    this.#wire = null;
  }

  /** Sends a request that belongs to no call. `callId` and `cseq` go on with an earlier one. */
  request(
    method: 'REGISTER' | 'OPTIONS',
    { callId, cseq, headers = [] }: { callId?: string; cseq?: number; headers?: readonly string[] },
    delegate: OutgoingRequestDelegate,
  ): OutgoingRequest {
    const { username } = this.parts.settings;
    const target = new URI('sip', '', this.#domain);
    const self = this.address(username);
    const options = { ...(callId !== undefined && { callId }), ...(cseq !== undefined && { cseq }) };
    const to = method === 'REGISTER' ? self : target;
    const message = this.#core.makeOutgoingRequestMessage(method, target, self, to, options, [
      ALLOW,
      ...headers,
    ]);
    return method === 'REGISTER'
      ? this.#core.register(message, delegate)
      : this.#core.request(message, delegate);
  }

  /** Calls a number. */
  invite(
    number: string,
    from: { readonly uri: URI; readonly name: string },
    { headers, body }: { headers: readonly string[]; body: Body },
    delegate: OutgoingInviteRequestDelegate,
  ): OutgoingInviteRequest {
    const target = this.address(number);
    const options = { fromDisplayName: from.name };
    const all = [`Contact: ${this.contact}`, ALLOW, ...headers];
    const message = this.#core.makeOutgoingRequestMessage(
      'INVITE',
      target,
      from.uri,
      target,
      options,
      all,
      body,
    );
    return this.#core.invite(message, delegate);
  }

  /** Whether an address is the server's, or one of those it may call from. */
  trusts(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const servers = this.#server ? [this.#server, ...this.#servers] : this.#servers;
    return servers.some((server) => server.address === plain) || this.#acceptFrom.has(plain);
  }

  async #connect(server: Peer): Promise<Wire> {
    const { settings, clock, onLost } = this.parts;
    const { transport, localPort, tlsCa } = settings;
    const events = {
      message: (text: string, from: Peer) => {
        this.#receive(text, from);
      },
      closed: (reason: string) => {
        this.#wire = null;
        onLost(reason);
      },
    };
    if (transport === 'udp') {
      const trusts = (address: string) => address === server.address || this.trusts(address);
      return openUdp({ server, localPort, clock, trusts, events });
    }
    const ca = tlsCa === undefined ? null : await readFile(tlsCa, 'utf8');
    const tls = transport === 'tls' ? { name: serverName(settings.server), ca } : null;
    return openStream({ server, tls, events });
  }

  #send(text: string): Promise<void> {
    if (!this.#wire || !this.#server) return Promise.reject(new Error('There is no connection.'));
    return this.#wire.send(text, this.#destination(text, this.#server));
  }

  /**
   * Where a request goes: to the first of its route, or its target, when that is a place of the server; what others
   * put into a message does not have anything sent elsewhere.
   */
  #destination(text: string, server: Peer): Peer {
    const next =
      /^route[ \t]*:[ \t]*<sips?:([^>\r\n]{1,256})>/im.exec(text)?.[1] ??
      /^[A-Z]+ sips?:(\S{1,256}) /.exec(text)?.[1];
    const [, six, four, port] =
      /^(?:[^@]*@)?(?:\[([\da-f:.]+)\]|([\d.]+))(?::(\d{1,5}))?(?:[;?]|$)/i.exec(next ?? '') ?? [];
    const address = six ?? four;
    if (address === undefined || !this.trusts(address)) return server;
    return { address, port: Number(port ?? 5060) };
  }

  #host(): string {
    const local = this.#wire?.local ?? { address: '127.0.0.1', port: 5060 };
    return hostOf({ address: this.parts.publicIp ?? local.address, port: local.port });
  }

  /** Everything that comes is hostile until it has been read: nothing in it may end more than itself. */
  #receive(text: string, from: Peer): void {
    if (!this.trusts(from.address)) return;
    const peeked = peek(text);
    if (!peeked) return;
    try {
      const message = Parser.parseMessage(text, this.#core.loggerFactory.getLogger('parser'));
      if (!message || !isWhole(message)) return;
      if (peeked.status !== 0)
        this.#core.receiveIncomingResponseFromTransport(message as IncomingResponseMessage);
      else this.#receiveRequest(message as IncomingRequestMessage);
    } catch (error) {
      this.parts.log.debug(
        { err: error, method: peeked.method, status: peeked.status },
        'a SIP message was of no use',
      );
    }
  }

  #receiveRequest(message: IncomingRequestMessage): void {
    const inDialog = message.toTag !== undefined && message.toTag !== '';
    if (!KNOWN.has(message.method) || (!inDialog && !BEGIN.has(message.method))) {
      const statusCode = KNOWN.has(message.method) ? 405 : 501;
      this.#core.replyStateless(message, { statusCode, extraHeaders: [ALLOW] });
      return;
    }
    if (message.ruri && !inDialog) {
      this.#dialed.set(message, message.ruri.user ?? '');
      message.ruri.user = this.parts.settings.username;
    }
    this.#core.receiveIncomingRequestFromTransport(message);
  }
}

function isSame(a: Peer, b: Peer | null): boolean {
  return a.address === b?.address && a.port === b.port;
}

/** Whether a message has what every message has (RFC 3261, 8.1.1); the types of the library only say so. */
function isWhole(message: Partial<IncomingRequestMessage | IncomingResponseMessage>): boolean {
  const { from, fromTag, to, callId, cseq, viaBranch, method } = message;
  return Boolean(from && fromTag && to && callId && viaBranch && method) && Number.isSafeInteger(cseq);
}

/** Reads a `name-addr` header field, such as P-Asserted-Identity; null when it is none. */
export function readAddress(value: string): { uri: URI; displayName: string } | null {
  const parsed: unknown = Grammar.nameAddrHeaderParse(value);
  return (parsed as { uri: URI; displayName: string } | undefined) ?? null;
}
