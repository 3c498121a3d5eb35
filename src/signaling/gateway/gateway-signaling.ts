import type { ServerEvent } from '../../protocol/events.js';
import { PROTOCOL_VERSION } from '../../protocol/limits.js';
import type { Method, Params } from '../../protocol/requests.js';
import {
  SignalingError,
  type Capabilities,
  type Credentials,
  type Description,
  type LinkProblem,
  type NewCall,
  type SignalingEvent,
  type SignalingPort,
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
  sessions: true,
  extensions: true,
  control: true,
});

/** How long signing out may take before the connection is closed anyway, in milliseconds. */
const SIGN_OUT_MS = 2000;

/** What ended a connection before the sign-in was through, as the error `open` rejects with. */
const OPEN_ERRORS: Partial<Record<LinkProblem, SignalingError['reason']>> = {
  unsupported: 'unsupported',
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
  #signedIn = false;
  /** Gives up an `open` that is under way. */
  #abort: () => void = () => {};

  constructor(address: string) {
    this.#address = address;
  }

  listen(listener: (event: SignalingEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(
    credentials: Credentials,
    properties: Record<string, string | number | boolean | null>,
  ): Promise<Welcome> {
    this.#signedIn = false;
    return new Promise((resolve, reject) => {
      this.#abort = () => reject(new SignalingError('down', 'The connection was closed.'));
      const observer = {
        event: (event: ServerEvent) => this.#event(event),
        // Until the part that understands them was asked for, nobody wants to know.
        other: (name: string, data: unknown) => this.#control?.hear(name, data) ?? true,
        down: (problem: LinkProblem, message: string, retryAfterMs?: number) => {
          if (!this.#signedIn)
            reject(new SignalingError(OPEN_ERRORS[problem] ?? 'down', message, retryAfterMs));
          else
            this.#tell({
              type: 'down',
              problem,
              message,
              ...(retryAfterMs !== undefined && { retryAfterMs }),
            });
        },
      };
      const signIn = async (): Promise<void> => {
        const welcome = await rpc.request('connection.open', {
          protocol: PROTOCOL_VERSION,
          credentials,
          properties,
        });
        this.#signedIn = true;
        rpc.startEvents(welcome.seq);
        // The phone system reads its clock when it answers, after it has checked the password.
        resolve({ ...welcome, clockOffset: welcome.serverTime - Date.now() });
      };
      const rpc = new RpcClient(openSocket(this.#address), observer, () => {
        signIn().catch((error: SignalingError) => {
          rpc.close();
          reject(error);
        });
      });
      this.#rpc = rpc;
    });
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    const rpc = this.#rpc;
    this.#rpc = null;
    this.#abort();
    // Whether or not it hears of it: this side is gone.
    if (this.#signedIn) await rpc?.request('connection.close', {}, undefined, SIGN_OUT_MS).catch(() => {});
    rpc?.close();
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

  reject(callId: string): Promise<void> {
    return this.#command('call.reject', { callId });
  }

  forward(callId: string, to: string): Promise<void> {
    return this.#command('call.forward', { callId, to });
  }

  hangUp(callId: string): Promise<void> {
    return this.#command('call.hangup', { callId });
  }

  hold(callId: string): Promise<void> {
    return this.#command('call.hold', { callId });
  }

  unhold(callId: string): Promise<void> {
    return this.#command('call.unhold', { callId });
  }

  transfer(callId: string, to: string): Promise<void> {
    return this.#command('call.transfer', { callId, to });
  }

  join(callId: string, consultCallId: string): Promise<void> {
    return this.#command('call.join', { callId, consultCallId });
  }

  addCandidate(callId: string, candidate: RTCIceCandidateInit | null): void {
    this.#rpc?.notify('call.candidate', {
      callId,
      candidate: candidate && {
        candidate: candidate.candidate ?? '',
        sdpMid: candidate.sdpMid ?? null,
        sdpMLineIndex: candidate.sdpMLineIndex ?? null,
      },
    });
  }

  sendingVideo(callId: string, sending: boolean): Promise<void> {
    return this.#command('call.video', { callId, sending });
  }

  holdSession(sessionId: string): Promise<void> {
    return this.#command('session.hold', { sessionId });
  }

  unholdSession(sessionId: string): Promise<void> {
    return this.#command('session.unhold', { sessionId });
  }

  closeSession(sessionId: string): Promise<void> {
    return this.#command('session.close', { sessionId });
  }

  transferSession(sessionId: string, transferor: 'caller' | 'callee', to: string): Promise<void> {
    return this.#command('session.transfer', { sessionId, transferor, to });
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
      : Promise.reject(new SignalingError('down', 'Not connected to a phone system.'));

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
