/** A SIP server, over WebSocket (RFC 7118). Loaded when an address begins with `sip+`. */
import { REQUEST_TIMEOUT_MS } from '../../protocol/limits.js';
import type { ControlPort } from '../control-port.js';
import {
  SignalingError,
  type CallAct,
  type Capabilities,
  type Credentials,
  type Description,
  type LinkProblem,
  type NewCall,
  type SignalingEvent,
  type SignalingPort,
  type Ticket,
  type Welcome,
} from '../port.js';
import { accountOf, sipAddresses } from './address.js';
import { BusyLamps } from './busy-lamps.js';
import { SipCall } from './call.js';
import { SipControl } from './control.js';
import { inTime } from './in-time.js';
import { IncomingCall } from './incoming-call.js';
import type { IncomingRequest } from './jssip.js';
import { Mailbox } from './mailbox.js';
import { Messages } from './messages.js';
import { sipOptions, type CheckedOptions, type SipOptions } from './options.js';
import { OutgoingCall } from './outgoing-call.js';
import { newToken } from './random.js';
import { Registration } from './registration.js';
import { isForBrowsers } from './sdp.js';
import { SipSocket } from './socket.js';
import { Referrals, type Asked } from './referrals.js';
import type { Referral } from './transfer.js';
import { unsupported } from './unsupported.js';
import { dialogId, UserAgent } from './user-agent.js';

const CAPABILITIES: Capabilities = Object.freeze({
  trickle: false,
  videoWithoutOffer: false,
  earlyMedia: true,
  hold: true,
  blindTransfer: true,
  attendedTransfer: true,
  forward: true,
  pickup: false,
  reload: false,
  sessions: true,
  extensions: true,
  voicemail: true,
  control: false,
  messages: true,
});

/** How long signing out may take before the connection is closed anyway, in milliseconds. */
const SIGN_OUT_MS = 2000;

/** What a failed return is for the link; those not named here are `lost`. */
const PROBLEMS: Partial<Record<SignalingError['reason'], LinkProblem>> = {
  unauthorized: 'closed',
  'rate-limited': 'rate-limited',
  'invalid-address': 'invalid-address',
};

/** Phone systems that speak SIP: Kamailio, Asterisk, FreeSWITCH and their kin. */
export class SipSignaling implements SignalingPort {
  readonly capabilities = CAPABILITIES;
  /** The media of a call are between the phones: no server that starts anew takes them along. */
  readonly restarted = false;
  readonly #urls: readonly string[];
  readonly #options: CheckedOptions;
  readonly #listeners = new Set<(event: SignalingEvent) => void>();
  readonly #calls = new Map<string, SipCall>();
  readonly #referrals: Referrals;
  #agent: UserAgent | null = null;
  #registration: Registration | null = null;
  #lamps: BusyLamps | null = null;
  #mailbox: Mailbox | null = null;
  #messages: Messages | null = null;
  #control: SipControl | null = null;
  /** Which of the servers is used, or tried next. */
  #at = 0;
  #registered = false;
  /** Stands for this client as long as it was signed in and is not signed out. */
  #ticket: string | null = null;
  #waiting: { resolve(): void; reject(error: SignalingError): void }[] = [];

