/** A SIP server, over WebSocket (RFC 7118). Loaded when an address begins with `sip+`. */
import type { ControlPort } from '../control-port.js';
import {
  SignalingError,
  type CallAct,
  type Capabilities,
  type Credentials,
  type Description,
  type NewCall,
  type SignalingEvent,
  type SignalingPort,
  type Ticket,
  type Welcome,
} from '../port.js';
import { accountOf, sipAddresses } from './address.js';
import { BusyLamps } from './busy-lamps.js';
import { SipCall } from './call.js';
import { SipConnection } from './connection.js';
import { SipControl } from './control.js';
import { IncomingCall } from './incoming-call.js';
import type { IncomingRequest } from './jssip.js';
import { Mailbox } from './mailbox.js';
import { Messages } from './messages.js';
import { sipOptions, type CheckedOptions, type SipOptions } from './options.js';
import { OutgoingCall } from './outgoing-call.js';
import { isForBrowsers } from './sdp.js';
import { Referrals, type Asked } from './referrals.js';
import type { Referral } from './transfer.js';
import { unsupported } from './unsupported.js';
import { dialogId, type UserAgent } from './user-agent.js';

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
  readonly #connection: SipConnection;
  #lamps: BusyLamps | null = null;
  #mailbox: Mailbox | null = null;
  #messages: Messages | null = null;
  #control: SipControl | null = null;

  /**
   * @param server One or several `sip+ws(s)://…`.
   * @param options Also as JSON.
   * @throws SignalingError `invalid-address` when one of them cannot be used.
   */
  constructor(server: string, options?: SipOptions | string) {
    this.#urls = sipAddresses(server);
    this.#options = sipOptions(options);
    this.#connection = new SipConnection(this.#urls, {
      request: (request) => this.#request(request),
      cancelled: (branch, cancel) => this.#cancelled(branch, cancel),
      lost: () => this.#lost(),
      down: (problem, message, retryAfterMs) =>
        this.#tell({ type: 'down', problem, message, ...(retryAfterMs !== undefined && { retryAfterMs }) }),
      back: () => this.#back(),
    });
    this.#referrals = new Referrals(this.#options.transfers, () => this.#connection.hosts);
  }

  get ticket(): string | null {
    return this.#connection.ticket;
  }

  get heardAt(): number {
    return this.#connection.heardAt;
  }

  get answeredAt(): number {
    return this.#connection.answeredAt;
  }

  get socket(): WebSocket | null {
    return this.#connection.socket;
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
    const agent = this.#connection.begin(account, credentials.password);
    this.#lamps = new BusyLamps(agent, (event) => this.#tell(event));
    this.#mailbox = new Mailbox(agent, (voicemail) => this.#tell({ type: 'voicemail', voicemail }));
    this.#messages = new Messages(agent);
    await this.#connection.signIn();
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
    const left = [...this.#calls.values()].map((call) => call.hangUp());
    this.#lamps?.stop();
    this.#mailbox?.stop();
    this.#messages?.stop();
    await this.#connection.close(left);
  }

  resume(timeoutMs?: number): void {
    this.#connection.resume(timeoutMs);
  }

  probe(timeoutMs: number): void {
    this.#connection.probe(timeoutMs);
  }

  giveUp(): void {
    this.#connection.giveUp();
  }

  async startCall(call: NewCall): Promise<void> {
    await this.#connection.up();
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
    await this.#connection.up();
    this.#incoming(callId).accept(description, video);
  }

  async act(callId: string, act: CallAct): Promise<void> {
    // A call can be left at any time; all else needs the server.
    if (act.type === 'hangup') return (await this.#call(callId)).hangUp();
    await this.#connection.up();
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
    await this.#connection.up();
    await (await this.#call(callId)).describe(description);
  }

  /** Candidates go with the description. */
  addCandidate(): void {}

  async sendDigits(callId: string, digits: string): Promise<void> {
    await this.#connection.up();
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
        await this.#connection.up();
        return messages.sendIn(await this.#call(callId), text);
      },
      sendMessageTo: async (to, text) => {
        await this.#connection.up();
        return messages.sendTo(to, text);
      },
    });
    return Promise.resolve(this.#control);
  }

  readonly #host = {
    owner: this as SipSignaling,
    get agent(): UserAgent {
      return this.owner.#connection.agent;
    },
    tell: (event: SignalingEvent) => this.#tell(event),
    up: () => this.#connection.up(),
    over: (call: SipCall) => {
      this.#calls.delete(call.call.id);
    },
    wrote: (call: SipCall, request: IncomingRequest) => this.#messages?.receive(request, call),
    mayRefer: (referral: Referral) => this.#referrals.may(referral),
    refer: (callId: string, asked: Asked) => {
      this.#referrals.add(callId, asked);
      const { referral } = asked;
      const { user, host } = referral.target;
      const to = host === this.#connection.agent.account.domain ? (user ?? '') : `${user}@${host}`;
      this.#tell({ type: 'wanted', callId, what: 'dial', to });
    },
  };

  #back(): void {
    this.#tell({ type: 'up', welcome: null, iceServers: this.#options.iceServers });
    this.#lamps?.again();
    this.#mailbox?.again();
    for (const call of this.#calls.values()) {
      // A side that is looked for itself says where it is once it is back; the media go on meanwhile.
      if (call.active) call.refresh().catch(() => {});
    }
  }

  /** What is not answered yet ends with the connection: nobody would hear of the answer. */
  #lost(): void {
    for (const call of [...this.#calls.values()]) if (!call.active) call.end('connection-lost');
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
    const owner = this.#connection.agent.dialog(dialogId(callId, ours, theirs));
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
