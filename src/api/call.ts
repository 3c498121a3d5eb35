import type { PhoneCall } from '../phone/index.js';
import { callState } from './call-states.js';
import type { ClientCore } from './client-core.js';
import { DEFAULT_DISPLAY, Display } from './display.js';
import type { CallState, CallType } from './enums.js';
import { badArgument, OzError, problemError } from './errors.js';
import { cameraOf, type OzCamera } from './oz-camera.js';
import { UPDATE } from './roster.js';
import { Topic, type Handler } from './topic.js';

/** What comes with a message, beside its text. */
export interface MessageInfo {
  readonly id: string;
  /** The number of who wrote it. */
  readonly from: string;
  /** When the phone system took it, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * A call of this client: made by `OzWebClient.createCall`, or brought by `OzWebClient.onIncomingCall`.
 *
 * What its methods do is confirmed by a change of state; what fails is told by `OzWebClient.onErrorOccured`.
 */
export class Call {
  readonly #core: ClientCore;
  readonly #id: string;
  readonly #number: string;
  readonly #type: CallType;
  readonly #stateChanged = new Topic<[state: CallState]>();
  readonly #messageReceived = new Topic<[text: string, info: MessageInfo]>();
  /** How the phone has the call; null until it is started. */
  #call: PhoneCall | null = null;
  #started = false;
  #state: CallState | '' = '';
  #answered = false;
  #display: Display | null = null;

  /** @internal */
  constructor(core: ClientCore, id: string, number: string, type: CallType) {
    this.#core = core;
    this.#id = id;
    this.#number = number;
    this.#type = type;
  }

  /** Starts a call made by `createCall`. */
  start(): void {
    const wrong = this.#started || this.#call !== null;
    this.#core.run('start', async () => {
      if (wrong) throw problemError('wrong-state', 'start', 'This call was started already.');
      this.#started = true;
      this.#core.calls.add(this.#id, this);
      try {
        // A page attaches its camera itself, once the call is answered.
        const video = this.#type === 'VIDEO';
        await this.#core.phone.dial(this.#number, { id: this.#id, video, camera: false });
      } catch (error) {
        // One that did not even get so far as to be told of.
        if (!this.#call) this.#enter('COMPLETED');
        throw error;
      }
    });
  }

  /** Accepts a call that rings here; a call that goes on meanwhile is put on hold. */
  accept(): void {
    this.#run('accept', (id) => this.#core.phone.accept(id));
  }

  /** Declines a call that rings here. */
  reject(): void {
    this.#run('reject', (id) => this.#core.phone.reject(id));
  }

  /** Hangs up, or gives up calling. */
  hangUp(): void {
    this.#run('hangUp', (id) => this.#core.phone.hangUp(id));
  }

  /** Puts the other party on hold. */
  hold(): void {
    this.#run('hold', (id) => this.#core.phone.hold(id));
  }

  /** Takes back {@link hold}. */
  unHold(): void {
    this.#run('unHold', (id) => this.#core.phone.unhold(id));
  }

  /** Blind transfer of an answered call: the other party is connected to a number. */
  transfer(target: string): void {
    this.#run('transfer', (id) => this.#core.phone.transfer(id, needTarget(target, 'transfer')));
  }

  /** Sends a call that rings here on to another number. */
  forward(target: string): void {
    this.#run('forward', (id) => this.#core.phone.forward(id, needTarget(target, 'forward')));
  }

  /** The state now; empty before it rings for the first time. */
  getCallState(): CallState | '' {
    return this.#state;
  }

  /** The number of the other party. */
  getOtherParty(): string {
    return this.#call?.remote.number ?? this.#number;
  }

  /** Sends a text to the other party of an answered call. */
  sendMessage(message: string): void {
    this.#run('sendMessage', async (id) => {
      const text = String(message ?? '');
      if (!text || text.length > 4000) throw badArgument('message', 'sendMessage');
      await (await this.#core.control()).sendMessage(id, text);
    });
  }

  /**
   * Sends a camera to the other party. Only in the state `IN_CALL`.
   *
   * @throws OzError when no camera is given.
   */
  attachCamera(camera: OzCamera): void {
    const source = cameraOf(camera);
    if (!source) throw badArgument('camera', 'attachCamera');
    this.#run('attachCamera', async (id) => {
      if (this.#state !== 'IN_CALL') {
        throw problemError('wrong-state', 'attachCamera', 'A camera is attached while the call is IN_CALL.');
      }
      await (await this.#core.control()).attachCamera(id, source);
    });
  }

  /**
   * Shows the other party's picture in an element, whenever there is one; null ends that.
   *
   * @param displayId The id of an element, or the element.
   */
  setRemoteDisplay(displayId: string | Element | null = DEFAULT_DISPLAY): void {
    this.#display?.close();
    this.#display = null;
    if (displayId === null || this.#call?.state === 'ended') return;
    try {
      this.#display = new Display(displayId, 'setRemoteDisplay');
      this.#show();
    } catch (error) {
      this.#core.fail(error, 'setRemoteDisplay');
    }
  }

  /** Occurs when the state has changed: `callback(state)`. */
  onCallStateChanged(callback: Handler<[state: CallState]>): void {
    this.#core.register('onCallStateChanged', this.#stateChanged, callback);
  }

  /** Occurs when the other party wrote something: `callback(text, info)`. */
  onMessageReceived(callback: Handler<[text: string, info: MessageInfo]>): void {
    this.#core.register('onMessageReceived', this.#messageReceived, callback);
  }

  /** @internal The phone has the call like this now. */
  [UPDATE](call: PhoneCall): void {
    const before = this.#call;
    if (call === before) return;
    this.#call = call;
    if (call.state === 'ended') {
      this.#display?.close();
      this.#display = null;
    } else this.#show();
    if (call.transfer?.state === 'failed' && before?.transfer?.state !== 'failed') {
      const { to, reason = '' } = call.transfer;
      const message = `The call could not be transferred to ${to}: ${reason || 'failed'}`;
      this.#core.fail(new OzError(message, 402, reason || 'transfer-failed', 'transfer'), 'transfer');
    }
    if (call.state === 'active' && !this.#answered) {
      this.#answered = true;
      this.#enter('ANSWERED');
      // The page has done something about it: that is told instead.
      if (this.#call !== call) return;
    }
    const state = callState(call);
    if (state) this.#enter(state);
  }

  /** @internal */
  get isOver(): boolean {
    return this.#call?.state === 'ended';
  }

  /** @internal */
  receive(text: string, info: MessageInfo): void {
    this.#messageReceived.raise(text, info);
  }

  #enter(state: CallState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged.raise(state);
  }

  #show(): void {
    this.#display?.show(this.#core.phone.pictures(this.#id).remote);
  }

  #run(method: string, work: (id: string) => Promise<unknown>): void {
    this.#core.run(method, async () => {
      if (!this.#call) throw problemError('wrong-state', method, 'This call is not started.');
      await work(this.#id);
    });
  }
}

function needTarget(target: string | number, method: string): string {
  const text = String(target ?? '').trim();
  if (!text) throw badArgument('target', method);
  return text;
}