  /**
   * @param server One or several `sip+ws(s)://…`.
   * @param options Also as JSON.
   * @throws SignalingError `invalid-address` when one of them cannot be used.
   */
  constructor(server: string, options?: SipOptions | string) {
    this.#urls = sipAddresses(server);
    this.#options = sipOptions(options);
    this.#referrals = new Referrals(this.#options.transfers, () => [
      this.#agent?.account.domain ?? '',
      ...this.#urls.map((url) => new URL(url).hostname),
    ]);
  }

  get ticket(): string | null {
    return this.#ticket;
  }

  get heardAt(): number {
    return this.#agent?.heardAt ?? 0;
  }

  get answeredAt(): number {
    return this.#agent?.answeredAt ?? 0;
  }

  get socket(): WebSocket | null {
    return this.#agent?.connected ? this.#agent.transport.socket : null;
  }

  listen(listener: (event: SignalingEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async open(credentials: Credentials | Ticket): Promise<Welcome> {
    if (credentials.kind !== 'password')
      throw new SignalingError(
        'unauthorized',
        'A SIP server takes an extension and a password, and no token.',
      );
    const account = accountOf(credentials.extension, this.#urls[0]!);
    const agent = new UserAgent(account, credentials.password, {
      request: (request) => this.#request(request),
      cancelled: (branch, cancel) => this.#cancelled(branch, cancel),
      lost: () => this.#lost('lost', 'The connection to the SIP server is lost.'),
    });
    this.#agent = agent;
    this.#registration = new Registration(agent, (error) => {
      agent.detach();
      this.#lost(PROBLEMS[error.reason] ?? 'lost', error.message, error.retryAfterMs);
    });
    this.#lamps = new BusyLamps(agent, (event) => this.#tell(event));
    this.#mailbox = new Mailbox(agent, (voicemail) => this.#tell({ type: 'voicemail', voicemail }));
    this.#messages = new Messages(agent);
    await this.#signIn(REQUEST_TIMEOUT_MS);
    this.#ticket = newToken();
    return {
      identity: { number: account.user, name: '', kind: 'extension', privileges: [] },
      iceServers: this.#options.iceServers,
      calls: [],
      sessions: [],
      extensions: [],
      clockOffset: 0,
    };
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    const [agent, registration] = [this.#agent, this.#registration];
    const signedIn = this.#registered;
    // Whether or not it hears of it: this side is gone.
    const left = [...this.#calls.values()].map((call) => call.hangUp());
    this.#registered = false;
    this.#ticket = null;
    for (const { reject } of this.#waiting.splice(0))
      reject(new SignalingError('down', 'The connection was closed.'));
    registration?.stop();
    this.#lamps?.stop();
    this.#mailbox?.stop();
    this.#messages?.stop();
    if (signedIn && registration) left.push(registration.unregister());
    const patience = new Promise((resolve) => setTimeout(resolve, SIGN_OUT_MS));
    await Promise.race([Promise.allSettled(left), patience]);
    this.#agent = null;
    agent?.detach();
  }

  resume(timeoutMs = REQUEST_TIMEOUT_MS): void {
    this.#signIn(timeoutMs).then(
      () => this.#back(),
      (error: SignalingError) => {
        if (this.#agent)
          this.#tellDown(PROBLEMS[error.reason] ?? 'unreachable', error.message, error.retryAfterMs);
      },
    );
  }

  probe(timeoutMs: number): void {
    const agent = this.#agent;
    if (!agent || !this.#registered) return;
    const registrar = agent.configuration.uri.clone();
    registrar.user = null;
    const { response } = agent.ask(agent.compose({ method: 'OPTIONS', target: registrar }));
    const timer = setTimeout(() => {
      agent.detach();
      this.#lost('lost', 'The SIP server does not answer any more.');
    }, timeoutMs);
    // Whatever it says: it is there. Without a connection, that was told.
    response.catch(() => {}).finally(() => clearTimeout(timer));
  }

  giveUp(): void {
    this.#agent?.detach();
    this.#lost('lost', 'The connection was given up.');
  }

  async startCall(call: NewCall): Promise<void> {
    await this.#up();
    const asked = this.#referrals.take(call.callId);
    const outgoing = new OutgoingCall(this.#host, call, asked?.referral, asked?.told);
    this.#calls.set(call.callId, outgoing);
    try {
      outgoing.start();
    } catch (error) {
      this.#calls.delete(call.callId);
      throw error;
    }
  }

  async accept(callId: string, description: Description, video: boolean): Promise<void> {
    await this.#up();
    this.#incoming(callId).accept(description, video);
  }

  async act(callId: string, act: CallAct): Promise<void> {
    // A call can be left at any time; all else needs the server.
    if (act.type === 'hangup') return (await this.#call(callId)).hangUp();
    await this.#up();
    switch (act.type) {
      case 'reject':
        return this.#reject(callId);
      case 'forward':
        return this.#incoming(callId).forward(act.to);
      case 'hold':
      case 'unhold':
        return (await this.#call(callId)).hold(act.type === 'hold');
      case 'video':
        return (await this.#call(callId)).sendingVideo(act.sending);
      case 'transfer':
        return (await this.#call(callId)).transfer(act.to);
      case 'join':
        return (await this.#call(callId)).join(await this.#call(act.consultCallId));
    }
  }

  #reject(callId: string): void {
    const asked = this.#referrals.take(callId);
    if (asked) asked.failed();
    else this.#incoming(callId).reject();
  }

  async describe(callId: string, description: Description): Promise<void> {
    await this.#up();
    await (await this.#call(callId)).describe(description);
  }

  /** Candidates go with the description. */
  addCandidate(): void {}

  async sendDigits(callId: string, digits: string): Promise<void> {
    await this.#up();
    await (await this.#call(callId)).sendDigits(digits);
  }

  watchExtension(id: string): void {
    this.#lamps?.watch(id);
  }

  watchVoicemail(): void {
    this.#mailbox?.watch();
  }

  readonly pickUp = unsupported;

  control(): Promise<ControlPort> {
    const messages = this.#messages;
    if (!messages)
      return Promise.reject(new SignalingError('down', 'There is no connection to the SIP server.'));
    this.#control ??= new SipControl(messages, {
      sendMessage: async (callId, text) => {
        await this.#up();
        return messages.sendIn(await this.#call(callId), text);
      },
      sendMessageTo: async (to, text) => {
        await this.#up();
        return messages.sendTo(to, text);
      },
    });
    return Promise.resolve(this.#control);
  }

  readonly #host = {
    owner: this as SipSignaling,
    get agent(): UserAgent {
      if (!this.owner.#agent) throw new SignalingError('down', 'There is no connection to the SIP server.');
      return this.owner.#agent;
    },
    tell: (event: SignalingEvent) => this.#tell(event),
    up: () => this.#up(),
    over: (call: SipCall) => {
      this.#calls.delete(call.call.id);
    },
    wrote: (call: SipCall, request: IncomingRequest) => this.#messages?.receive(request, call),
    mayRefer: (referral: Referral) => this.#referrals.may(referral),
    refer: (callId: string, asked: Asked) => {
      this.#referrals.add(callId, asked);
      const { referral } = asked;
      const { user, host } = referral.target;
      const to = host === this.#agent?.account.domain ? (user ?? '') : `${user}@${host}`;
      this.#tell({ type: 'wanted', callId, what: 'dial', to });
    },
  };

  /** Connects to the next server that is there, and registers with it. */
  async #signIn(timeoutMs: number): Promise<void> {
    let failure: unknown;
    for (let tries = 0; tries < this.#urls.length; tries++) {
      const agent = this.#agent;
      if (!agent) throw new SignalingError('down', 'The connection was closed.');
      try {
        agent.attach(await SipSocket.open(this.#urls[this.#at]!, timeoutMs));
        await inTime(this.#registration!.register(), timeoutMs);
        if (this.#agent !== agent) throw new SignalingError('down', 'The connection was closed.');
        this.#registered = true;
        return;
      } catch (error) {
        agent.detach();
        failure = error;
        // Another server would say the same.
        if (error instanceof SignalingError && error.reason === 'unauthorized') throw error;
        this.#at = (this.#at + 1) % this.#urls.length;
      }
    }
    throw failure;
  }

  #back(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve();
    this.#tell({ type: 'up', welcome: null, iceServers: this.#options.iceServers });
    this.#lamps?.again();
    this.#mailbox?.again();
    for (const call of this.#calls.values()) {
      // A side that is looked for itself says where it is once it is back; the media go on meanwhile.
      if (call.active) call.refresh().catch(() => {});
    }
  }

  #lost(problem: LinkProblem, message: string, retryAfterMs?: number): void {
    // While it signs in, that fails instead.
    if (!this.#registered) return;
    this.#registered = false;
    this.#registration?.stop();
    for (const call of [...this.#calls.values()]) if (!call.active) call.end('connection-lost');
    this.#tellDown(problem, message, retryAfterMs);
  }

  #tellDown(problem: LinkProblem, message: string, retryAfterMs?: number): void {
    if (problem === 'closed') this.#ticket = null;
    this.#tell({ type: 'down', problem, message, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }

  #up(): Promise<void> {
    if (this.#registered) return Promise.resolve();
    if (!this.#ticket)
      return Promise.reject(new SignalingError('down', 'There is no connection to the SIP server.'));
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #request(request: IncomingRequest): void {
    if (request.method !== 'INVITE') {
      if (request.method === 'MESSAGE') this.#messages?.receive(request);
      // Some servers tell of messages without being asked.
      else if (request.event?.event === 'message-summary' && this.#mailbox) this.#mailbox.receive(request);
      else request.reply(405);
      return;
    }
    const replaced = this.#replacedBy(request);
    if (request.hasHeader('replaces') && !replaced?.active) request.reply(481);
    else if (request.body && !isForBrowsers(request.body)) request.reply(488);
    else {
      const call = new IncomingCall(this.#host, request, replaced);
      this.#calls.set(call.call.id, call);
      call.ring();
    }
  }

  #replacedBy({ replaces }: IncomingRequest): SipCall | undefined {
    if (!replaces) return undefined;
    const { call_id: callId, to_tag: ours, from_tag: theirs } = replaces;
    const owner = this.#agent?.dialog(dialogId(callId, ours, theirs));
    return owner instanceof SipCall ? owner : undefined;
  }

  #cancelled(branch: string, cancel: IncomingRequest): void {
    for (const call of this.#calls.values()) {
      if (call instanceof IncomingCall && call.branch === branch) {
        call.cancelled(cancel);
        return;
      }
    }
  }

  #call(callId: string): Promise<SipCall> {
    const call = this.#calls.get(callId);
    return call
      ? Promise.resolve(call)
      : Promise.reject(new SignalingError('not-found', 'There is no such call.'));
  }

  #incoming(callId: string): IncomingCall {
    const call = this.#calls.get(callId);
    if (call instanceof IncomingCall) return call;
    throw new SignalingError('not-found', 'No such call rings.');
  }

  #tell(event: SignalingEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
