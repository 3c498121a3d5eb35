import { createPhone, isPhone, type ConnectOptions, type PhoneHandle } from '../phone/index.js';
import { newId } from '../phone/new-id.js';
import { checkWebphone } from '../signaling/gateway/check-webphone.js';
import { Call } from './call.js';
import { ClientCore } from './client-core.js';
import type { ClientInfo } from './client-roster.js';
import type { ConnectionInfo } from './connection-watch.js';
import { CallType, type ClientStatus } from './enums.js';
import { badArgument, problemError, type OzError } from './errors.js';
import type { Extension } from './extension.js';
import { Helper } from './helper.js';
import { historyQuery, type CallHistoryFilters, type CallHistoryInfo } from './history.js';
import { connectProperties } from './properties.js';
import type { Session } from './session.js';
import { Topic, type Handler } from './topic.js';
import type { User } from './user.js';

/** The port `connect` uses when it is given only an address ("connect", page 5013). */
const GATEWAY_PORT = 7779;

/** The web client of each phone, over all copies of this package on the page. */
const CLIENTS = Symbol.for('ozeki-webphone.web-clients');
type Registered = { [CLIENTS]?: WeakMap<PhoneHandle, OzWebClient> };
const clients = ((globalThis as Registered)[CLIENTS] ??= new WeakMap<PhoneHandle, OzWebClient>());

/** What `onWebphoneStateReceived` and the callback of `checkWebphoneState` get. */
export interface WebphoneInfo {
  readonly webphoneId: string;
  /** `ONLINE` when it could be called now. */
  readonly State: ClientStatus;
}

/** What an {@link OzWebClient} is made with. */
export interface WebClientOptions {
  /** The phone to use, for example that of an `<ozeki-client>`; a new one without it. */
  readonly phone?: PhoneHandle;
  /** The port for addresses that name none; 7779 without it. */
  readonly gatewayPort?: number;
}

/**
 * Connects a page to the phone system. `<script src="http://pbx:7777/WebphoneAPI"></script>` defines one as the
 * global `OzWebClient`; from the module a page may make several.
 *
 * Methods return at once. What becomes of them comes as an event; what fails comes as `onErrorOccured`.
 */
export class OzWebClient {
  /** Looks up what the client knows. */
  readonly helper: Helper;
  readonly #core: ClientCore;
  readonly #gatewayPort: number;
  readonly #historyReceived = new Topic<[CallHistoryInfo]>();
  readonly #webphoneStateReceived = new Topic<[WebphoneInfo]>();

  constructor({ phone = createPhone(), gatewayPort = GATEWAY_PORT }: WebClientOptions = {}) {
    if (!isPhone(phone)) throw badArgument('phone', 'OzWebClient');
    this.#gatewayPort = gatewayPort;
    this.#core = new ClientCore(phone);
    this.helper = new Helper(this.#core, this.#historyReceived);
    if (!clients.has(phone)) clients.set(phone, this);
  }

  /** The phone beneath: give it to an `<ozeki-client>`, whose tags then show this client's calls. */
  get phone(): PhoneHandle {
    return this.#core.phone;
  }

  /**
   * Whether session states are told in the seven words of the older API generation. As the phone system's key
   * `legacySessionStates` says, until the page sets it.
   */
  get legacySessionStates(): boolean {
    return this.#core.legacySessionStates;
  }
  set legacySessionStates(wanted: boolean) {
    this.#core.legacyWanted = Boolean(wanted);
  }

  /**
   * Connects to the phone system; what becomes of it comes with {@link onConnectionStateChanged}. A connection
   * that breaks is looked for until {@link disconnect}.
   *
   * @param serverAddress A host, a host and port, or a `ws:` or `wss:` address. Pages on https use `wss`.
   * @param token The token of an outside line, a security token, or with `properties.Password` the number of an
   *   extension.
   * @param properties What the other web clients are told about this one, but for `Password`.
   */
  connect(serverAddress: string, token: string, properties?: object): void {
    this.#core.run('connect', async () => {
      const { shared, password, refused } = connectProperties(properties);
      for (const error of refused) this.#core.fail(error, 'connect');
      const [server, secret] = [text(serverAddress), text(token)];
      this.#core.connection.begin();
      if (!server || !secret) {
        this.#core.connection.enter('CONNECTION_FAILED', 'invalid-parameter');
        throw badArgument(server ? 'token' : 'serverAddress', 'connect');
      }
      const signIn: ConnectOptions['signIn'] =
        password === null ? { token: secret } : { extension: secret, password };
      const { granted } = this.#core;
      // Calls end with the page, as the API says: the next page has no `Call` for what it did not make.
      const resume = false;
      await this.phone.connect({ server: this.#address(server), signIn, properties: shared, resume });
      // The same once more changes nothing, and is answered.
      if (granted && this.#core.granted) this.#core.connection.tell('ACCESS_GRANTED', '');
    });
  }

  /** Ends all calls of this client and its connection. */
  disconnect(): void {
    this.#core.run('disconnect', () => this.phone.disconnect());
  }

  /**
   * Makes a call that `call.start()` starts.
   *
   * @param dialedNumber Whom to call; visitors of a web site may leave it out.
   * @param callType `CallType.VIDEO` tells the other party that there will be a picture.
   */
  createCall(dialedNumber?: string, callType: CallType = 'AUDIO'): Call {
    const type = Object.hasOwn(CallType, callType ?? '') ? callType : 'AUDIO';
    return new Call(this.#core, newId(), text(dialedNumber), type);
  }

  /**
   * Asks whether a webphone could be called now. Works without {@link connect} for the token of an outside line.
   *
   * @param webphoneId The token of an outside line, or when connected the number of an extension.
   * @param callback Gets what {@link onWebphoneStateReceived} gets.
   */
  checkWebphoneState(serverAddress: string, webphoneId: string, callback?: Handler<[WebphoneInfo]>): void {
    this.#core.run('checkWebphoneState', async () => {
      const [server, id] = [text(serverAddress), text(webphoneId)];
      if (!server) throw badArgument('serverAddress', 'checkWebphoneState');
      if (!id) throw badArgument('webphoneId', 'checkWebphoneState');
      if (callback !== undefined && callback !== null && typeof callback !== 'function') {
        throw badArgument('callback', 'checkWebphoneState');
      }
      const answer = new Topic<[WebphoneInfo]>();
      if (callback) answer.add(callback);
      let available = false;
      try {
        available = await this.#isAvailable(this.#address(server), id);
      } finally {
        const info = Object.freeze({ webphoneId: id, State: available ? 'ONLINE' : 'OFFLINE' } as const);
        answer.raise(info);
        this.#webphoneStateReceived.raise(info);
      }
    });
  }

  /** Starts a query of the call history; its result comes with {@link onCallHistoryInfoReceived}. */
  getCallHistory(filters?: CallHistoryFilters): void {
    this.#core.run('getCallHistory', async () => this.helper.query(historyQuery(filters, 'getCallHistory')));
  }

  /** Connects two extensions: rings the caller, and when that is answered, the callee. */
  setupCall(caller: string, callee: string): void {
    this.#core.run('setupCall', async () => {
      const [from, to] = [text(caller), text(callee)];
      if (!from) throw badArgument('caller', 'setupCall');
      if (!to) throw badArgument('callee', 'setupCall');
      await (await this.#core.control()).setUpCall(from, to);
    });
  }

