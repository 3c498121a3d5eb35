import type { ServerEvent } from '../../protocol/events.js';
import { PROTOCOL_VERSION } from '../../protocol/limits.js';
import type { Method, Params } from '../../protocol/requests.js';
import type { Result } from '../../protocol/results.js';
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
import type { ControlPort } from '../control-port.js';
import type { GatewayControl } from './gateway-control.js';
import { openSocket, RpcClient, type Ask } from './rpc-client.js';

const CAPABILITIES: Capabilities = Object.freeze({
  trickle: true,
  videoWithoutOffer: true,
  earlyMedia: false,
  hold: true,
  blindTransfer: true,
  attendedTransfer: true,
  forward: true,
  pickup: true,
  reload: true,
  sessions: true,
  extensions: true,
  voicemail: false,
  control: true,
  messages: true,
});

/** How long signing out may take before the connection is closed anyway, in milliseconds. */
const SIGN_OUT_MS = 2000;

/** What ended a connection before the sign-in was through, as the error `open` rejects with. */
const OPEN_ERRORS: Partial<Record<LinkProblem, SignalingError['reason']>> = {
  incompatible: 'unsupported',
  closed: 'unauthorized',
};

/** The requests that describe a call's media and bring back the phone system's answer. */
type Offering = 'call.start' | 'call.accept' | 'call.pickup' | 'call.offer';

/** The phone system of this package: its gateway, over `src/protocol`. */
export class GatewaySignaling implements SignalingPort {
  readonly capabilities = CAPABILITIES;
  readonly #address: string;
  readonly #listeners = new Set<(event: SignalingEvent) => void>();
  #rpc: RpcClient | null = null;
  #control: GatewayControl | null = null;
  #connectionId = '';
  #secret: string | null = null;
  restarted = false;
  readonly patient = true;
  /** Settles an `open` that is under way. */
  #opened: ((welcome: Welcome) => void) | null = null;
  #refuse: (error: SignalingError) => void = () => {};

  constructor(address: string) {
    this.#address = address;
  }

  get ticket(): string | null {
    return this.#secret && `${this.#connectionId} ${this.#secret}`;
  }

  get answeredAt(): number {
    return this.#rpc?.answeredAt ?? 0;
  }

  get heardAt(): number {
    return this.#rpc?.heardAt ?? 0;
  }

  get socket(): WebSocket | null | undefined {
    return this.#rpc?.socket;
  }

