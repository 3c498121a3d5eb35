import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PhoneControl, PhoneNews } from '../../phone/control/control.js';
import type { PhoneController } from './phone-controller.js';

/** What an element does with the control of its phone system. */
export interface ControlUser {
  /** What of it is needed; all of it without this. */
  readonly needs?: 'messages';
  /** It is here: after each sign-in anew, as what was known before is outdated. */
  ready(control: PhoneControl): void;
  /** Something happened in the phone system. */
  news?(news: PhoneNews): void;
  /** It is gone: signed out, disconnected, or the element left its phone. */
  gone?(): void;
}

/**
 * Connects an element to the control of its phone system (`phone.control()`), wherever that has one, for as long as
 * the phone is connected. The slice of the element's {@link PhoneController} has to hold the state of the connection,
 * the identity and the capabilities.
 */
export class ControlController implements ReactiveController {
  control: PhoneControl | null = null;
  /** It could not be loaded; {@link retry} tries again. */
  failed = false;
  readonly #host: ReactiveControllerHost;
  readonly #phone: PhoneController;
  readonly #user: ControlUser;
  /** The sign-in it belongs to. */
  #signIn: object | null = null;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, phone: PhoneController, user: ControlUser) {
    this.#host = host;
    this.#phone = phone;
    this.#user = user;
    host.addController(this);
  }

  /** Whether there is a phone system to control. */
  get possible(): boolean {
    const { state } = this.#phone;
    return state?.connection.status === 'connected' && !!state.capabilities?.[this.#user.needs ?? 'control'];
  }

  hostUpdate(): void {
    const signIn = this.possible ? this.#phone.state!.identity : null;
    if (signIn === this.#signIn) return;
    this.#drop();
    this.#signIn = signIn;
    if (signIn) void this.#take(signIn);
  }

  hostDisconnected(): void {
    this.#drop();
  }

  /** Tries again to load it. */
  retry(): void {
    if (this.failed && this.#signIn) void this.#take(this.#signIn);
  }

  async #take(signIn: object): Promise<void> {
    this.failed = false;
    try {
      const control = await this.#phone.phone!.control();
      if (signIn !== this.#signIn) return;
      this.control = control;
      this.#stop = control.onNews((news) => this.#user.news?.(news));
      this.#user.ready(control);
    } catch (error) {
      console.warn(this.#host, error);
      this.failed = signIn === this.#signIn;
    }
    this.#host.requestUpdate();
  }

  #drop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#signIn = null;
    this.failed = false;
    if (!this.control) return;
    this.control = null;
    this.#user.gone?.();
  }
}