  /** Occurs with the result of {@link getCallHistory}: `callback(info)`. */
  onCallHistoryInfoReceived(callback: Handler<[info: CallHistoryInfo]>): void {
    this.#core.register('onCallHistoryInfoReceived', this.#historyReceived, callback);
  }

  /** Occurs when another web client comes or goes: `callback(client)`. */
  onClientStateChanged(callback: Handler<[client: ClientInfo]>): void {
    this.#core.register('onClientStateChanged', this.#core.clients.changed, callback);
  }

  /** Occurs when the state of the connection has changed: `callback(info)`; the state is `info.State`. */
  onConnectionStateChanged(callback: Handler<[info: ConnectionInfo]>): void {
    this.#core.register('onConnectionStateChanged', this.#core.connection.changed, callback);
  }

  /** Occurs when something failed: `callback(error)`. */
  onErrorOccured(callback: Handler<[error: OzError]>): void {
    this.#core.register('onErrorOccured', this.#core.errors, callback);
  }

  /** Occurs for each extension and outside line, and when its name or type has changed: `callback(extension)`. */
  onExtensionInfoReceived(callback: Handler<[extension: Extension]>): void {
    this.#core.register('onExtensionInfoReceived', this.#core.extensions.come, callback);
  }

  /** Occurs when an extension or outside line was removed: `callback(extension)`. */
  onExtensionRemoved(callback: Handler<[extension: Extension]>): void {
    this.#core.register('onExtensionRemoved', this.#core.extensions.gone, callback);
  }

  /** Occurs when a call rings here: `callback(call)`. */
  onIncomingCall(callback: Handler<[call: Call]>): void {
    this.#core.register('onIncomingCall', this.#core.calls.incoming, callback);
  }

  /** Occurs when a session has started, and for each that was running before: `callback(session)`. */
  onSessionCreated(callback: Handler<[session: Session]>): void {
    this.#core.register('onSessionCreated', this.#core.sessions.come, callback);
  }

  /** Occurs when a session is over: `callback(session)`. */
  onSessionClosed(callback: Handler<[session: Session]>): void {
    this.#core.register('onSessionClosed', this.#core.sessions.gone, callback);
  }

  /** Occurs for each user, and when something about it has changed: `callback(user)`. */
  onUserInfoReceived(callback: Handler<[user: User]>): void {
    this.#core.register('onUserInfoReceived', this.#core.users.come, callback);
  }

  /** Occurs when a user was removed: `callback(user)`. */
  onUserRemoved(callback: Handler<[user: User]>): void {
    this.#core.register('onUserRemoved', this.#core.users.gone, callback);
  }

  /** Occurs with the result of {@link checkWebphoneState}: `callback(info)`. */
  onWebphoneStateReceived(callback: Handler<[info: WebphoneInfo]>): void {
    this.#core.register('onWebphoneStateReceived', this.#webphoneStateReceived, callback);
  }

  async #isAvailable(server: string, id: string): Promise<boolean> {
    const { connection } = this.phone.getState();
    try {
      return connection.status === 'connected' && connection.server === server
        ? await (await this.#core.control()).checkWebphone(id)
        : await checkWebphone(server, id);
    } catch (error) {
      // What the signalling says has reasons of its own; `down` is nobody there.
      const { reason } = error as { reason?: string };
      throw reason === 'down' ? problemError('unreachable', 'checkWebphoneState') : error;
    }
  }

  #address(server: string): string {
    return /:\d+$|:\/\//.test(server) ? server : `${server}:${this.#gatewayPort}`;
  }
}

/** The web client over a phone: the one it was made with, or a new one. */
export function webClientOf(phone: PhoneHandle): OzWebClient {
  return clients.get(phone) ?? new OzWebClient({ phone });
}

/** Arguments pages leave out, or give as numbers. */
function text(value: unknown): string {
  return String((value as string | null | undefined) ?? '').trim();
}
