/** One outside line of type SIP: its registration, and the calls over it. */
import { isDeepStrictEqual } from 'node:util';
import type { IncomingInviteRequest } from 'sip.js/lib/core/index.js';
import type { Extension, Party } from '../../protocol/index.js';
import { trunkAccount } from '../accounts/index.js';
import type { Clock } from '../clock.js';
import type { SipLineSettings } from '../config/settings.js';
import type { CallOut, Line, LineCalls, OutsideParty } from '../exchange/index.js';
import type { Log } from '../log.js';
import type { MediaEngine } from '../media/engine.js';
import type { Contact, Registrar } from '../registrar/index.js';
import type { CallParts, TrunkCall } from './call.js';
import { Endpoint } from './endpoint.js';
import { callerOf, dialedOf } from './identity.js';
import { IncomingCall } from './incoming-call.js';
import { OutgoingCall } from './outgoing-call.js';
import { Registration } from './registration.js';
import type { RegistrationState } from './registration-states.js';

/** What lines stand on. */
export interface TrunkParts {
  readonly engine: MediaEngine;
  readonly exchange: LineCalls;
  readonly registrar: Registrar;
  readonly clock: Clock;
  readonly log: Log;
}

/** How a line is. */
export interface TrunkStatus {
  readonly id: string;
  readonly name: string;
  readonly state: RegistrationState;
  /** Why it is not registered; null when it is, or nothing is known yet. */
  readonly problem: string | null;
  /** Calls over it now. */
  readonly calls: number;
}

/** Keys that can change while calls go on. */
const IN_PLACE = ['name', 'rings', 'callerId', 'security', 'codecs', 'signalHold', 'maxCalls'] as const;

export class Trunk implements Line {
  #settings: SipLineSettings;
  readonly #calls = new Map<string, TrunkCall>();
  readonly #endpoint: Endpoint;
  readonly #registration: Registration;
  readonly #callParts: CallParts;
  readonly #log: Log;
  #told: { readonly registered: boolean; readonly problem: string | null } = {
    registered: false,
    problem: null,
  };

  constructor(
    settings: SipLineSettings,
    publicIp: string | undefined,
    private readonly parts: TrunkParts,
  ) {
    const { clock, engine, exchange } = parts;
    this.#settings = settings;
    this.#log = parts.log.child({ line: settings.id });
    this.#endpoint = new Endpoint({
      ...{ settings, clock, publicIp, log: this.#log },
      onInvite: (request, dialed) => this.#invited(request, dialed),
      onLost: (reason) => this.#registration.lost(`The connection is gone: ${reason}`),
    });
    this.#registration = new Registration({
      ...{ endpoint: this.#endpoint, settings, clock },
      onChange: (state, problem) => this.#registered(state, problem),
    });
    this.#callParts = {
      ...{
        endpoint: this.#endpoint,
        settings: () => this.#settings,
        engine,
        exchange,
        clock,
        log: this.#log,
      },
      onOver: ({ callId }) => this.#calls.delete(callId),
    };
  }

  get account(): Omit<Extension, 'status'> {
    return trunkAccount(this.#settings);
  }

  get status(): TrunkStatus {
    const { id, name } = this.#settings;
    const { state, problem } = this.#registration;
    return { id, name, state, problem, calls: this.#calls.size };
  }

  start(): void {
    this.#registration.start();
  }

  /** Takes other settings; false when they need another connection, and so another line in place of this one. */
  update(settings: SipLineSettings): boolean {
    const connection = (of: SipLineSettings) =>
      Object.fromEntries(
        Object.entries(of).filter(([key]) => !(IN_PLACE as readonly string[]).includes(key)),
      );
    if (!isDeepStrictEqual(connection(settings), connection(this.#settings))) return false;
    this.#settings = settings;
    return true;
  }

  /** Ends its calls and signs off. */
  async stop(): Promise<void> {
    for (const callId of [...this.#calls.keys()]) this.parts.exchange.hungUp(callId, 'closed');
    await this.#registration.stop();
    this.#endpoint.close();
  }

  call(out: CallOut): OutsideParty | null {
    if (this.#registration.state !== 'registered' || this.#isFull) return null;
    const call = new OutgoingCall(this.#callParts, out);
    const contact = this.#contact(call, { number: out.number, name: '' });
    return { contact, media: call.media };
  }

  #invited(request: IncomingInviteRequest, target: string): void {
    const required = request.message.getHeader('require');
    if (required !== undefined) {
      const unsupported = required.replace(/[^\w.,\- ]/g, '').slice(0, 200);
      request.reject({ statusCode: 420, extraHeaders: [`Unsupported: ${unsupported}`] });
      return;
    }
    if (this.#isFull || this.#registration.state === 'off') {
      request.reject({ statusCode: 486 });
      return;
    }
    const call = new IncomingCall(this.#callParts, request);
    const contact = this.#contact(call, callerOf(request.message));
    const dialed = dialedOf(request.message, target, this.#settings);
    call.start(contact, dialed).catch((error: unknown) => {
      this.#log.error({ err: error, legId: call.callId }, 'a call that came in could not be connected');
      this.parts.exchange.hungUp(call.callId, 'error');
    });
  }

  get #isFull(): boolean {
    return this.#calls.size >= this.#settings.maxCalls;
  }

  /** The party outside, as one of calls. Nobody's number in this house is taken for that of somebody outside. */
  #contact(call: TrunkCall, { number, name }: Party): Contact {
    this.#calls.set(call.callId, call);
    const taken = this.parts.exchange.isHouseNumber(number);
    return {
      id: `line-${call.callId}`,
      outside: true,
      identity: {
        number: taken ? this.#endpoint.address(number).toRaw().replace(/^sip:/, '') : number,
        name,
        kind: 'line',
        privileges: [],
      },
      account: this.account,
      rings: this.#settings.rings ?? null,
      tell: (event, data) => {
        if (event === 'call.changed') call.changed(data as Parameters<TrunkCall['changed']>[0]);
      },
    };
  }

  #registered(state: RegistrationState, problem: string | null): void {
    const registered = state === 'registered';
    const before = this.#told;
    this.parts.registrar.setRegistered(this.account, registered);
    if (state === 'trying' || (before.registered === registered && before.problem === problem)) return;
    this.#told = { registered, problem };
    if (registered) this.#log.info({}, 'the outside line is registered');
    else if (problem !== null) this.#log.warn({ problem }, 'the outside line is not registered');
  }
}