  listen(listener: (event: SignalingEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(
    credentials: Credentials | Ticket,
    properties: Record<string, string | number | boolean | null>,
  ): Promise<Welcome> {
    return new Promise((resolve, reject) => {
      this.#opened = resolve;
      this.#refuse = reject;
      const rpc = new RpcClient({
        up: (greeting) => this.#up(greeting),
        event: (event) => this.#event(event),
        // Until the part that understands them was asked for, nobody wants to know.
        other: (name, data) => this.#control?.hear(name, data) ?? true,
        // Lost while it signs out: nothing is waited for any more.
        down: (...problem) => (rpc === this.#rpc ? this.#down(...problem) : rpc.close()),
      });
      this.#rpc = rpc;
      rpc.attach(openSocket(this.#address), () => {
        const protocol = PROTOCOL_VERSION;
        let greeting: Promise<unknown>;
        if (credentials.kind === 'ticket') {
          const [connectionId = '', secret = ''] = credentials.ticket.split(' ');
          this.#connectionId = connectionId;
          greeting = rpc.request('connection.resume', { protocol, connectionId, secret, seq: null });
        } else greeting = rpc.request('connection.open', { protocol, credentials, properties });
        greeting.catch((error: SignalingError) => {
          rpc.close();
          reject(error);
        });
      });
    });
  }

  /** The part that comes back is loaded with the first {@link probe}, before it is needed. */
  resume(timeoutMs?: number): void {
    void this.#withResume(({ resume }, rpc) => {
      const who = { connectionId: this.#connectionId, secret: this.#secret! };
      const expired = () => (this.#secret = null);
      resume(rpc, { who, socket: openSocket(this.#address), timeoutMs, expired });
    });
  }

  probe(timeoutMs: number, afterMs?: number): Promise<unknown> {
    return this.#withResume(({ probe }, rpc) => probe(rpc, timeoutMs, afterMs));
  }

  giveUp(): void {
    this.#rpc?.down('lost', 'Given up.');
  }

  async close(kept = false): Promise<void> {
    this.#listeners.clear();
    const rpc = this.#rpc;
    this.#rpc = null;
    this.#refuse(new SignalingError('down', 'The connection was closed.'));
    // Whether or not it hears of it: this side is gone.
    if (!kept && rpc?.greeted)
      await rpc.request('connection.close', {}, undefined, SIGN_OUT_MS).catch(() => {});
    this.#secret = null;
    rpc?.close(kept);
  }

  startCall({ callId, to, offer, video }: NewCall): Promise<void> {
    return this.#offer('call.start', { callId, to, offer: offer.sdp, video });
  }

  accept(callId: string, offer: Description, video: boolean): Promise<void> {
    return this.#offer('call.accept', { callId, offer: offer.sdp, video });
  }

  pickUp(callId: string, extension: string, offer: Description): Promise<void> {
    return this.#offer('call.pickup', { callId, extension, offer: offer.sdp });
  }

  describe(callId: string, offer: Description): Promise<void> {
    return this.#offer('call.offer', { callId, offer: offer.sdp });
  }

  act(callId: string, { type, ...details }: CallAct): Promise<void> {
    // Each is a request of the same name, and its details are those of the request.
    return this.#command(`call.${type}`, { callId, ...details });
  }

  addCandidate(callId: string, candidate: RTCIceCandidateInit | null): void {
    // A request, so that it is sent again when the socket is lost; when it comes to nothing, the time-out says so.
    this.#command('call.candidate', {
      callId,
      candidate: candidate && {
        candidate: candidate.candidate ?? '',
        sdpMid: candidate.sdpMid ?? null,
        sdpMLineIndex: candidate.sdpMLineIndex ?? null,
      },
    }).catch(() => {});
  }

  async control(): Promise<ControlPort> {
    const { GatewayControl } = await import('./gateway-control.js');
    return (this.#control ??= new GatewayControl(this.#request));
  }

  async #command<M extends Method>(method: M, params: Params<M>): Promise<void> {
    await this.#request(method, params);
  }

  async #offer<M extends Offering>(method: M, params: Params<M>): Promise<void> {
    const { answer } = await this.#request<Offering>(method, params);
    this.#tell({
      type: 'description',
      callId: params.callId,
      description: { type: 'answer', sdp: answer },
    });
  }

  readonly #request: Ask = (...request) =>
    this.#rpc
      ? this.#rpc.request(...request)
      : Promise.reject(new SignalingError('down', 'Not connected to the phone system.'));

  #withResume(act: (part: typeof import('./resume.js'), rpc: RpcClient) => unknown): Promise<unknown> {
    const rpc = this.#rpc;
    return import('./resume.js').then(
      (part) => rpc && rpc === this.#rpc && act(part, rpc),
      () => this.#down('unreachable'),
    );
  }

  #up(greeting: Result<'connection.open' | 'connection.resume'>): void {
    this.#secret = greeting.resumeSecret;
    if ('connectionId' in greeting) this.#connectionId = greeting.connectionId;
    this.restarted = 'restarted' in greeting && greeting.restarted;
    const snapshot = 'snapshot' in greeting ? greeting.snapshot : greeting;
    // The phone system reads its clock when it answers, after it has checked the password.
    const clockOffset = greeting.serverTime - Date.now();
    const welcome = snapshot && { ...snapshot, iceServers: greeting.iceServers, clockOffset };
    if (welcome && this.#opened) this.#opened(welcome);
    else this.#tell({ type: 'up', welcome, iceServers: greeting.iceServers });
    this.#opened = null;
  }

  #down(problem: LinkProblem, message?: string, retryAfterMs?: number): void {
    const reason = OPEN_ERRORS[problem] ?? 'down';
    if (this.#opened) this.#refuse(new SignalingError(reason, message ?? problem, retryAfterMs));
    else this.#tell({ type: 'down', problem, message, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }

  #event(event: ServerEvent): void {
    switch (event.name) {
      case 'call.changed':
        return this.#tell({ type: 'call', call: event.data });
      case 'session.changed':
      case 'session.closed':
        return this.#tell({
          type: 'session',
          session: event.data,
          closed: event.name === 'session.closed',
        });
      case 'extension.changed':
        return this.#tell({ type: 'extension', extension: event.data });
      case 'extension.removed':
        return this.#tell({ type: 'extension-removed', id: event.data.id });
    }
  }

  #tell(event: SignalingEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
